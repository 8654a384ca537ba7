// Tells the page around this frame how tall it would like to be, once that page has said that it wants to know. Which
// pages may hold us at all, the policy of this one says. And brings dialogs to where they are seen.

const page = document.documentElement;
let listener;

const tell = () => {
  const height = Math.ceil(page.getBoundingClientRect().height);
  parent.postMessage({ type: 'cercle:height', height }, listener);
};

addEventListener('message', ({ source, origin, data }) => {
  if (source !== parent || data?.type !== 'cercle:hello' || listener) return;
  listener = origin;
  page.classList.add('grows');
  new ResizeObserver(tell).observe(page);
});

// It says nothing, so whoever hears it may.
if (parent !== window) parent.postMessage({ type: 'cercle:here' }, '*');

// A dialog stands in the middle of its frame, and the person may look at another part of a tall one. The page around
// scrolls; in WebKit only if it does so itself.
const { shadowRoot } = document.querySelector('cercle-community');
const show = () => {
  const dialog = shadowRoot.querySelector('dialog[open]');
  if (!dialog) return;
  dialog.scrollIntoView({ block: 'nearest' });
  const { top, height } = dialog.getBoundingClientRect();
  if (listener) parent.postMessage({ type: 'cercle:show', middle: top + height / 2 }, listener);
};
if (shadowRoot && parent !== window) {
  new MutationObserver(show).observe(shadowRoot, { subtree: true, attributeFilter: ['open'] });
}
