/** What goes wrong, in words; and the key, where the server asks for one. */
import { Problem, useKey } from './server.js';

const $ = (id) => document.getElementById(id);

/** Runs what asks the server; where that fails, undoes it and tells why. */
export async function guarded(work, undo = () => {}) {
  try {
    await work();
  } catch (error) {
    if (error.name === 'AbortError') return;
    if (!(error instanceof Problem)) throw error;
    if (error.type === 'unauthorized') {
      askForKey();
      return;
    }
    undo(error);
    fail(error.message, error.detail, !error.isPhotosFault);
  }
}

/** Tells what went wrong; may offer to try again. */
export function fail(title, detail, mayPass) {
  $('problem').hidden = false;
  $('retry').hidden = !mayPass;
  $('problem-title').textContent = title;
  $('problem-detail').textContent = sentence(detail);
  say('');
  if (mayPass) $('answers').querySelectorAll('.waiting').forEach((one) => one.remove());
}

function sentence(text) {
  const whole = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.?!]$/.test(whole) ? whole : `${whole}.`;
}

function askForKey() {
  const wasAsked = !$('key-form').hidden;
  $('desk').hidden = true;
  $('settings').hidden = true;
  $('key-form').hidden = false;
  $('key-problem').textContent = wasAsked ? 'The server does not know this key.' : '';
  say('');
  $('key').setAttribute('aria-invalid', wasAsked);
  $('key').focus();
  $('key').select();
}

/** Tells screen readers. */
export function say(words) {
  $('status').textContent = words;
}

/** Takes the box away. */
export function settle() {
  $('problem').hidden = true;
}

/** Lets visitors try again, with a key if one is needed. */
export function offerRetry(again) {
  $('retry').addEventListener('click', () => {
    settle();
    again();
  });
  $('dismiss').addEventListener('click', () => {
    settle();
    $('file').focus();
  });
  $('key-form').addEventListener('submit', (event) => {
    event.preventDefault();
    useKey($('key').value.trim());
    $('key-problem').textContent = ''; // said anew, the same sentence is read out anew
    again();
  });
}
