/** How a session is shown in the list. */
import { bdi, h } from './dom.js';
import { NOTHING } from './table.js';
import { badge, keys, when } from './words.js';

const NEW_FOR = 10_000;

export const columns = ['Session', 'Status', 'Given', 'Model', 'Revision', 'Started', '-Actions'];

/** The cells of a session; `raised` is when its revision last went up, and from what. */
export function row(one, raised, action) {
  return [
    [h('span', { class: 'name' }, bdi(one.agent.kind)), h('span', { class: 'under code id' }, bdi(one.id)),
      one.user_id && h('span', { class: 'under' }, 'for ', bdi(one.user_id))],
    status(one),
    given(one),
    one.llm ? [h('span', { class: 'code' }, bdi(one.llm.model)), h('span', { class: 'under' }, bdi(one.llm.vendor))] : NOTHING,
    revision(one, raised),
    when(one.created_at),
    h('div', { class: 'buttons' }, action),
  ];
}

/** Its bundles, and the names of all values that it has. */
function given(one) {
  const bundles = one.secrets.length > 0 && h('ul', { class: 'keys code' }, one.secrets.map((name) => h('li', {}, bdi(name))));
  const values = one.key_names.length > 0 && keys(one.key_names, `values ${one.id}`, 0);
  return bundles || values ? [bundles, values].filter(Boolean) : NOTHING;
}

function status(one) {
  return one.status === 'running' ? badge('Running', 'good')
    : [badge('Stopped'), one.stopped_at && h('span', { class: 'under' }, when(one.stopped_at))];
}

/** A revision that has just gone up says so in words. */
function revision(one, raised) {
  const isNew = raised && Date.now() - raised.at < NEW_FOR;
  return [String(one.revision), isNew && [' ', badge('New values', 'accent'), h('span', { class: 'under' }, `was ${raised.from}`)]].flat();
}
