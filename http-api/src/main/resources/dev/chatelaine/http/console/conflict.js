/** Two people at one thing: nobody overwrites what the other did without having been told. */
import { button, h } from './dom.js';
import { Problem } from './http.js';
import { when } from './words.js';

/**
 * Changes a thing that was seen at a revision. Where it is another by now, throws a problem whose `conflict` makes the
 * question that the person is asked; going on means the revision they were told of.
 *
 * @param change makes the change, at the revision it is given
 * @param look reads the thing as it is now: `{revision, version, updated_at}`
 */
export async function guarded(seen, { change, look, what }) {
  try {
    return await change(seen.revision);
  } catch (problem) {
    if (problem.status !== 412) {
      throw problem;
    }
    throw await differing(look, what);
  }
}

/** The same for what a revision does not tell apart: refuses when it was touched since it was seen. */
export async function unchanged(seen, { change, look, what }) {
  const now = await look();
  if (now.revision !== seen.revision || now.updated_at !== seen.updated_at) {
    throw asked(now, what);
  }
  return guarded(now, { change, look, what });
}

async function differing(look, what) {
  return asked(await look(), what);
}

function asked(now, what) {
  const problem = new Problem({ status: 412, code: 'conflict', detail: `${what} has changed meanwhile.` });
  problem.conflict = (attempt) => h(
    'div',
    { class: 'note warn', role: 'alert' },
    h('p', {}, h('strong', {}, `${what} was changed by someone else `), when(now.updated_at),
      h('strong', {}, ' while this was open.')),
    now.told && h('p', {}, now.told),
    h('p', {}, 'Nothing was overwritten, and what you typed is still here. Save over their change, or cancel to keep it.'),
    h('p', { class: 'actions' }, button('Save over it', () => attempt({ seen: now }), { kind: 'danger' })),
  );
  return problem;
}
