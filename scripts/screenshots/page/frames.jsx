// What Slack puts around blocks: a message's head, a modal's bars, the tabs of an app.
import { Blocks } from './blocks.jsx';
import { Eye } from './icons.jsx';
import { withPictures } from './pictures.jsx';

const NAME = 'Recording Desk';

// Always the same, so that a picture taken again differs only where the view does.
const TIME = '09:41';

const KINDS = { message: Conversation, modal: Modal, home: Home };

export function Frame({ view }) {
  const Kind = KINDS[view.kind];
  const blocks = (some) => <Blocks blocks={withPictures(some, view.images)} people={view.people} />;
  return <Kind view={view} blocks={blocks} desk={view.name ?? NAME} />;
}

function Conversation({ view, blocks, desk }) {
  return (
    <main className="surface conversation">
      {view.title && <header className="bar"><h1>{view.title}</h1></header>}
      {(view.thread ?? [view]).map((message, place) => (
        <Message key={place} message={message} blocks={blocks} desk={desk} time={message.time ?? view.time ?? TIME} />
      ))}
    </main>
  );
}

/** A message is the desk's unless it names somebody else. */
function Message({ message, blocks, desk, time }) {
  const name = message.name ?? desk;
  const app = name === desk;
  return (
    <article className="message">
      {message.ephemeral && <p className="private"><Eye /> Only visible to you</p>}
      <Icon name={name} app={app} />
      <div className="said">
        <header>
          <b>{name}</b>
          {app && <span className="badge">APP</span>}
          <time>{time}</time>
        </header>
        {blocks(message.blocks ?? [{ type: 'section', text: { type: 'mrkdwn', text: message.text } }])}
      </div>
    </article>
  );
}

function Icon({ name, app }) {
  const initials = name.split(/\s+/).map((word) => word[0]).slice(0, 2).join('');
  return <span className={app ? 'icon app' : 'icon'}>{initials.toUpperCase()}</span>;
}

/** On a phone the buttons stand in the title bar; on a wide screen at the foot (slack.css chooses). */
function Modal({ view, blocks, desk }) {
  const close = view.close ?? 'Close';
  return (
    <main className="surface modal">
      <header className="bar">
        <span className="close">{close}</span>
        <h1>{view.title ?? desk}</h1>
        <span className="submit">{view.submit}</span>
      </header>
      <div className="body">{blocks(view.blocks)}</div>
      <footer>
        <span className="button">{close}</span>
        {view.submit && <span className="button primary">{view.submit}</span>}
      </footer>
    </main>
  );
}

function Home({ view, blocks, desk }) {
  return (
    <main className="surface home">
      <header className="app-bar">
        <Icon name={desk} app />
        <b>{desk}</b>
        <span className="badge">APP</span>
      </header>
      <nav>
        <b>Home</b>
        <span>Messages</span>
        <span>About</span>
      </nav>
      <div className="body">{blocks(view.blocks)}</div>
    </main>
  );
}
