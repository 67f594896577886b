/** Photos that are chosen, pasted or dropped. */

const $ = (id) => document.getElementById(id);
const bringsFiles = (event) => event.dataTransfer.types.includes('Files');

/** Hands over files as visitors bring them, while the page can take any. */
export function offerIntake(take) {
  $('file').addEventListener('change', (event) => {
    const files = [...event.target.files];
    event.target.value = ''; // the same file may be chosen again
    take(files);
  });
  document.addEventListener('paste', (event) => {
    const files = [...event.clipboardData.files];
    if (files.length === 0 || $('desk').hidden) return;
    event.preventDefault();
    take(files);
  });

  addEventListener('dragstart', (event) => event.preventDefault()); // the page's own pictures
  addEventListener('dragover', (event) => {
    if (!bringsFiles(event)) return;
    event.preventDefault(); // or the browser leaves the page for the file
    $('drop').hidden = $('desk').hidden;
  });
  addEventListener('dragleave', (event) => {
    if (!event.relatedTarget) $('drop').hidden = true;
  });
  addEventListener('drop', (event) => {
    $('drop').hidden = true;
    if (!bringsFiles(event)) return;
    event.preventDefault();
    if (!$('desk').hidden) take([...event.dataTransfer.files]);
  });
}
