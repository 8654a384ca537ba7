// For pages made with Svelte 5: `import 'cercle/svelte'` defines the elements and lets templates know them.

import type { HTMLAttributes } from 'svelte/elements';
import type { CercleAttributes, CercleElement, CercleEventMap, GetToken } from './index.js';

export type * from './index.js';

/** Svelte listens to the event that stands behind `on`, as it is written: `oncercle-voted`. */
type Listeners = {
  [Name in keyof CercleEventMap as `on${Name}`]?: (event: CercleEventMap[Name]) => void;
};

type Props = HTMLAttributes<CercleElement> & CercleAttributes & Listeners & { getToken?: GetToken };

// What this names is also what `svelteHTML.IntrinsicElements` knows.
declare module 'svelte/elements' {
  interface SvelteHTMLElements {
    'cercle-board': Props;
    'cercle-signup': Props;
    'cercle-community': Props;
  }
}
