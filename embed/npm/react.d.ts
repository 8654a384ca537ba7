// For pages made with React 19: `import 'cercle/react'` defines the elements and lets JSX know them.

import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type { CercleAttributes, CercleElement, CercleEventMap, GetToken } from './index.js';

export type * from './index.js';

/** React listens to the event that stands behind `on`, as it is written: `oncercle-voted`. */
type Listeners = {
  [Name in keyof CercleEventMap as `on${Name}`]?: (event: CercleEventMap[Name]) => void;
};

type Props = DetailedHTMLProps<HTMLAttributes<CercleElement>, CercleElement> &
  CercleAttributes &
  Listeners & { getToken?: GetToken };

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'cercle-board': Props;
      'cercle-signup': Props;
      'cercle-community': Props;
    }
  }
}
