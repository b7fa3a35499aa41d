// The page's script and style, bundled in memory.
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';

const HERE = path.dirname(fileURLToPath(import.meta.url));

/** The whole page as one HTML text that fetches nothing: fonts and styles are in it. */
export async function bundle() {
  const { outputFiles } = await build({
    entryPoints: [path.join(HERE, 'page', 'main.jsx')],
    absWorkingDir: HERE,
    outdir: 'out',
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    jsx: 'automatic',
    loader: { '.woff2': 'dataurl', '.woff': 'empty' },
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'error',
  });
  const [script, style] = ['.js', '.css'].map((ending) => outputFiles.find((file) => file.path.endsWith(ending)).text);
  const inert = script.replaceAll('</script', '<\\/script');
  return `<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><style>${style}</style></head><body><div id="root"></div><script>${inert}</script></body></html>`;
}
