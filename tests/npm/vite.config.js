// One small site with a page for each framework, as a front-end team would build it.

import { svelte } from '@sveltejs/vite-plugin-svelte';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';

const isCustomElement = (tag) => tag.startsWith('cercle-');

export default defineConfig({
  base: './',
  plugins: [vue({ template: { compilerOptions: { isCustomElement } } }), svelte({ configFile: false })],
  build: {
    rolldownOptions: {
      input: ['plain.html', 'react.html', 'vue.html', 'svelte.html'],
      checks: { pluginTimings: false },
    },
  },
  logLevel: 'warn',
});
