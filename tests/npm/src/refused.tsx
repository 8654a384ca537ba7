// What the typings refuse. Nothing here runs: it is compiled, and each comment says that the line below it must not be.

import 'cercle/react';
import type {} from 'cercle/svelte';
import type { SvelteHTMLElements } from 'svelte/elements';

export const wrongInReact = [
  // @ts-expect-error: there is no such theme
  <cercle-board key="1" community="atelier" theme="purple" />,
  // @ts-expect-error: it is called otherwise
  <cercle-board key="2" community="atelier" server="https://cercle.example.org" />,
  // @ts-expect-error: which community?
  <cercle-signup key="3" />,
  // @ts-expect-error: a vote says for which topic it is, not what that is called
  <cercle-community key="4" community="atelier" oncercle-voted={({ detail }) => detail.title} />,
  // @ts-expect-error: there is no such element
  <cercle-panel key="5" community="atelier" />,
];

// @ts-expect-error: there is no such view
export const wrongInSvelte: SvelteHTMLElements['cercle-community'] = { community: 'atelier', view: 'everything' };

export function wrongInTheDom(board: HTMLElementTagNameMap['cercle-board']) {
  // @ts-expect-error: a function gives tokens
  board.getToken = 'token';
  board.addEventListener('cercle-sync', ({ detail }) => {
    // @ts-expect-error: it is a number
    detail.waiting.toUpperCase();
    // @ts-expect-error: there is no such state
    return detail.state === 'asleep';
  });
}
