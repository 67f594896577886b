/** The server's interface. Paths are relative, so that a proxy may serve it under a prefix. */

/** What people read, by the last part of a problem document's type (RFC 9457). */
const WORDS = {
  'unusable-photo': 'This file cannot be used as a photo',
  'unsupported-media-type': 'The server does not take files of this kind',
  'too-large': 'This photo is larger than the server takes',
  'request-timeout': 'The photo took too long to arrive',
  'overloaded': 'The server is busy right now',
  'conflict': 'This model cannot show where it looks',
  'forbidden': 'The server takes this page for another web site’s',
  'misdirected': 'The server does not go by the name in the address bar',
  'not-found': 'The server does not have this any more',
  'internal': 'Something went wrong in the server',
  'unreachable': 'The server cannot be reached',
};
const PHOTOS_FAULT = new Set(['unusable-photo', 'unsupported-media-type', 'too-large', 'bad-request']);

/** Why a request has no answer: what to tell, and whether another photo is needed. */
export class Problem extends Error {
  constructor(type, detail, title = 'The server refused the request') {
    super(WORDS[type] ?? title);
    this.type = type;
    this.detail = detail;
    this.isPhotosFault = PHOTOS_FAULT.has(type);
  }
}

let key = '';

/** Sends this key from now on. */
export function useKey(value) {
  key = value;
}

async function ask(path, options = {}) {
  const headers = { Accept: 'application/json, image/png', ...(key && { 'X-API-Key': key }) };
  let response;
  try {
    response = await fetch(path, { ...options, headers });
  } catch (error) {
    if (error.name === 'AbortError') throw error;
    throw new Problem('unreachable', 'Is it still running, and are you online?');
  }
  if (response.ok) return response;
  // whatever stands in front of the server need not answer with problem documents
  const document = await response.json().catch(() => ({}));
  throw new Problem(
    response.status === 401 ? 'unauthorized' : (document.type ?? '').split(':').pop(),
    document.detail ?? `HTTP status ${response.status}`,
    document.title);
}

function upload(path, settings, photo, signal) {
  const form = new FormData();
  form.append('image', photo.blob, photo.name);
  return ask(`${path}?${new URLSearchParams(settings)}`, { method: 'POST', body: form, signal });
}

/** The models: `{default, models: [{name, explains, ...}]}`. */
export async function models() {
  return (await ask('models')).json();
}

/** A model's labels, in its order. */
export async function labels(model) {
  return (await (await ask(`labels?${new URLSearchParams({ model })}`)).json()).labels;
}

/** What a model says to a photo: `{none_of_these, predictions: [...]}`. */
export async function predict(photo, model, top, signal) {
  return (await upload('predict', { model, top }, photo, signal)).json();
}

/** Where a model finds a label: a picture of the square that it looks at. */
export async function explain(photo, model, label, signal) {
  return (await upload('explain', { model, label }, photo, signal)).blob();
}
