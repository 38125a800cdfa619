/** A gateway key, which is shown once. */
import { copyField } from './copy-field.js';
import { openDialog } from './dialog.js';
import { bdi, button, h } from './dom.js';
import { baseUrl } from './gateway-keys-api.js';

/** Shows it until the dialog is closed; it is nowhere in the page afterwards. `former` says what became of the one before. */
export function showKey({ name, key, former }) {
  return new Promise((resolve) => {
    const shown = copyField('gateway-key', 'Gateway key', key);
    const dialog = openDialog(former ? 'The new key' : 'The key is made', h('div', { class: 'dialog-body' },
      h('p', { class: 'note warn' }, h('strong', {}, 'The key is shown this once. '),
        'Copy it now and put it where ', bdi(name), ' finds it, as you would a password. Who lost it rotates the key.'),
      shown.element,
      former && h('p', {}, former),
      h('p', {}, 'Programs with an OpenAI client need these two changed, and nothing else. In place of ',
        h('span', { class: 'code' }, 'ck_…'), ' goes the key:'),
      h('pre', { class: 'code sunk' }, h('code', {}, example())),
      h('p', { class: 'actions' }, button('Done', () => dialog.close(), { kind: 'primary' }))),
    { wide: true, onClose: () => {
      shown.clear();
      resolve();
    } });
    shown.select();
  });
}

function example() {
  return `from openai import OpenAI

client = OpenAI(
    base_url="${baseUrl()}",
    api_key="ck_…",
)`;
}
