// Where a classic script is: `import.meta.url` for those that have none.

export const here = document.currentScript?.src ?? document.baseURI;
