// Vite and nothing else: the elements as the DOM has them.

import 'cercle';
import { backend, getToken } from './address';

const board = document.createElement('cercle-board');
board.setAttribute('community', 'atelier');
if (backend) board.setAttribute('backend', backend);
board.getToken = getToken;

const heard = document.createElement('output');
let votes = 0;
// Events bubble: whoever stands above hears them, too.
document.addEventListener('cercle-voted', ({ detail }) => {
  votes += detail.on ? 1 : -1;
  heard.textContent = `Votes heard: ${votes}`;
});

document.querySelector('#app')?.append(heard, board);
