/** How things are said. */
import { bdi, h } from './dom.js';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const exactly = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'long' });
const dayOf = new Intl.DateTimeFormat('en', { dateStyle: 'medium' });
const minuteOf = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });
const ago = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

export const CATEGORIES = {
  api_key: 'API key',
  api: 'API',
  llm_provider: 'LLM provider',
  database: 'Database',
  custom: 'Custom',
};

const ROLES = { viewer: 'viewer', member: 'member', key_manager: 'key manager', admin: 'admin', owner: 'owner' };

/** A moment as people say it; the whole of it is in the title. */
export function when(iso) {
  return iso ? h('time', { datetime: iso, title: exactly.format(new Date(iso)) }, spoken(new Date(iso))) : 'never';
}

/** A moment to the minute. */
export function minute(iso) {
  return h('time', { datetime: iso, title: exactly.format(new Date(iso)) }, minuteOf.format(new Date(iso)));
}

function spoken(moment) {
  const past = Date.now() - moment.getTime();
  if (past < -MINUTE || past >= DAY) {
    return dayOf.format(moment);
  }
  if (past < MINUTE) {
    return 'just now';
  }
  return past < 60 * MINUTE
    ? ago.format(-Math.floor(past / MINUTE), 'minute')
    : ago.format(-Math.floor(past / (60 * MINUTE)), 'hour');
}

/** The part of a value that is ever shown. */
export function hint(text) {
  return text
    ? h('span', { class: 'hint-of' }, h('span', { 'aria-hidden': 'true' }, '••••'),
        h('span', { class: 'unseen' }, 'ends in '), bdi(text))
    : h('span', { class: 'dim' }, 'no hint');
}

export function badge(text, kind = 'plain') {
  return h('span', { class: `badge ${kind}` }, text);
}

/** What is known of a key. */
export function keyStatus(status) {
  switch (status) {
    case 'valid': return badge('Valid', 'good');
    case 'invalid': return badge('Invalid', 'bad');
    case 'unverified': return badge('Not verified', 'plain');
    default: return badge('No key', 'faint');
  }
}

/** What a provider answered, as a sentence. */
export function verdict(status, who) {
  switch (status) {
    case 'valid': return `${who} accepts the key.`;
    case 'invalid': return `${who} refuses the key. Replace it with one that works.`;
    case 'unreachable': return `${who} could not be reached, so nothing is known about the key. Try again later.`;
    default: return `${who} has no way to ask about a key. It is used as it is.`;
  }
}

export function roles(list) {
  return list.map((role) => ROLES[role] ?? role).join(', ');
}

export function count(number, one, many) {
  return `${number.toLocaleString('en')} ${number === 1 ? one : many}`;
}

/** How long something took. */
export function took(milliseconds) {
  return milliseconds < 1_000 ? `${milliseconds} ms` : `${(milliseconds / 1_000).toFixed(1)} s`;
}

/** Names, of values if nothing else is said, folded away where there are more than a `few`; `key` tells them apart from those of other rows. */
export function keys(names, key, few = 3, [one, many] = ['value', 'values']) {
  const list = h('ul', { class: 'keys code' }, names.map((name) => h('li', {}, bdi(name))));
  return names.length <= few ? list
    : h('details', { 'data-key': key }, h('summary', { 'data-key': `${key} summary` }, count(names.length, one, many)), list);
}
