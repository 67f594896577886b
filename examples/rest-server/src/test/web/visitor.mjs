// A visitor of the page: a browser that notices what pages must not do.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after } from 'node:test';
import { chromium } from 'playwright-core';

const { PAGE_CHROMIUM, PAGE_OPEN, PAGE_LOCKED, PAGE_KEY, PAGE_MOST_BYTES, PAGE_PHOTOS } = process.env;
export const LOCKED = PAGE_LOCKED;
export const KEY = PAGE_KEY;
export const MOST_BYTES = Number(PAGE_MOST_BYTES);

const browser = await chromium.launch({
  executablePath: PAGE_CHROMIUM,
  // root has no sandbox to be put into; the camera is a drawn one
  args: ['--no-sandbox', '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
});
after(() => browser.close());

/**
 * Opens the page. At the test's end it has said nothing on the console and asked no other host.
 *
 * @param failing what Chromium itself writes on the console where a test provokes it
 */
export async function open(t, options = {}, { failing, address = PAGE_OPEN } = {}) {
  const context = await browser.newContext({ colorScheme: 'light', ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  const wrong = [];
  page.on('pageerror', (error) => wrong.push(error.stack));
  page.on('console', (message) => {
    const isProvoked = failing && message.text().startsWith('Failed to load resource') && message.text().includes(failing);
    if (!isProvoked) wrong.push(message.text());
  });
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.protocol !== 'blob:' && url.origin !== address) wrong.push(`a request to ${url}`);
  });
  t.after(async () => {
    await context.close();
    assert.deepEqual(wrong, []);
  });
  await page.goto(`${address}/`);
  if (address === PAGE_OPEN) await page.waitForSelector('.labels');
  return page;
}

/** A file of the fixture. */
export function photo(name) {
  return join(PAGE_PHOTOS, name);
}

/** Waits for a model's answer. */
export async function answers(page, model = 'colours') {
  await page.waitForSelector(`[data-model=${model}] .bars`);
  await page.waitForFunction(() => !document.querySelector('.waiting') && document.querySelector('#shots [aria-current]'));
}

/** Chooses a photo, and waits for the answer. */
export async function choose(page, name, model) {
  await page.setInputFiles('#file', photo(name));
  await page.waitForFunction((file) => document.querySelector('#photo-name').textContent.startsWith(file), name);
  await answers(page, model);
}

/** Presses a key until an element has the focus. */
export async function press(page, key, selector) {
  for (let i = 0; i < 30; i++) {
    await page.keyboard.press(key);
    if (await page.evaluate((wanted) => document.activeElement.matches(wanted), selector)) return;
  }
  assert.fail(`${key} does not lead to ${selector}`);
}

/** The texts of elements. */
export function words(page, selector) {
  return page.$$eval(selector, (found) => found.map((one) => one.textContent.trim()));
}

/** What assistive technology finds of a role: texts of headings, alerts, and the like that have not been hidden. */
export function spoken(page, role) {
  return page.getByRole(role).evaluateAll((found) => found.map((one) => one.textContent.trim())).then((texts) =>
    (role === 'alert' ? texts.filter(Boolean) : texts));
}
