// What knows why we could not start: inside, for scripts that trust no other file, or have none.

export const trouble = () => import('./trouble.js');
