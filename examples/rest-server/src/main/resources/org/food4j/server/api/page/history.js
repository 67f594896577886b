/** The photos of this session, newest first. In memory only: nothing is stored. */
import { forget } from './photos.js';
import { element, percent } from './results.js';

const MOST = 40;
const entries = [];
let next = 1;

const $ = (id) => document.getElementById(id);

/** Remembers a photo, with what models will say to it. */
export function remember(photo) {
  const entry = { photo, number: next++, answers: new Map(), latest: null, overlays: new Map() };
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
  forget(entry.photo);
  entry.overlays.forEach((url) => URL.revokeObjectURL(url));
}

/** Draws the strip. */
export function draw(current, show) {
  const focused = document.activeElement?.dataset.entry;
  $('history').hidden = entries.length === 0;
  $('shots').replaceChildren(...entries.map((entry) => shot(entry, entry === current, show)));
  if (focused) $('shots').querySelector(`[data-entry="${focused}"]`)?.focus();
}

function shot(entry, isCurrent, show) {
  const { photo, number, latest: answer } = entry;
  const words = !answer ? 'No answer yet'
    : answer.none_of_these ? 'None of these' : answer.predictions[0].display_name;
  const share = answer && !answer.none_of_these ? percent(answer.predictions[0].probability) : '';
  const picture = photo.thumbnail
    ? element('img', { src: photo.thumbnail, alt: '' })
    : element('span', { className: 'blank' });
  const button = element('button', { type: 'button', dataset: { entry: number } },
    picture,
    element('span', { className: 'what' }, words),
    element('span', { className: 'share' }, share));
  button.setAttribute('aria-label', `Photo ${number}, ${photo.name}: ${words} ${share}`.trim());
  if (isCurrent) button.setAttribute('aria-current', 'true');
  button.addEventListener('click', () => show(entry));
  return element('li', {}, button);
}
