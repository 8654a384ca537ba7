// What a test asks of a page, in its address; a server has none.

const asked = new URLSearchParams(globalThis.location?.search);

/** The backend; without one, everything stays in the browser. */
export const backend = asked.get('backend') ?? undefined;

/** A way to tokens, if the test wants one. */
export const getToken = asked.has('token') ? async () => 'token' : undefined;
