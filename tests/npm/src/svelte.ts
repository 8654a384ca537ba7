import { mount } from 'svelte';
import Intranet from './Intranet.svelte';

const app = document.querySelector('#app');
if (app) mount(Intranet, { target: app });
