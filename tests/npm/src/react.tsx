import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Intranet } from './Intranet';

const app = document.querySelector('#app');
if (app) {
  createRoot(app).render(
    <StrictMode>
      <Intranet />
    </StrictMode>,
  );
}
