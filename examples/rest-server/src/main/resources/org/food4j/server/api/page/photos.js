/** Photos on their way to the server: shrunk where they must be, and their thumbnails. */

const { mostBytes, mostPixels } = document.documentElement.dataset;
const LIMIT = { bytes: Number(mostBytes) - 2048, pixels: Number(mostPixels) }; // a form's own bytes
const THUMBNAIL = 192;

/** What the server decodes. Other pictures that this browser knows (HEIC, AVIF) are sent as JPEG. */
const FORMATS = new Set(['image/jpeg', 'image/png', 'image/gif', 'image/bmp', 'image/webp', '']);

/** 1.4 MB, as people read sizes. */
export function size(bytes) {
  const [value, unit] = bytes < 1e6 ? [bytes / 1e3, 'kB'] : [bytes / 1e6, 'MB'];
  return `${value.toFixed(value < 10 ? 1 : 0)}\u00a0${unit}`;
}

async function drawn(bitmap, scale) {
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  const context = canvas.getContext('2d');
  context.fillStyle = '#fff'; // what is transparent would be black in a JPEG
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((done) => canvas.toBlob(done, 'image/jpeg', 0.9));
  return { blob, width: canvas.width, height: canvas.height };
}

/** A picture as a JPEG, as large as the server takes. */
async function fitting(bitmap) {
  let scale = Math.min(1, Math.sqrt(LIMIT.pixels / (bitmap.width * bitmap.height)) * 0.99);
  let smaller = await drawn(bitmap, scale);
  while (smaller.blob && smaller.blob.size > LIMIT.bytes) {
    scale *= Math.min(0.9, Math.sqrt(LIMIT.bytes / smaller.blob.size) * 0.95);
    smaller = await drawn(bitmap, scale);
  }
  return smaller;
}

/**
 * A file as the page keeps it: `{name, blob, url, width, height, thumbnail, note}`. What this
 * browser cannot decode has width 0 and goes to the server as it is: it may know better, or say
 * what is wrong.
 */
export async function photoOf(file) {
  const photo = { name: file.name || 'Pasted photo', blob: file, width: 0, height: 0, thumbnail: '', note: '' };
  const bitmap = await createImageBitmap(file).catch(() => null);
  if (bitmap) {
    photo.width = bitmap.width;
    photo.height = bitmap.height;
    const isTooLarge = file.size > LIMIT.bytes || bitmap.width * bitmap.height > LIMIT.pixels;
    const other = isTooLarge || !FORMATS.has(file.type) ? await fitting(bitmap) : null;
    if (other?.blob) { // none where a canvas of that size is too much for this browser
      Object.assign(photo, other);
      photo.note = isTooLarge
        ? `Shrunk from ${size(file.size)} to ${size(other.blob.size)} in your browser: the server `
          + `takes ${size(LIMIT.bytes)} and ${Math.floor(LIMIT.pixels / 1e6)} megapixels at most.`
        : `Made a JPEG in your browser: the server does not read ${file.type}.`;
    }
    const scale = Math.min(1, THUMBNAIL / Math.min(bitmap.width, bitmap.height));
    const small = await drawn(bitmap, scale);
    if (small.blob) photo.thumbnail = URL.createObjectURL(small.blob);
    bitmap.close();
  }
  photo.url = URL.createObjectURL(photo.blob);
  return photo;
}

/** Frees what a photo's addresses stand for. */
export function forget(photo) {
  URL.revokeObjectURL(photo.url);
  if (photo.thumbnail) URL.revokeObjectURL(photo.thumbnail);
}
