// IN.json read and checked, every picture it names put into it as a data: address.
import { readFileSync } from 'node:fs';
import path from 'node:path';

const KINDS = ['message', 'modal', 'home'];
const MEDIA = { '.png': 'image/png', '.jpg': 'image/jpeg', '.jpeg': 'image/jpeg', '.gif': 'image/gif', '.svg': 'image/svg+xml' };

/** What is wrong with the input, in one sentence that says what to do. */
export class WrongView extends Error {}

/**
 * The view in a file. Paths of pictures are relative to that file.
 * Throws WrongView where it cannot be read, is not JSON or is not a view.
 */
export function readView(file) {
  const view = parsed(file);
  if (!KINDS.includes(view?.kind)) throw new WrongView(`${file}: "kind" must be one of ${KINDS.join(', ')}.`);
  for (const message of view.thread ?? [view]) {
    if (!Array.isArray(message.blocks) && typeof message.text !== 'string') {
      throw new WrongView(`${file}: give "blocks" (a list), or "thread" with "text" or "blocks" in each message.`);
    }
  }
  const beside = path.dirname(path.resolve(file));
  const images = Object.entries(view.images ?? {}).map(([name, picture]) => [name, dataAddress(beside, picture)]);
  return { ...view, images: Object.fromEntries(images) };
}

function parsed(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (fault) {
    throw new WrongView(`${file} cannot be read as JSON: ${fault.message}.`);
  }
}

function dataAddress(beside, picture) {
  const media = MEDIA[path.extname(picture).toLowerCase()];
  if (!media) throw new WrongView(`${picture} is not a picture this shows (${Object.keys(MEDIA).join(', ')}).`);
  try {
    return `data:${media};base64,${readFileSync(path.resolve(beside, picture)).toString('base64')}`;
  } catch {
    throw new WrongView(`The picture ${picture} cannot be read; paths are relative to the input file.`);
  }
}
