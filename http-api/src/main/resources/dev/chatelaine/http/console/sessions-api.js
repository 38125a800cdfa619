/** The sessions' calls. */
import { call, path } from './http.js';

const MOST = 200;
const all = ['v1', 'sessions'];
const at = (id, ...more) => path([...all, id, ...more]);

export const sessions = {
  list: (query, signal) => call('GET', path(all, query), { signal }),
  start: (body) => call('POST', path(all), { body }),
  stop: (id) => call('POST', at(id, 'stop')),
  resume: (id) => call('POST', at(id, 'resume')),
};

/** The sessions that fit, the newest first, read on until there are so many or no more: `{found, more}`. */
export async function read(query, wanted, signal) {
  const found = [];
  let next;
  do {
    const limit = Math.min(wanted - found.length, MOST);
    const answer = await sessions.list({ ...query, limit, cursor: next }, signal);
    found.push(...answer.sessions);
    next = answer.next_cursor;
  } while (next && found.length < wanted);
  return { found, more: Boolean(next) };
}

/** All that run, by the names of their bundles. */
export async function runningByBundle(signal) {
  const { found } = await read({ status: 'running' }, Infinity, signal);
  const by = new Map();
  for (const one of found) {
    one.secrets.forEach((name) => by.set(name, [...(by.get(name) ?? []), one]));
  }
  return by;
}
