/** Stopping a session, and resuming one. Each answers the session when it was done, and nothing when it was not. */
import { confirmed } from './dialog.js';
import { bdi, h } from './dom.js';
import { formDialog } from './forms.js';
import { sessions } from './sessions-api.js';

export async function stopSession(one) {
  const go = await confirmed('Stop this session?', [
    named(one),
    h('p', {}, 'The values that it was given and its runtime token are destroyed, and its runtime is told at once. What the agent has read already, it has.'),
    h('p', {}, 'It can be resumed later, with the values as they are by then.'),
  ], 'Stop session');
  return go ? sessions.stop(one.id).then(() => ({ agent: one.agent })) : undefined;
}

export function resumeSession(one) {
  return formDialog({
    title: 'Resume this session?',
    intro: [
      named(one),
      h('p', {}, 'It is given its values anew, as they are now, and a new runtime token, which is shown once. The former token stays without effect.'),
    ],
    fields: [],
    submit: 'Resume session',
    send: async () => ({ ...one, ...await sessions.resume(one.id) }),
  });
}

function named(one) {
  return h('p', {}, h('strong', {}, bdi(one.agent.kind)), ' ', h('span', { class: 'code dim' }, bdi(one.id)));
}
