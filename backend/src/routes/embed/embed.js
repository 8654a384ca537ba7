// Tells the page around this frame how tall it would like to be, once that page has said that it wants to know. Which
// pages may hold us at all, the policy of this one says.

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
