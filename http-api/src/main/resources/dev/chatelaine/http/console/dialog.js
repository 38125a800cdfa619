/** Dialogs: the browser's own, which keep focus inside and give it back. */
import { button, h } from './dom.js';

let dialogs = 0;

/** Opens a dialog; it is gone from the page once it is closed. `onClose` is told what it was closed with. */
export function openDialog(title, content, { onClose, wide = false } = {}) {
  const id = `dialog-${++dialogs}`;
  const element = h(
    'dialog',
    { 'aria-labelledby': id, class: wide ? 'wide' : undefined },
    h('div', { class: 'dialog-head' }, h('h2', { id, tabindex: '-1' }, title),
      button('Close', () => element.close(), { kind: 'quiet close' })),
    content,
  );
  element.addEventListener('close', () => {
    element.remove();
    onClose?.(element.returnValue);
  });
  document.body.append(element);
  element.showModal();
  return element;
}

/** Asks before something that cannot simply be undone. Answers whether to go on. */
export function confirmed(title, words, yes, { danger = true } = {}) {
  return new Promise((resolve) => {
    const dialog = openDialog(
      title,
      h('div', { class: 'dialog-body' }, words, h('p', { class: 'actions' },
        button('Cancel', () => dialog.close(), { kind: 'plain' }),
        button(yes, () => dialog.close('yes'), { kind: danger ? 'danger' : 'primary' }))),
      { onClose: (answer) => resolve(answer === 'yes') },
    );
    dialog.querySelector('.actions button').focus();
  });
}
