// How a community is named: by its id, or by the address of its page on the backend.

const ID = /^[a-z0-9-]{1,64}$/;

/** Whether this could be a community's id. */
export const isId = (text) => ID.test(text);

/** The id in a link to `{backend}/embed/{community}`; nothing if it is any other link. */
export function inLink(link, backend) {
  try {
    const { href, pathname } = new URL(link);
    const place = new URL('embed/', `${backend.replace(/\/$/, '')}/`);
    if (!href.startsWith(place.href)) return undefined;
    const id = decodeURIComponent(pathname.slice(place.pathname.length)).replace(/\/$/, '');
    return isId(id) ? id : undefined;
  } catch {
    // What is no link names no community.
    return undefined;
  }
}

/** The id that somebody typed or pasted. */
export function inField(text, backend) {
  const typed = text.trim();
  return isId(typed) ? typed : inLink(typed, backend);
}
