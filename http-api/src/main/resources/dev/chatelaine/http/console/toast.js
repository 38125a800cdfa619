/** Short news, announced and shown for a while. What went wrong is not news: it stays where it happened. */
import { button, h } from './dom.js';

const SHOWN = 10_000;

/** Says it; what is under the pointer or has focus stays. */
export function toast(...words) {
  const note = h('div', { class: 'toast' }, h('p', {}, ...words));
  note.append(button('Close', () => note.remove(), { kind: 'quiet small' }));
  document.querySelector('#toasts').append(note);
  const leave = () => {
    if (note.matches(':hover, :focus-within')) {
      setTimeout(leave, SHOWN / 2);
    } else {
      note.remove();
    }
  };
  setTimeout(leave, SHOWN);
}
