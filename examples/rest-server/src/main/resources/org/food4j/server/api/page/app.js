/** The page: takes photos, asks the server about them, and shows what it says. */
import { offerCamera } from './page/camera.js';
import * as history from './page/history.js';
import { offerIntake } from './page/intake.js';
import { photoOf, size } from './page/photos.js';
import { fail, guarded, offerRetry, say, settle } from './page/problems.js';
import { card, known, spoken, verdict, waiting } from './page/results.js';
import { explain, labels, models, predict } from './page/server.js';

const $ = (id) => document.getElementById(id);
const TITLE = document.title;

let served = new Map(); // models by name
let current = null; // the history's entry that is shown
let running = new AbortController(); // what is asked about it
const where = { on: false, model: '', label: '' }; // the class that is shown in the photo

// ---- models

async function start() {
  await guarded(async () => {
    const answer = await models();
    served = new Map(answer.models.map((model) => [model.name, model]));
    const before = $('model').value;
    $('model').replaceChildren(...answer.models.map(({ name }) => new Option(name, name)));
    $('model').value = served.has(before) ? before : answer.default;
    drawOthers();
    $('key-form').hidden = true;
    $('settings').hidden = false;
    $('desk').hidden = false;
    await redraw();
  });
}

/** The model, and the one that it is compared with if there is one. */
function chosen() {
  return [$('model').value, $('other').value].filter(Boolean).map((name) => served.get(name));
}

function drawOthers() {
  const before = $('other').value;
  const others = [...served.keys()].filter((name) => name !== $('model').value);
  $('other').replaceChildren(new Option('Nothing', ''), ...others.map((name) => new Option(name, name)));
  $('other').value = others.includes(before) ? before : '';
  $('comparison').hidden = others.length === 0;
}

async function drawKnown() {
  const shown = chosen();
  const lists = await Promise.all(shown.map((model) => labels(model.name)));
  const isStill = chosen().every((model, i) => model === shown[i]) && chosen().length === shown.length;
  if (!current && isStill) $('answers').replaceChildren(...shown.map((model, i) => known(model, lists[i])));
}

// ---- photos

/** Asks about files, one after the other; the last one stays. */
async function take(files) {
  settle();
  for (const file of files) {
    await show(history.remember(await photoOf(file)));
  }
}

function revisit(entry) {
  settle();
  return show(entry);
}

async function show(entry) {
  running.abort();
  running = new AbortController();
  const { signal } = running;
  const before = current;
  if (entry !== before) where.label = '';
  current = entry;
  drawPhoto(entry);
  const asked = chosen();
  $('answers').replaceChildren(...asked.map(waiting));
  $('verdict').hidden = true;
  hideOverlay();
  $('where').hidden = true;
  say('Looking at the photo');
  await guarded(async () => {
    const answers = await Promise.all(asked.map((model, i) => answered(entry, model, i, signal)));
    if (signal.aborted) return;
    conclude(answers);
    history.draw(current, revisit);
    await redrawWhere();
  }, (problem) => {
    if (!problem.isPhotosFault || signal.aborted) return;
    problem.message += `: ${entry.photo.name}`;
    running.abort();
    history.drop(entry);
    current = before === entry ? null : before;
    redraw();
  });
}

async function answered(entry, model, place, signal) {
  const top = $('top').value;
  const asked = `${model.name} ${top}`;
  const answer = entry.answers.get(asked) ?? await predict(entry.photo, model.name, top, signal);
  entry.answers.set(asked, answer);
  if (!signal.aborted) {
    $('answers').children[place].replaceWith(card(model, answer, (label) => pick(model.name, label)));
  }
  return answer;
}

function conclude(answers) {
  const [first, second] = answers;
  current.latest = first;
  const words = second ? verdict(first, second) : '';
  $('verdict').textContent = words;
  $('verdict').hidden = !words;
  const name = first.none_of_these ? 'None of these' : first.predictions[0].display_name;
  $('photo').alt = `Your photo, ${current.photo.name}`;
  document.title = `${name} – ${TITLE}`;
  say([...answers.map(spoken), words].join(' '));
}

/** Goes back to what was there before a file that was no photo. */
async function redraw() {
  if (current) {
    await show(current);
    return;
  }
  document.title = TITLE;
  $('figure').hidden = true;
  $('verdict').hidden = true;
  delete $('desk').dataset.photo;
  history.draw(current, revisit);
  await guarded(drawKnown);
}

function drawPhoto({ photo }) {
  $('desk').dataset.photo = 'shown';
  $('figure').hidden = false;
  const canShow = photo.width > 0;
  $('frame').hidden = !canShow;
  $('unshown').hidden = canShow;
  $('photo-name').textContent = canShow
    ? `${photo.name} · ${photo.width}\u00a0×\u00a0${photo.height} · ${size(photo.blob.size)}`
    : `${photo.name} · ${size(photo.blob.size)}`;
  $('photo-note').textContent = photo.note;
  $('photo-note').hidden = !photo.note;
  if (!canShow) return;
  $('photo').src = photo.url;
  $('frame').style.setProperty('--width', photo.width);
  $('frame').style.setProperty('--height', photo.height);
  const { input_size: input, resize_shorter_side: resized } = chosen()[0];
  placeCrop($('crop'), photo, input / resized);
}

/** The square in the middle that a model looks at. */
function placeCrop(box, { width, height }, part) {
  const side = Math.min(width, height) * part;
  box.style.setProperty('--x', side / width);
  box.style.setProperty('--y', side / height);
}

// ---- where a class is found

function pick(model, label) {
  where.on = !(where.on && where.model === model && where.label === label);
  where.model = model;
  where.label = label;
  redrawWhere();
}

async function redrawWhere() {
  const asked = chosen();
  const answers = asked.map((model) => current?.answers.get(`${model.name} ${$('top').value}`));
  if (!answers.every(Boolean)) return;
  await guarded(() => drawWhere(asked, answers, running.signal), () => {
    where.on = false;
    redrawWhere();
  });
}

async function drawWhere(asked, answers, signal) {
  const able = asked.findIndex((model) => model.explains);
  $('where').hidden = able < 0 || current.photo.width === 0;
  if ($('where').hidden) return;
  let at = asked.findIndex(({ name, explains }) => explains && name === where.model);
  let found = answers[at]?.predictions.find(({ label }) => label === where.label);
  if (!found) {
    at = able;
    [found] = answers[able].predictions;
    where.model = asked[able].name;
    where.label = found.label;
  }
  $('where-toggle').setAttribute('aria-pressed', where.on);
  for (const button of document.querySelectorAll('.bars button')) {
    const { model } = button.closest('article').dataset;
    const isShown = where.on && model === where.model && button.dataset.label === where.label;
    button.setAttribute('aria-pressed', isShown);
  }
  if (!where.on) {
    hideOverlay();
    $('where-caption').textContent = 'Or pick one of the classes.';
    return;
  }
  const entry = current;
  const wanted = `${where.model} ${answers[at].version} ${where.label}`;
  const caption = `Evidence for ${found.display_name}, by ${where.model}`;
  $('where-caption').textContent = `${caption} …`;
  if (!entry.overlays.has(wanted)) {
    const picture = await explain(entry.photo, where.model, found.label, signal);
    entry.overlays.set(wanted, URL.createObjectURL(picture));
  }
  const isStill = where.on && where.model === asked[at].name && where.label === found.label;
  if (signal.aborted || entry !== current || !isStill) return;
  placeCrop($('overlay'), entry.photo, asked[at].input_size / asked[at].resize_shorter_side);
  $('overlay').src = entry.overlays.get(wanted);
  $('overlay').alt = `Heat map: ${caption}`;
  $('overlay').hidden = false;
  $('where-scale').hidden = false;
  $('where-caption').textContent = caption;
  say(`The photo shows: ${caption}.`);
}

function hideOverlay() {
  $('overlay').hidden = true;
  $('where-scale').hidden = true;
}

// ---- what visitors do

for (const setting of ['model', 'other', 'top']) {
  $(setting).addEventListener('change', () => {
    if (setting === 'model') drawOthers();
    settle();
    redraw();
  });
}
$('where-toggle').addEventListener('click', () => {
  where.on = !where.on;
  redrawWhere();
});
$('clear').addEventListener('click', () => {
  running.abort();
  history.clear();
  current = null;
  redraw();
  $('file').focus();
});

offerIntake(take);
offerCamera(take, (why) => fail('The camera cannot be used', why, false));
offerRetry(start); // the models may be others by now
start();
