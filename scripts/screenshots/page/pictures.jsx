// Pictures: those given with the view, and a grey place for those that are not, since nothing is fetched.
import { Words } from './elements.jsx';

const BLANK = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" width="32" height="32"><rect width="32" height="32" rx="4" fill="#ddd"/></svg>',
)}`;

/** The blocks with each picture's address replaced by the picture given for it, or by `missing` set. */
export function withPictures(value, images = {}) {
  if (Array.isArray(value)) return value.map((one) => withPictures(one, images));
  if (value === null || typeof value !== 'object') return value;
  const inner = Object.fromEntries(Object.entries(value).map(([name, one]) => [name, withPictures(one, images)]));
  const file = value.slack_file ?? {};
  const address = value.image_url ?? file.id ?? file.url;
  if (address === undefined) return inner;
  const { slack_file, ...rest } = inner;
  const given = images[address] ?? images[file.url] ?? (String(address).startsWith('data:') ? address : undefined);
  return given ? { ...rest, image_url: given } : { ...rest, image_url: BLANK, missing: address };
}

export function Image({ block }) {
  return (
    <figure className="block image">
      {block.title && <figcaption><Words text={block.title} /></figcaption>}
      {block.missing ? (
        <div className="missing" data-note={`no picture was given for ${block.missing}`}>{block.alt_text}</div>
      ) : (
        <img src={block.image_url} alt={block.alt_text} />
      )}
    </figure>
  );
}
