// Where the browser is.
import { accessSync, constants } from 'node:fs';
import path from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** The browser that CHROMIUM names, otherwise the first found on PATH. Throws where there is none to run. */
export function chromium(environ = process.env) {
  if (environ.CHROMIUM) {
    if (runs(environ.CHROMIUM)) return environ.CHROMIUM;
    throw new Error(`CHROMIUM names ${environ.CHROMIUM}, which cannot be run; give the path of a Chromium.`);
  }
  const folders = (environ.PATH ?? '').split(path.delimiter).filter(Boolean);
  const found = folders.flatMap((folder) => NAMES.map((name) => path.join(folder, name))).find(runs);
  if (!found) throw new Error('No Chromium on PATH; install one, or name it in CHROMIUM.');
  return found;
}

function runs(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
