/** A runtime's token, which is shown once. */
import { copyField } from './copy-field.js';
import { openDialog } from './dialog.js';
import { bdi, button, h } from './dom.js';
import { minute } from './words.js';

/** Shows it until the dialog is closed; it is nowhere in the page afterwards. */
export function showToken({ agent, secrets: bundles, runtime }) {
  return new Promise((resolve) => {
    const token = copyField('runtime-token', 'Runtime token', runtime.token);
    const dialog = openDialog('The session runs', h('div', { class: 'dialog-body' },
      h('p', { class: 'note warn' }, h('strong', {}, 'The runtime token is shown this once. '),
        'Copy it now and hand it to ', bdi(agent.kind), ' as you would a password. Who lost it stops the session and resumes it.'),
      token.element,
      h('dl', { class: 'long' },
        term('Good until', minute(runtime.expires_at)),
        term('Values', h('span', { class: 'code' }, bdi(runtime.env_url))),
        term('Changes', h('span', { class: 'code' }, bdi(runtime.events_url)))),
      h('p', {}, 'The runtime reads its values from the first address, with the token as ', h('code', { class: 'code' }, 'Authorization: Bearer'),
        ', and is told on the second, a WebSocket, when to read them again.'),
      h('p', {}, 'A command needs no code for that, and no token to copy, with a session of its own:'),
      h('pre', { class: 'code sunk' }, h('code', {}, command(bundles))),
      h('p', { class: 'actions' }, button('Done', () => dialog.close(), { kind: 'primary' }))),
    { wide: true, onClose: () => {
      token.clear();
      resolve();
    } });
    token.select();
  });
}

function command(bundles) {
  return ['chatelaine session run', ...bundles.map((name) => `--bundle ${name}`), '-- ./agent'].join(' ');
}

function term(name, content) {
  return h('div', {}, h('dt', {}, name), h('dd', {}, content));
}
