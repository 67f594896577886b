/**
 * Photos from a camera: phones bring their own camera application, other machines are asked for
 * the picture of theirs, which browsers allow over HTTPS and on localhost only.
 */

const $ = (id) => document.getElementById(id);

/** Offers what this machine has, and hands over photos as files. */
export async function offerCamera(take, fail) {
  $('shot').addEventListener('change', (event) => {
    take([...event.target.files]);
    event.target.value = '';
  });
  if (matchMedia('(pointer: coarse)').matches) {
    $('camera-native').hidden = false;
    return;
  }
  const devices = await navigator.mediaDevices?.enumerateDevices().catch(() => []) ?? [];
  if (devices.some((device) => device.kind === 'videoinput')) {
    $('camera-live').hidden = false;
    $('camera-live').addEventListener('click', () => open(fail));
    $('shutter').addEventListener('click', () => shoot(take));
    $('camera-close').addEventListener('click', () => $('camera').close());
    $('camera').addEventListener('close', stop);
  }
}

async function open(fail) {
  const video = $('viewfinder');
  try {
    video.srcObject = await navigator.mediaDevices.getUserMedia({
      video: { facingMode: 'environment', width: { ideal: 1920 }, height: { ideal: 1080 } },
    });
    $('camera').showModal();
    await video.play();
  } catch (error) {
    stop();
    $('camera').close();
    fail(error.name === 'NotAllowedError'
      ? 'Allow the camera in your browser’s settings for this site, or choose a photo instead.'
      : 'Another program may be using it. Choose a photo instead.');
  }
}

function shoot(take) {
  const video = $('viewfinder');
  const canvas = document.createElement('canvas');
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  canvas.getContext('2d').drawImage(video, 0, 0);
  $('camera').close();
  canvas.toBlob((blob) => take([new File([blob], 'Camera photo', { type: 'image/jpeg' })]), 'image/jpeg', 0.95);
}

function stop() {
  const video = $('viewfinder');
  video.srcObject?.getTracks().forEach((track) => track.stop());
  video.srcObject = null;
}
