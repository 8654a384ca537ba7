// The package where there is no page: it may be imported, and each framework renders its elements as they stand.

import { createServer } from 'vite';

for (const name of ['cercle', 'cercle/react', 'cercle/vue', 'cercle/svelte']) await import(name);

const vite = await createServer({ server: { middlewareMode: true, watch: null }, appType: 'custom' });
const load = (path) => vite.ssrLoadModule(path);

async function react() {
  const [{ createElement }, { renderToString }] = [await import('react'), await import('react-dom/server')];
  return renderToString(createElement((await load('/src/Intranet.tsx')).Intranet));
}

async function vue() {
  const [{ createSSRApp }, { renderToString }] = [await import('vue'), await import('vue/server-renderer')];
  return renderToString(createSSRApp((await load('/src/Intranet.vue')).default));
}

async function svelte() {
  const { render } = await load('svelte/server');
  return render((await load('/src/Intranet.svelte')).default).body;
}

try {
  for (const render of [react, vue, svelte]) {
    const html = await render();
    if (!html.includes('<cercle-board community="atelier"')) throw new Error(`${render.name} renders no board: ${html}`);
  }
} finally {
  await vite.close();
}
