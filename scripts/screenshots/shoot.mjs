#!/usr/bin/env node
// A Slack message, modal or Home tab as a picture. README.md says what IN.json holds.
import { parseArgs } from 'node:util';

import { chromium } from './chromium.mjs';
import { readView, WrongView } from './read_view.mjs';

const USAGE = 'Usage: node scripts/screenshots/shoot.mjs IN.json OUT.png [--width 390]';
const [NARROWEST, WIDEST] = [200, 2000];

async function main(argv) {
  const { input, output, width } = read(argv);
  const view = readView(input);
  const browser = chromium();
  const { bundle, photograph } = await tools();
  const notes = await photograph(await bundle(), view, { browser, width, output });
  for (const note of notes) console.error(`shoot: ${note}`);
  console.log(output);
}

function read(argv) {
  const options = { width: { type: 'string', default: '390' } };
  const { values, positionals } = parseArgs({ args: argv, allowPositionals: true, options });
  const [input, output] = positionals;
  const width = Number(values.width);
  if (positionals.length !== 2 || !output.endsWith('.png')) throw new WrongView(USAGE);
  if (!Number.isInteger(width) || width < NARROWEST || width > WIDEST) {
    throw new WrongView(`--width is a whole number from ${NARROWEST} to ${WIDEST}.`);
  }
  return { input, output, width };
}

/** What needs the packages, asked for late so that a plain sentence can say that they are not there. */
async function tools() {
  try {
    return { ...(await import('./bundle.mjs')), ...(await import('./photograph.mjs')) };
  } catch (fault) {
    if (fault.code !== 'ERR_MODULE_NOT_FOUND') throw fault;
    throw new Error('The packages are not installed; run npm ci in scripts/screenshots.');
  }
}

main(process.argv.slice(2)).catch((fault) => {
  const wrong = fault instanceof WrongView || String(fault.code).startsWith('ERR_PARSE_ARGS');
  console.error(`shoot: ${fault.message}`);
  process.exitCode = wrong ? 2 : 1;
});
