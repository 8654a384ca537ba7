// The way to Confluence, and how it looks there.

/**
 * Forge's bridge; nothing where no Forge made this frame. It looks for its frame as soon as it is loaded, and throws where
 * there is none: hence no import above.
 */
export async function connect() {
  try {
    return await import('@forge/bridge');
  } catch {
    return undefined;
  }
}

/** Takes over Confluence's theme, also when the reader changes it; `tell` hears `light`, `dark` or `auto`. */
export async function follow(view, tell) {
  const root = document.documentElement;
  const look = () => tell(['light', 'dark'].includes(root.dataset.colorMode) ? root.dataset.colorMode : 'auto');
  new MutationObserver(look).observe(root, { attributeFilter: ['data-color-mode'] });
  look();
  try {
    await view.theme.enable();
  } catch (problem) {
    // It stays as readable as any page without a theme.
    console.warn('cercle: no theme from Confluence', problem);
  }
}

/** What was written into this page when it was packed. */
export const packed = (name) => document.querySelector(`meta[name="cercle-${name}"]`).content;
