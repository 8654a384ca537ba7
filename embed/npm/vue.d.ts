// For pages made with Vue 3: `import 'cercle/vue'` defines the elements and lets templates know them.

import type { HTMLAttributes, PublicProps } from 'vue';
import type { CercleAttributes, CercleElement, CercleEventMap, GetToken } from './index.js';

export type * from './index.js';

type Pascal<Name extends string> = Name extends `${infer First}-${infer Rest}`
  ? `${Capitalize<First>}${Pascal<Rest>}`
  : Capitalize<Name>;

/** `@cercle-voted` in a template is `onCercleVoted` to Vue. */
type Listeners = {
  [Name in keyof CercleEventMap as `on${Pascal<Name>}`]?: (event: CercleEventMap[Name]) => void;
};

type Props = CercleAttributes & Listeners & HTMLAttributes & PublicProps & { getToken?: GetToken };

type Component = new () => CercleElement & { $props: Props };

declare module 'vue' {
  interface GlobalComponents {
    'cercle-board': Component;
    'cercle-signup': Component;
    'cercle-community': Component;
  }
}
