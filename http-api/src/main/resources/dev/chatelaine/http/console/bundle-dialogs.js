/** What is done with one bundle. Each answers something when it was done, and nothing when it was not. */
import { bundles } from './bundles-api.js';
import { confirmed } from './dialog.js';
import { bdi, h } from './dom.js';
import { formDialog, text } from './forms.js';
import { runningByBundle } from './sessions-api.js';
import { ValueRows } from './value-rows.js';
import { count } from './words.js';

export function addBundle() {
  return formDialog({
    title: 'Add bundle',
    fields: [
      text('name', 'Name', { maxlength: 63, help: 'Sessions ask for it by this name. Lower-case letters, digits and -, such as github-bot.' }),
      new ValueRows(),
    ],
    submit: 'Add bundle',
    wide: true,
    send: ({ name, values }) => bundles.create({ name: name.trim(), values }),
  });
}

/** Replaces all values, once the person has seen which names that adds, keeps and removes. */
export async function replaceValues(one, rights) {
  const seen = await bundles.get(one.name);
  return formDialog({
    title: 'Replace all values',
    intro: [
      h('p', {}, 'What is below becomes all that ', h('strong', { class: 'code' }, bdi(one.name)),
        ' has: each value is given again, and a name that is not below is removed.'),
    ],
    fields: [new ValueRows(seen.key_names)],
    submit: 'Replace all values',
    wide: true,
    send: ({ values }) => agreed(one.name, values, rights, false),
  });
}

/** Asks, and replaces what was shown; asks again where the bundle was changed while the question was open. */
async function agreed(name, values, rights, again) {
  const [shown, running] = await Promise.all([bundles.get(name), have(name, rights)]);
  const after = Object.keys(values);
  const go = await confirmed(`Replace all values of ${name}?`, [
    again && h('p', { class: 'note warn', role: 'alert' }, 'The bundle was changed by someone else meanwhile. This is what becomes of it now.'),
    comparison(shown.key_names, after),
    h('p', {}, told(running)),
  ], 'Replace all values', { danger: shown.key_names.some((key) => !after.includes(key)) });
  if (!go) {
    return undefined;
  }
  const now = await bundles.get(name);
  return same(shown, now) ? bundles.replace(name, values) : agreed(name, values, rights, true);
}

function same(shown, now) {
  return shown.created_at === now.created_at && shown.last_rotated_at === now.last_rotated_at;
}

function comparison(before, after) {
  const parts = [
    ['Added', after.filter((key) => !before.includes(key))],
    ['Replaced', after.filter((key) => before.includes(key))],
    ['Removed', before.filter((key) => !after.includes(key))],
  ];
  return h('dl', { class: 'long' }, parts.map(([said, keys]) => h('div', {},
    h('dt', {}, `${said} (${keys.length})`),
    h('dd', {}, keys.length > 0 ? list(keys) : h('span', { class: 'dim' }, 'none')))));
}

function list(keys) {
  return h('ul', { class: 'keys inline code' }, keys.sort().map((key) => h('li', {}, key)));
}

function told(running) {
  if (running === undefined) {
    return 'Running sessions that have the bundle get the new values at once, without a restart.';
  }
  return running.length === 0
    ? 'No running session has the bundle.'
    : `${count(running.length, 'running session has', 'running sessions have')} the bundle and ${running.length === 1 ? 'gets' : 'get'} the new values at once, without a restart.`;
}

export async function deleteBundle(one, rights) {
  const running = await have(one.name, rights);
  const go = await confirmed('Delete this bundle?', [
    h('p', {}, h('strong', { class: 'code' }, bdi(one.name)), ' and its ', count(one.key_names.length, 'value', 'values'),
      ' are removed now. Nothing brings them back.'),
    h('p', {}, kept(running)),
  ], 'Delete bundle');
  return go ? bundles.remove(one.name).then(() => one) : undefined;
}

function kept(running) {
  const rest = 'what they have until they stop. Once stopped, they cannot be resumed without a bundle of this name.';
  if (running === undefined || running.length === 0) {
    return `${running ? 'No running session has it. ' : ''}Sessions that were started with it keep ${rest}`;
  }
  return `${count(running.length, 'running session has', 'running sessions have')} it. Running sessions keep ${rest}`;
}

/** The running sessions that have it, for who may know. */
async function have(name, rights) {
  return rights.sees('sessions:run') ? (await runningByBundle()).get(name) ?? [] : undefined;
}
