// What is pressed, chosen or filled in, drawn as it stands before anyone touches it.
import { Calendar, Caret, Clock, Dots, ThumbDown, ThumbUp } from './icons.jsx';

const SELECT = /^(multi_)?(static|external|users|conversations|channels)_select$/;
// "text may truncate with ~30 characters": slack_sdk's and Slack's own reference of the button.
const CUT = 30;
const TYPED = { plain_text_input: '', email_text_input: 'name@example.com', url_text_input: 'https://', number_input: '', rich_text_input: '' };

export function Element({ element }) {
  const type = element.type;
  if (SELECT.test(type)) return <Field icon={<Caret />} element={element} value={chosen(element)} otherwise="Select an option" />;
  if (type in TYPED) return <Typed element={element} otherwise={TYPED[type]} />;
  const Known = KNOWN[type];
  return Known ? <Known element={element} /> : <Unshown type={type} />;
}

export function Unshown({ type }) {
  return <span className="unshown" data-note={`[${type}] cannot be drawn and is shown as its name`}>[{type}]</span>;
}

/** The text of a text object, or a string, as it stands. */
export function Words({ text }) {
  return typeof text === 'string' ? text : (text?.text ?? '');
}

const KNOWN = {
  button: Button,
  workflow_button: Button,
  checkboxes: ({ element }) => <Choices element={element} kind="box" initial={element.initial_options ?? []} />,
  radio_buttons: ({ element }) => <Choices element={element} kind="round" initial={[element.initial_option].filter(Boolean)} />,
  datepicker: ({ element }) => <Field icon={<Calendar />} before element={element} value={day(element.initial_date)} otherwise="Select a date" />,
  timepicker: ({ element }) => <Field icon={<Clock />} before element={element} value={element.initial_time} otherwise="Select a time" />,
  datetimepicker: DateAndTime,
  overflow: () => <span className="button overflow"><Dots /></span>,
  image: ({ element }) => <img className="thumbnail" src={element.image_url} alt={element.alt_text} />,
  feedback_buttons: FeedbackButtons,
  icon_button: ({ element }) => <span className="button quiet"><Words text={element.text} /></span>,
  file_input: () => <span className="button">Upload files</span>,
};

/** One line, cut where it is too long for the screen, as Slack does. */
function Button({ element }) {
  const words = element.text?.text ?? '';
  const note = [...words].length > CUT ? `Slack may cut this button after about ${CUT} characters: ${words}` : undefined;
  return <span className={['button', element.style].filter(Boolean).join(' ')} data-note={note}><span>{words}</span></span>;
}

/** A thumb and its label, as Slack shows the pair under an answer. */
function FeedbackButtons({ element }) {
  return (
    <>
      <span className="button quiet"><ThumbUp /> <Words text={element.positive_button.text} /></span>
      <span className="button quiet"><ThumbDown /> <Words text={element.negative_button.text} /></span>
    </>
  );
}

function Field({ element, icon, before = false, value, otherwise }) {
  const words = value ? <span>{value}</span> : <span className="placeholder">{element.placeholder?.text ?? otherwise}</span>;
  return <span className="field">{before && icon}{words}{!before && icon}</span>;
}

function Typed({ element, otherwise }) {
  const many = element.multiline || element.type === 'rich_text_input';
  const value = typeof element.initial_value === 'string' ? element.initial_value : '';
  return (
    <span className={many ? 'field typed many' : 'field typed'}>
      {value || <span className="placeholder">{element.placeholder?.text ?? otherwise}</span>}
    </span>
  );
}

function DateAndTime({ element }) {
  const at = element.initial_date_time && new Date(element.initial_date_time * 1000).toISOString();
  return (
    <span className="pair">
      <Field icon={<Calendar />} before element={element} value={at && day(at.slice(0, 10))} otherwise="Select a date" />
      <Field icon={<Clock />} before element={{}} value={at?.slice(11, 16)} otherwise="Time" />
    </span>
  );
}

function Choices({ element, kind, initial }) {
  const on = new Set(initial.map((option) => option.value));
  return (
    <span className="choices">
      {element.options.map((option) => (
        <span className="choice" key={option.value}>
          <span className={`${kind} ${on.has(option.value) ? 'on' : ''}`} />
          <span>
            <Words text={option.text} />
            {option.description && <small><Words text={option.description} /></small>}
          </span>
        </span>
      ))}
    </span>
  );
}

function chosen(element) {
  const many = element.initial_options ?? [element.initial_option].filter(Boolean);
  return many.map((option) => option.text?.text).join(', ');
}

function day(iso) {
  return iso && new Date(`${iso}T12:00:00Z`).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
}
