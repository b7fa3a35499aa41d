// Blocks in order. The library draws text; what is pressed, filled in or looked at is drawn here, since the library's
// controls are live ones (a date field shows the browser's own mask) and do not know a picture by its Slack file.
import { Component } from 'react';
import { Message } from 'slack-blocks-to-jsx';

import { Element, Unshown, Words } from './elements.jsx';
import { Image } from './pictures.jsx';

const BY_LIBRARY = new Set([
  'alert', 'card', 'carousel', 'container', 'context', 'data_visualization', 'divider', 'header', 'markdown', 'plan',
  'rich_text', 'table', 'task_card', 'video',
]);

const BESIDE = new Set(['button', 'image', 'overflow']); // the other accessories go under the words on a phone

const HERE = { section: Section, actions: Actions, context_actions: ContextActions, input: Input, image: Image, file: File };

/** `people` names those whom the text mentions by id. */
export function Blocks({ blocks, people }) {
  return blocks.map((block, place) => (
    <div className="one" key={place}>
      <Guard type={block?.type}>
        <Block block={block} people={people} />
      </Guard>
    </div>
  ));
}

function Block({ block, people }) {
  const Here = HERE[block.type];
  if (Here) return <Here block={block} people={people} />;
  return BY_LIBRARY.has(block.type) ? <ByLibrary block={block} people={people} /> : <Unshown type={block.type} />;
}

/** A block that cannot be drawn is named; the others are drawn all the same. */
class Guard extends Component {
  state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  render() {
    return this.state.failed ? <Unshown type={this.props.type ?? 'block without a type'} /> : this.props.children;
  }
}

function ByLibrary({ block, people = {} }) {
  const named = Object.entries(people).map(([id, name]) => ({ id, name }));
  const data = { users: named, channels: named, user_groups: named };
  return <Message blocks={[block]} data={data} withoutWrapper theme="light" name="" logo="" />;
}

function Section({ block, people }) {
  const { accessory, ...words } = block;
  const wide = accessory && !BESIDE.has(accessory.type);
  return (
    <div className={wide ? 'block section wide' : 'block section'}>
      <div className="words">
        <ByLibrary block={words} people={people} />
      </div>
      {accessory && <Element element={accessory} />}
    </div>
  );
}

function Actions({ block }) {
  return <div className="block actions">{block.elements.map((one, place) => <Element key={place} element={one} />)}</div>;
}

function ContextActions({ block }) {
  return (
    <div className="block context-actions">
      {block.elements.map((one, place) => <Element key={place} element={one} />)}
    </div>
  );
}

function Input({ block }) {
  return (
    <div className="block input">
      <div className="label">
        <Words text={block.label} />
        {block.optional && <span className="optional"> (optional)</span>}
      </div>
      <Element element={block.element} />
      {block.hint && <div className="hint"><Words text={block.hint} /></div>}
    </div>
  );
}

/** Slack shows a remote file as a card; what it shows of it beyond the id is not in the block. */
function File({ block }) {
  return (
    <div className="block file">
      <span className="sheet" />
      <span><b>{block.external_id ?? 'File'}</b><br /><small>{block.source ?? 'remote'} file</small></span>
    </div>
  );
}
