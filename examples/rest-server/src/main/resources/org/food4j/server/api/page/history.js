/** The photos of this session, newest first. In memory only: nothing is stored. */
import { forget } from './photos.js';
import { element, percent } from './results.js';

const MOST = 40;
const entries = [];
let next = 1;

const $ = (id) => document.getElementById(id);

/** Remembers a photo, with what models will say to it. */
export function remember(photo) {
  const entry = { photo, number: next++, answers: new Map(), latest: null, overlays: new Map(), item: null };
  entries.unshift(entry);
  while (entries.length > MOST) release(entries.pop());
  return entry;
}

/** Forgets a photo that turned out to be none. */
export function drop(entry) {
  const at = entries.indexOf(entry);
  if (at >= 0) release(entries.splice(at, 1)[0]);
}

/** Forgets all. */
export function clear() {
  entries.splice(0).forEach(release);
}

function release(entry) {
  entry.item?.remove();
  forget(entry.photo);
  entry.overlays.forEach((url) => URL.revokeObjectURL(url));
}

/** Draws the strip: what is there stays, so that nothing flickers and the focus is kept. */
export function draw(current, show) {
  $('history').hidden = entries.length === 0;
  for (const entry of [...entries].reverse()) {
    if (!entry.item) {
      entry.item = item(entry, show);
      $('shots').prepend(entry.item);
    }
    describe(entry, entry === current);
  }
}

function item(entry, show) {
  const { photo, number } = entry;
  const picture = photo.thumbnail
    ? element('img', { src: photo.thumbnail, alt: '' })
    : element('span', { className: 'blank' });
  const button = element('button', { type: 'button', dataset: { entry: number } },
    picture, element('span', { className: 'what' }), element('span', { className: 'share' }));
  button.addEventListener('click', () => show(entry));
  return element('li', {}, button);
}

function describe({ item: { firstChild: button }, photo, number, latest: answer }, isCurrent) {
  const words = !answer ? 'No answer yet'
    : answer.none_of_these ? 'None of these' : answer.predictions[0].display_name;
  const share = answer && !answer.none_of_these ? percent(answer.predictions[0].probability) : '';
  button.querySelector('.what').textContent = words;
  button.querySelector('.share').textContent = share;
  button.setAttribute('aria-label', `Photo ${number}, ${photo.name}: ${words} ${share}`.trim());
  if (isCurrent) button.setAttribute('aria-current', 'true');
  else button.removeAttribute('aria-current');
}
