// What an author chooses, as SharePoint keeps it with the page, and what is wrong with it.

import * as strings from 'CercleStrings';

export interface ISettings {
  backend: string;
  community: string;
  view: 'community' | 'board' | 'signup';
  language: 'auto' | 'fr' | 'en';
  /** The application ID URI of a backend that wants tokens. */
  resource: string;
}

const HERE = /^(localhost|.+\.localhost|127\.0\.0\.1|\[::1\])$/;
const ID = /^[a-z0-9-]{1,64}$/;
const RESOURCE = /^((api|https):\/\/\S+|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;

/** Pages keep what was chosen under an older version, or written by a script: anything may be missing or odd. */
export function read(kept: Partial<ISettings>): ISettings {
  const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');
  const one = <T extends string>(value: unknown, first: T, ...others: T[]): T =>
    others.filter((other) => other === value)[0] ?? first;
  return {
    backend: text(kept.backend),
    community: text(kept.community),
    view: one(kept.view, 'community', 'board', 'signup'),
    language: one(kept.language, 'auto', 'fr', 'en'),
    resource: text(kept.resource),
  };
}

/** The sentence that stands in place of the widget, if it cannot be shown with these. */
export function problemWith(settings: ISettings): string {
  if (!settings.backend || !settings.community) return strings.Missing;
  return backendProblem(settings.backend) || communityProblem(settings.community) || resourceProblem(settings.resource);
}

// What stands beside a field while somebody types; an empty one is no mistake yet.

export function backendProblem(typed: string): string {
  const text = typed.trim();
  return !text || isBackend(text) ? '' : strings.BackendProblem;
}

export function communityProblem(typed: string): string {
  const text = typed.trim();
  return !text || ID.test(text) ? '' : strings.CommunityProblem;
}

export function resourceProblem(typed: string): string {
  const text = typed.trim();
  return !text || RESOURCE.test(text) ? '' : strings.ResourceProblem;
}

/** Pages of SharePoint are https, from where browsers reach nothing less, save what runs on the same machine. */
function isBackend(text: string): boolean {
  if (!/^https?:\/\//i.test(text)) return false;
  try {
    const { protocol, hostname, username, password, search, hash } = new URL(text);
    const safe = protocol === 'https:' || HERE.test(hostname);
    return safe && !username && !password && !search && !hash;
  } catch {
    return false;
  }
}
