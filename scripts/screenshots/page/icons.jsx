// Small line drawings for controls.
function Drawn({ children }) {
  return (
    <svg width="16" height="16" viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.4" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true">
      {children}
    </svg>
  );
}

const THUMB = 'M5 7v6.2H2.6V7zM5 7.2 8 2.6c1 0 1.6.7 1.4 1.7L9 6.6h3.3c.9 0 1.5.8 1.3 1.6l-1 4c-.2.7-.7 1-1.3 1H5';

export const Calendar = () => <Drawn><rect x="2" y="3" width="12" height="11" rx="1.5" /><path d="M2 6.5h12M5.2 1.5v3M10.8 1.5v3" /></Drawn>;
export const Clock = () => <Drawn><circle cx="8" cy="8" r="6" /><path d="M8 4.5V8l2.3 1.6" /></Drawn>;
export const Caret = () => <Drawn><path d="m4 6 4 4 4-4" /></Drawn>;
export const Dots = () => <Drawn><path d="M8 3v.01M8 8v.01M8 13v.01" strokeWidth="2.4" /></Drawn>;
export const Eye = () => <Drawn><path d="M1.5 8S4 3.8 8 3.8 14.5 8 14.5 8 12 12.2 8 12.2 1.5 8 1.5 8z" /><circle cx="8" cy="8" r="1.8" /></Drawn>;
export const ThumbUp = () => <Drawn><path d={THUMB} /></Drawn>;
export const ThumbDown = () => <Drawn><path d={THUMB} transform="rotate(180 8 8)" /></Drawn>;
