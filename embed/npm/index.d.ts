// What `cercle` brings to a page: three elements, their attributes, one property, their events.

/** Gives a bearer token; asked again when the backend takes the last one no more. */
export type GetToken = () => string | Promise<string>;

/** The attributes, as a host page writes them. */
export interface CercleAttributes {
  // ATTRIBUTES
}

/** The events. They all bubble and leave the shadow root, so that any element above hears them, and the document. */
export interface CercleEventMap {
  'cercle-ready': CustomEvent<Record<string, never>>;
  'cercle-topic-proposed': CustomEvent<{ topic: string }>;
  'cercle-voted': CustomEvent<{ topic: string; on: boolean }>;
  'cercle-signed-up': CustomEvent<{ topic?: string }>;
  'cercle-stepped-back': CustomEvent<{ topic?: string }>;
  'cercle-sync': CustomEvent<{ state: 'local' | 'saved' | 'pending' | 'offline'; waiting: number }>;
  'cercle-error': CustomEvent<{ code: string; message: string }>;
}

/** What the three elements share. */
export interface CercleElement extends HTMLElement {
  getToken: GetToken | undefined;
}

declare global {
  interface HTMLElementTagNameMap {
    'cercle-board': CercleElement;
    'cercle-signup': CercleElement;
    'cercle-community': CercleElement;
  }

  interface GlobalEventHandlersEventMap extends CercleEventMap {}
}
