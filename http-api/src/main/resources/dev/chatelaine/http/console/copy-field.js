/** Something that is shown once, to be copied. */
import { button, h } from './dom.js';

/** A field with its button: `{element, select, clear}`. Once it is cleared, the page has it no more. */
export function copyField(id, label, value) {
  const field = h('input', { type: 'text', id, class: 'code', readonly: true, autocomplete: 'off', spellcheck: 'false' });
  field.value = value;
  const news = h('p', { class: 'help', role: 'status' });
  return {
    element: h('div', { class: 'field' }, h('label', { for: id }, label),
      h('div', { class: 'copying' }, field, button('Copy', () => copy(field, news), { kind: 'plain' })), news),
    select() {
      field.focus();
      field.select();
      field.scrollLeft = 0;
    },
    clear() {
      field.value = '';
    },
  };
}

async function copy(field, news) {
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    news.textContent = 'Copied.';
  } catch {
    news.textContent = 'This browser does not let the page copy. It is selected: copy it with the keyboard.';
  }
}
