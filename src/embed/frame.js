// For a page that holds us in frames: gives each the height that it asks for, and scrolls to what it shows. The frames
// are those of the backend that this script came from, and nobody else is listened to.

const { origin } = new URL(document.currentScript.src);
const LOWEST = 160;
const TALLEST = 20000;

const ours = () => [...document.querySelectorAll('iframe')].filter(({ src }) => src.startsWith(`${origin}/embed/`));
const greet = (frame) => frame.contentWindow?.postMessage({ type: 'cercle:hello' }, origin);

addEventListener('message', ({ origin: from, source, data }) => {
  const frame = from === origin && ours().find(({ contentWindow }) => contentWindow === source);
  if (!frame) return;
  if (data?.type === 'cercle:here') greet(frame);
  if (data?.type === 'cercle:height' && data.height > 0) {
    frame.style.height = `${Math.min(Math.max(data.height, LOWEST), TALLEST)}px`;
  }
  if (data?.type === 'cercle:show') show(frame, data.middle);
});

/** Brings this line of a frame to the middle of the window, unless it is in sight. */
function show(frame, line) {
  const place = frame.getBoundingClientRect().top + line;
  if (!(place < 0 || place > innerHeight)) return;
  frame.style.scrollMarginTop = `${innerHeight / 2 - line}px`;
  frame.scrollIntoView();
  frame.style.scrollMarginTop = '';
}

// Those that were there before us have said so already.
ours().forEach(greet);
