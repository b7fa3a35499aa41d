// The page: `show(view)` draws a view and gives what a maker of it should know: a line for each.
import '@fontsource/lato/400.css';
import '@fontsource/lato/400-italic.css';
import '@fontsource/lato/700.css';
import '@fontsource/lato/700-italic.css';
import '@fontsource/lato/900.css';
import 'slack-blocks-to-jsx/dist/style.css';
import './slack.css';

import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';

import { Frame } from './frames.jsx';

globalThis.show = async (view) => {
  const root = createRoot(document.getElementById('root'));
  flushSync(() => root.render(<Frame view={view} />));
  await document.fonts.ready;
  await Promise.all([...document.images].map((image) => image.decode().catch(() => {})));
  return [...new Set([...document.querySelectorAll('[data-note]')].map((one) => one.dataset.note))];
};
