// What knows why we could not start: a file beside this script, asked for only then.

export const trouble = () => import('./cercle_trouble.js');
