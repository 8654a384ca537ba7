// Why the browser kept a request to the backend, as far as a page can find out.

/** Milliseconds after which it is not asked any further. */
const LIMIT = 1000;

/** `insecure`, `policy`, `local_network`, or nothing that a page is told. */
export async function hindrance(address) {
  const { protocol, hostname } = new URL(address);
  if (location.protocol === 'https:' && protocol === 'http:' && !isThisMachine(hostname)) return 'insecure';
  if (await isForbidden(address)) return 'policy';
  return !hasAnswered(address) && (await isDenied(hostname)) ? 'local_network' : '';
}

const isThisMachine = (name) => /^(localhost|.*\.localhost|127\..*|\[::1\])$/.test(name);

/** Whether the page's policy says no: it says so to whoever listens while something is asked. */
function isForbidden(address) {
  const { origin } = new URL(address);
  let notice;
  const said = new Promise((resolve) => {
    notice = ({ blockedURI, effectiveDirective, disposition }) => {
      if (disposition === 'enforce' && effectiveDirective === 'connect-src' && blockedURI.startsWith(origin)) resolve(true);
    };
    addEventListener('securitypolicyviolation', notice);
    const signal = AbortSignal.timeout?.(LIMIT);
    const asked = fetch(address, { method: 'HEAD', mode: 'no-cors', credentials: 'omit', signal }).catch(() => {});
    // The word comes a moment after the refusal.
    asked.then(() => setTimeout(resolve, 50, false));
    setTimeout(resolve, LIMIT, false);
  });
  return said.finally(() => removeEventListener('securitypolicyviolation', notice));
}

/** Whether this page ever got an answer from there: then nobody keeps it away, and the backend is only down. */
function hasAnswered(address) {
  const { origin } = new URL(address);
  return performance.getEntriesByType('resource').some(({ name, responseStatus }) => responseStatus && name.startsWith(`${origin}/`));
}

/** Whether the person or the company keeps this page out of the local network. Chromium alone asks that, by three names. */
async function isDenied(hostname) {
  const names = isThisMachine(hostname) ? ['loopback-network', 'local-network-access'] : ['local-network', 'local-network-access'];
  for (const name of names) {
    // A browser that does not know the name refuses the question.
    const state = await navigator.permissions.query({ name }).then((permission) => permission.state, () => '');
    if (state) return state === 'denied';
  }
  return false;
}
