// Why the browser kept a request to the backend, as far as a page can find out.

/** Milliseconds after which it is not asked any further. */
const LIMIT = 1000;

/** `address`, `insecure`, `policy`, `local_network`, `origin`, or nothing that a page is told. */
export async function hindrance(address) {
  if (!isAddress(address)) return 'address';
  const { protocol, hostname, origin } = new URL(address, location.href);
  if (location.protocol === 'https:' && protocol === 'http:' && !isThisMachine(hostname)) return 'insecure';
  if (await isForbidden(address)) return 'policy';
  if (hasAnswered(new URL(api(address), location.href).href)) return '';
  if (!hasAnswered(`${origin}/`) && (await isDenied(hostname))) return 'local_network';
  return (await refusesThisPage(address)) ? 'origin' : '';
}

function isAddress(address) {
  try {
    return /^https?:$/.test(new URL(address, location.href).protocol);
  } catch {
    return false;
  }
}

const isThisMachine = (name) => /^(localhost|.*\.localhost|127\..*|\[::1\])$/.test(name);

/** Whether the page's policy says no: it says so to whoever listens while something is asked. */
function isForbidden(address) {
  const { origin } = new URL(address, location.href);
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

/** The address that all requests to this backend begin with. */
const api = (address) => address.slice(0, address.indexOf('/v1/') + 4);

/** Whether this page ever got an answer from there: then nobody keeps it away, and the backend is only down. */
const hasAnswered = (begin) =>
  performance.getEntriesByType('resource').some(({ name, responseStatus }) => responseStatus && name.startsWith(begin));

/**
 * Whether the backend is there and lets no page of this origin read its answers: what anybody may read can be read, what
 * was asked cannot. Asked in this order, so that a backend that comes back in between refuses nobody.
 */
async function refusesThisPage(address) {
  const answers = (asked) => fetch(asked, { credentials: 'omit', signal: AbortSignal.timeout?.(LIMIT) }).then(() => true, () => false);
  return (await answers(`${api(address)}../healthz`)) && !(await answers(`${api(address)}openapi.json`)) && (await answers(`${api(address)}../healthz`));
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
