/** What became of sessions between two looks, and how that is said. */
import { count } from './words.js';

const SAID_ONE_BY_ONE = 3;

/** The changes from one list to another: `{kind, one, before}`, of the kinds `started`, `stopped`, `resumed`, `revision`. */
export function changes(before, now) {
  const known = new Map(before.map((one) => [one.id, one]));
  return now.map((one) => ({ one, before: known.get(one.id), kind: kind(known.get(one.id), one) }))
    .filter(({ kind: what }) => what);
}

function kind(before, one) {
  if (!before) {
    return one.status === 'running' ? 'started' : undefined;
  }
  if (before.status !== one.status) {
    return one.status === 'running' ? 'resumed' : 'stopped';
  }
  return before.revision < one.revision ? 'revision' : undefined;
}

/** The changes in words, for who does not see them. */
export function said(changed) {
  if (changed.length <= SAID_ONE_BY_ONE) {
    return changed.map(({ kind: what, one }) =>
      `${one.agent.kind} ${what === 'revision' ? `has new values, revision ${one.revision}` : `was ${what}`}.`).join(' ');
  }
  return ['revision', 'started', 'resumed', 'stopped']
    .map((what) => [what, changed.filter((one) => one.kind === what).length])
    .filter(([, number]) => number > 0)
    .map(([what, number]) => (what === 'revision'
      ? `${count(number, 'session has', 'sessions have')} new values.`
      : `${count(number, 'session was', 'sessions were')} ${what}.`)).join(' ');
}
