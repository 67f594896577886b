// What makes a page usable for all, as far as a program can tell: WCAG 2.2 by number.
import assert from 'node:assert/strict';

const CONTROLS = new Set(['button', 'link', 'combobox', 'textbox', 'checkbox', 'image', 'dialog', 'Video']);

/** Names (4.1.2, 1.1.1), structure (1.3.1), language (3.1.1), targets (2.5.8). */
export async function audit(page) {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  await session.detach();
  const nameless = nodes
    .filter((node) => !node.ignored && CONTROLS.has(node.role?.value) && !node.name?.value?.trim())
    .map((node) => `${node.role.value} without a name`);
  assert.ok(nodes.some((node) => node.role?.value === 'button'), 'the tree has the page’s controls');
  const wrong = await page.evaluate(() => {
    const found = [];
    const visible = (one) => one.checkVisibility() && one.getBoundingClientRect().width > 1;
    const ids = [...document.querySelectorAll('[id]')].map((one) => one.id);
    ids.filter((id, i) => ids.indexOf(id) !== i).forEach((id) => found.push(`two elements are ${id}`));
    for (const one of document.querySelectorAll('[for], [aria-labelledby], [aria-describedby]')) {
      const named = ['for', 'aria-labelledby', 'aria-describedby'].flatMap((by) => one.getAttribute(by)?.split(' ') ?? []);
      for (const id of named) if (!document.getElementById(id)) found.push(`${id} is named and missing`);
    }
    for (const image of document.images) if (!image.hasAttribute('alt')) found.push(`${image.id} has no alt`);
    if (!document.documentElement.lang) found.push('no language');
    const titles = [...document.querySelectorAll('h1')];
    if (titles.length !== 1 || !titles[0].checkVisibility()) found.push('not one h1 that is seen');
    if (document.querySelectorAll('main').length !== 1) found.push('not one main');
    const levels = [...document.querySelectorAll(':is(h1, h2, h3)')].filter((one) => one.checkVisibility())
      .map((one) => Number(one.localName[1]));
    levels.forEach((level, i) => { if (i > 0 && level > levels[i - 1] + 1) found.push(`headings ${levels}`); });
    for (const one of document.querySelectorAll('[tabindex]')) if (one.tabIndex > 0) found.push('a tabindex above 0');
    for (const one of document.querySelectorAll('button, select, label.button')) {
      const { width, height } = one.getBoundingClientRect();
      if (visible(one) && (width < 24 || height < 24)) found.push(`${one.id} is ${width} x ${height}`);
    }
    return found;
  });
  assert.deepEqual([...nameless, ...wrong], []);
}

/** Text stands out by 4.5 to 1, large text by 3 (1.4.3). */
export async function contrast(page) {
  const faint = await page.evaluate(() => {
    const numbers = (color) => {
      const [red, green, blue, alpha = 1] = color.match(/[\d.]+/g).map(Number);
      return { rgb: [red, green, blue], alpha };
    };
    const light = ({ rgb }) => rgb.map((value) => value / 255)
      .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
      .reduce((sum, value, i) => sum + value * [0.2126, 0.7152, 0.0722][i], 0);
    const ground = (one) => {
      for (let at = one; at; at = at.parentElement) {
        const color = numbers(getComputedStyle(at).backgroundColor);
        if (color.alpha === 1) return color;
      }
      return numbers('rgb(255, 255, 255)');
    };
    const texts = [...document.querySelectorAll('body *')].filter((one) => one.checkVisibility()
      && one.getBoundingClientRect().width > 1
      && [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()));
    return texts.flatMap((one) => {
      const style = getComputedStyle(one);
      const [dark, bright] = [light(numbers(style.color)), light(ground(one))].sort((a, b) => a - b);
      const ratio = (bright + 0.05) / (dark + 0.05);
      const wanted = parseFloat(style.fontSize) >= 24 ? 3 : 4.5;
      return ratio < wanted ? [`${one.localName} "${one.textContent.slice(0, 30)}": ${ratio.toFixed(2)}`] : [];
    });
  });
  assert.deepEqual(faint, []);
}

/** Nothing is wider than the window (1.4.10). */
export async function sideways(page) {
  const [whole, window] = await page.evaluate(() => [document.scrollingElement.scrollWidth, innerWidth]);
  assert.ok(whole <= window, `${whole} px in a window of ${window}`);
}
