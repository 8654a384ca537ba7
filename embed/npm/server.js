// What a server gets in place of cercle.js: nothing. It renders the elements as they stand, and the browser draws them.
export {};
