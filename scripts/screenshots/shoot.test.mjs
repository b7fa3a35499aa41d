// `npm test`: run it after a new version of a package, before trusting its pictures.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const SHOOT = fileURLToPath(new URL('shoot.mjs', import.meta.url));
const SAID = [{ type: 'rich_text', elements: [{ type: 'rich_text_quote', elements: [{ type: 'text', text: 'Record it.' }] }] }];

test('a message becomes a picture twice as wide in dots as it was asked to be', async () => {
  const { code, picture, errors } = await shot({ kind: 'message', blocks: SAID }, '--width', '390');

  assert.deepEqual({ code: 0, errors: '' }, { code, errors });
  assert.equal(780, picture.readUInt32BE(16));
});

test('modals and Home tabs are drawn', async () => {
  for (const kind of ['modal', 'home']) {
    const { code, errors } = await shot({ kind, title: 'Passage 1 of 2', blocks: SAID, submit: 'Send' });

    assert.deepEqual({ code: 0, errors: '' }, { code, errors });
  }
});

test('what cannot be drawn is named, and the rest is drawn', async () => {
  const actions = { type: 'actions', elements: [{ type: 'lava_lamp' }] };
  const { code, errors } = await shot({ kind: 'message', blocks: [{ type: 'hologram' }, actions, { type: 'context' }, ...SAID] });

  assert.equal(0, code);
  for (const type of ['hologram', 'lava_lamp', 'context']) assert.match(errors, new RegExp(`\\[${type}\\] cannot be drawn`));
});

test('a picture that was not given is said to be missing', async () => {
  const { errors } = await shot({ kind: 'modal', blocks: [{ type: 'image', slack_file: { id: 'F1' }, alt_text: 'Page 9' }] });

  assert.match(errors, /no picture was given for F1/);
});

test('a view that is none is wrong use, in one sentence', async () => {
  const { code, errors } = await shot({ kind: 'postcard', blocks: [] });

  assert.equal(2, code);
  assert.match(errors, /^shoot: .*"kind" must be one of message, modal, home\.\n$/);
});

async function shot(view, ...options) {
  const folder = await mkdtemp(path.join(tmpdir(), 'shoot-'));
  const [input, output] = [path.join(folder, 'in.json'), path.join(folder, 'out.png')];
  await writeFile(input, JSON.stringify(view));
  const { code, errors } = await new Promise((done) => {
    execFile(process.execPath, [SHOOT, input, output, ...options], (fault, _, stderr) => {
      done({ code: fault?.code ?? 0, errors: stderr });
    });
  });
  return { code, errors, picture: code === 0 ? await readFile(output) : null };
}
