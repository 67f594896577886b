// What visitors expect of the page, checked in headless Chromium. WebPageTest starts the servers
// and says where they are.
import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { test } from 'node:test';
import { audit, contrast, sideways } from './audit.mjs';
import { KEY, LOCKED, MOST_BYTES, answers, choose, open, photo, press, spoken, words } from './visitor.mjs';

test('a chosen photo is answered with bars, a headline and a spoken sentence', async (t) => {
  const page = await open(t);
  assert.deepEqual(await words(page, '.labels li'), ['Bright Red', 'Leaf Green', 'Sea Blue']);
  await choose(page, 'red.png');
  assert.equal((await words(page, '.bars .name'))[0], 'Bright Red');
  const shares = (await words(page, '.bars .share')).map(parseFloat);
  assert.ok(Math.abs(shares.reduce((a, b) => a + b) - 100) < 0.2, `${shares}`);
  const wide = await page.$$eval('.fill', (fills) => fills.map((fill) => fill.offsetWidth));
  assert.ok(wide[0] > wide[1], `${wide}`);
  assert.deepEqual(await words(page, '.headline'), ['Bright Red']);
  assert.deepEqual(await words(page, '.facts dd'), ['700 nm']);
  assert.match(await page.textContent('#status'), /^colours: Bright Red, \d+\.\d%; then /);
  assert.match(await page.title(), /^Bright Red/);
  assert.equal(await page.getAttribute('#photo', 'alt'), 'Your photo, red.png');
});

test('everything works from the keyboard, with the focus in sight', async (t) => {
  const page = await open(t);
  const chooser = page.waitForEvent('filechooser');
  const stops = [];
  for (let i = 0; i < 5; i++) {
    await page.keyboard.press('Tab');
    stops.push(await page.evaluate(() => document.activeElement.id || document.activeElement.className));
  }
  assert.deepEqual(stops, ['skip', 'model', 'other', 'top', 'file']);
  const outline = await page.$eval('label[for=file]', (label) => getComputedStyle(label).outlineStyle);
  assert.equal(outline, 'solid');
  await page.keyboard.press('Enter');
  await (await chooser).setFiles(photo('green.jpg'));
  await answers(page);
  assert.equal(await page.evaluate(() => document.activeElement.id), 'file', 'the focus stays');
  await press(page, 'Tab', '.line');
  await page.keyboard.press('Enter');
  await page.waitForSelector('#overlay:not([hidden])');
  assert.equal(await page.getAttribute('.bars li:first-child .line', 'aria-pressed'), 'true');
  await press(page, 'Tab', '#shots button');
  await page.keyboard.press('Space');
  assert.equal(await page.evaluate(() => document.activeElement.dataset.entry), '1', 'the focus stays');
  await page.focus('#model');
  await page.keyboard.press('ArrowDown');
  await page.waitForSelector('[data-model=contrary] .bars');
});

test('a pasted photo is answered', async (t) => {
  const page = await open(t, { permissions: ['clipboard-read', 'clipboard-write'] });
  await page.evaluate(async () => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 50, height: 40 });
    const pen = canvas.getContext('2d');
    pen.fillStyle = '#00f';
    pen.fillRect(0, 0, 50, 40);
    const blob = await new Promise((done) => canvas.toBlob(done));
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': blob })]);
  });
  await page.keyboard.press('Control+V');
  await answers(page);
  assert.deepEqual(await words(page, '.headline'), ['Sea Blue']);
});

test('dropped photos are answered, one after the other', async (t) => {
  const page = await open(t);
  const transfer = await page.evaluateHandle(async () => {
    const made = new DataTransfer();
    for (const color of ['#0f0', '#00f']) {
      const canvas = Object.assign(document.createElement('canvas'), { width: 30, height: 60 });
      const pen = canvas.getContext('2d');
      pen.fillStyle = color;
      pen.fillRect(0, 0, 30, 60);
      const blob = await new Promise((done) => canvas.toBlob(done));
      made.items.add(new File([blob], `${color}.png`, { type: 'image/png' }));
    }
    return made;
  });
  await page.dispatchEvent('body', 'dragover', { dataTransfer: transfer });
  assert.ok(await page.isVisible('#drop'));
  await page.dispatchEvent('body', 'drop', { dataTransfer: transfer });
  await page.waitForSelector('#shots li:nth-child(2)');
  assert.ok(!await page.isVisible('#drop'));
  assert.deepEqual(await words(page, '#shots .what'), ['Sea Blue', 'Leaf Green']);
});

test('a picture that the server does not read is made a JPEG', async (t) => {
  const page = await open(t);
  // what it is called decides: drawn pictures of other formats are not to be had here
  await page.setInputFiles('#file', { name: 'new.avif', mimeType: 'image/avif', buffer: readFileSync(photo('red.png')) });
  await answers(page);
  assert.equal(await page.textContent('#photo-note'), 'Made a JPEG in your browser: the server does not read image/avif.');
  assert.deepEqual(await words(page, '.headline'), ['Bright Red']);
});

test('a broken photo leaves the page as it was', async (t) => {
  const page = await open(t, {}, { failing: 422 });
  await page.setInputFiles('#file', { name: 'broken.png', mimeType: 'image/png', buffer: readFileSync(photo('red.png')).subarray(0, 60) });
  await page.waitForSelector('#problem:not([hidden])');
  assert.match(await page.textContent('#problem-title'), /broken\.png$/);
  await page.waitForSelector('.labels');
  assert.ok(await page.isVisible('#stage-title'), 'all is as before');
  assert.deepEqual(await words(page, '.labels li'), ['Bright Red', 'Leaf Green', 'Sea Blue']);
});

test('a camera takes a photo, and is let go', async (t) => {
  const page = await open(t, { permissions: ['camera'] });
  await page.click('#camera-live');
  await page.waitForFunction(() => document.querySelector('#viewfinder').videoWidth > 0);
  await page.click('#shutter');
  await answers(page);
  assert.match(await page.textContent('#photo-name'), /^Camera photo/);
  assert.equal(await page.$eval('#viewfinder', (video) => video.srcObject), null);
});

test('the heat map lies where the network looks, for the class that is picked', async (t) => {
  const page = await open(t);
  await choose(page, 'red.png');
  await page.click('#where-toggle');
  await page.waitForSelector('#overlay:not([hidden])');
  assert.match(await page.textContent('#where-caption'), /^Evidence for Bright Red, by colours$/);
  await page.waitForFunction(() => document.querySelector('#overlay').naturalWidth === 32);
  const [map, crop, shown] = await Promise.all(['#overlay', '#crop', '#photo'].map((one) => page.locator(one).boundingBox()));
  assert.ok(Math.abs(map.width - map.height) < 1, 'it is square');
  assert.ok(Math.abs(map.height - 0.8 * shown.height) < 1, '32 of 40 pixels of the shorter side');
  for (const side of ['x', 'y', 'width', 'height']) assert.ok(Math.abs(map[side] - crop[side]) < 1, side);
  await page.click('.bars button[data-label=blue]');
  await page.waitForFunction(() => document.querySelector('#overlay').alt.includes('Sea Blue'));
  assert.equal(await page.locator('.bars [aria-pressed=true]').count(), 1);
  await page.click('.bars button[data-label=blue]');
  await page.waitForSelector('#overlay', { state: 'hidden' });
  await page.selectOption('#model', 'contrary');
  await answers(page, 'contrary');
  assert.ok(!await page.isVisible('#where'), 'this model has no maps');
  assert.equal(await page.locator('.bars button').count(), 0);
});

test('two models are compared side by side', async (t) => {
  const page = await open(t);
  await choose(page, 'red.png');
  await page.selectOption('#other', 'contrary');
  await answers(page, 'contrary');
  await page.waitForSelector('#verdict:not([hidden])');
  assert.match(await page.textContent('#verdict'), /^They disagree: colours says Bright Red, contrary says /);
  const [left, right] = await page.$$eval('.answer', (cards) => cards.map((card) => card.getBoundingClientRect().toJSON()));
  assert.equal(left.top, right.top);
  assert.ok(left.right <= right.left);
  assert.deepEqual(await page.$$eval('#other option', (options) => options.map((one) => one.value)), ['', 'contrary', 'unsure']);
});

test('a model that is not sure says so', async (t) => {
  const page = await open(t);
  await page.selectOption('#model', 'unsure');
  await choose(page, 'red.png', 'unsure');
  assert.deepEqual(await words(page, '.headline'), ['None of these']);
  assert.match(await page.textContent('.confidence'), /closest, Bright Red, has .* threshold of 90\.0%/);
  assert.match(await page.textContent('#status'), /none of these; closest is Bright Red/);
  assert.deepEqual(await words(page, '#shots .what'), ['None of these']);
});

test('the session’s photos are seen again without asking again, and cleared', async (t) => {
  const page = await open(t);
  await choose(page, 'red.png');
  await choose(page, 'green.jpg');
  let asked = 0;
  page.on('request', (request) => { asked += request.method() === 'POST' ? 1 : 0; });
  await page.click('#shots li:nth-child(2) button');
  await page.waitForFunction(() => document.querySelector('.headline').textContent === 'Bright Red');
  assert.equal(asked, 0);
  assert.match(await page.getAttribute('#shots [aria-current]', 'aria-label'), /^Photo 1, red\.png: Bright Red/);
  assert.ok(await page.$eval('#shots [aria-current] img', (image) => image.naturalWidth > 0));
  await page.click('#clear');
  await page.waitForSelector('.labels');
  assert.ok(!await page.isVisible('#history'));
  assert.ok(!await page.isVisible('#figure'));
});

test('a file that is no photo is named, and what was shown stays', async (t) => {
  const page = await open(t, {}, { failing: 422 });
  await choose(page, 'red.png');
  await page.setInputFiles('#file', photo('note.txt'));
  await page.waitForSelector('#problem:not([hidden])');
  assert.equal(await page.textContent('#problem-title'), 'This file cannot be used as a photo: note.txt');
  assert.match(await page.textContent('#problem-detail'), /^Not a photo.*\.$/);
  await answers(page);
  assert.deepEqual(await words(page, '#shots .what'), ['Bright Red']);
  await page.click('#dismiss');
  assert.ok(!await page.isVisible('#problem'));
});

test('a server that is gone is told, and asked again', async (t) => {
  const page = await open(t, {}, { failing: 'net::ERR' });
  await page.context().setOffline(true);
  await page.setInputFiles('#file', photo('red.png'));
  await page.waitForSelector('#retry:not([hidden])');
  assert.match(await page.textContent('#problem-title'), /cannot be reached/);
  await page.context().setOffline(false);
  await page.click('#retry');
  await answers(page);
  assert.ok(!await page.isVisible('#problem'));
});

test('a photo beyond the limit is shrunk before it is sent, and only such a one', async (t) => {
  const page = await open(t);
  assert.ok(statSync(photo('large.jpg')).size > MOST_BYTES, 'the server would refuse it');
  await choose(page, 'red.png');
  assert.ok(!await page.isVisible('#photo-note'));
  await choose(page, 'large.jpg');
  assert.match(await page.textContent('#photo-note'), /^Shrunk from .* to .* in your browser/);
  assert.deepEqual(await words(page, '.headline'), ['Sea Blue']);
});

test('a key is asked for where the server wants one', async (t) => {
  const page = await open(t, {}, { failing: 401, address: LOCKED });
  await page.waitForSelector('#key-form:not([hidden])');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'key');
  await page.fill('#key', 'not-the-key-at-all');
  assert.deepEqual(await spoken(page, 'alert'), []);
  for (let time = 0; time < 2; time++) {
    const said = page.evaluate(() => new Promise((heard) => {
      const alert = document.querySelector('#key-form [role=alert]');
      new MutationObserver(() => alert.textContent && heard(alert.textContent)).observe(alert, { childList: true });
    }));
    await page.keyboard.press('Enter');
    assert.match(await said, /does not know this key/, 'each time anew');
    await page.waitForFunction(() => document.activeElement.id === 'key');
    assert.deepEqual(await spoken(page, 'alert'), ['The server does not know this key.']);
    assert.equal(await page.getAttribute('#key', 'aria-invalid'), 'true');
    assert.equal(await page.$eval('#key', (input) => input.selectionEnd - input.selectionStart), 'not-the-key-at-all'.length, 'to be typed over');
  }
  assert.deepEqual(await spoken(page, 'heading'), ['Photo classifier', 'This server asks for a key']);
  assert.equal((await spoken(page, 'status')).length, 1, 'what is said later can be heard');
  await audit(page);
  await contrast(page);
  await page.fill('#key', KEY);
  await page.keyboard.press('Enter');
  await page.waitForSelector('.labels');
  assert.ok(!await page.isVisible('#key-form'));
  await choose(page, 'red.png');
  assert.equal(await page.evaluate(() => localStorage.length + sessionStorage.length + document.cookie.length), 0);
});

for (const colorScheme of ['light', 'dark']) {
  for (const width of [360, 1280]) {
    test(`all can be read and named at ${width} px, ${colorScheme}`, async (t) => {
      const page = await open(t, { colorScheme, reducedMotion: 'reduce', viewport: { width, height: 740 } }, { failing: 422 });
      const check = async () => {
        await audit(page);
        await contrast(page);
        await sideways(page);
      };
      await check();
      await choose(page, 'red.png');
      await page.click('#where-toggle');
      await page.waitForSelector('#overlay:not([hidden])');
      await page.selectOption('#other', 'unsure');
      await answers(page, 'unsure');
      await page.setInputFiles('#file', photo('note.txt'));
      await page.waitForSelector('#problem:not([hidden])');
      await answers(page, 'unsure');
      await check();
      const ground = await page.$eval('body', (body) => getComputedStyle(body).backgroundColor);
      assert.equal(parseInt(ground.match(/\d+/)[0], 10) < 128, colorScheme === 'dark', ground);
      assert.equal(await page.$eval('.fill', (fill) => getComputedStyle(fill).animationName), 'none');
    });
  }
}
