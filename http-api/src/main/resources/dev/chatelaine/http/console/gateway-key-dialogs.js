/** What is done with one gateway key. Each answers something when it was done, and nothing when it was not. */
import { guarded } from './conflict.js';
import { confirmed } from './dialog.js';
import { bdi, h } from './dom.js';
import { area, choice, Field, formDialog, text } from './forms.js';
import { gatewayKeys } from './gateway-keys-api.js';
import { microUsd, typed } from './money.js';
import { hint, when } from './words.js';

const GRACES = { 0: 'Not at all: it leaked', 3600: 'For an hour', 86400: 'For a day', 604800: 'For seven days', 2592000: 'For thirty days' };
const MOST_DOLLARS = 1_000_000_000;

export function makeKey() {
  return formDialog({
    title: 'Make a gateway key',
    intro: h('p', {}, 'A program that shows it may ask models through the gateway, with your provider keys, which it never sees.'),
    fields: fieldsOf(),
    submit: 'Make key',
    send: (given) => gatewayKeys.create(bodyOf(given)),
  });
}

/** Changes what was given another content, and leaves what somebody else changed meanwhile. */
export async function changeKey(one) {
  const seen = await look(one.id);
  return formDialog({
    title: 'Change this key',
    intro: h('p', {}, 'What you change is in force for the next request. The key itself stays as it is.'),
    fields: fieldsOf(seen),
    submit: 'Save',
    send: (given, { seen: told = seen }) => {
      const change = differences(given, seen);
      return Object.keys(change).length === 0 ? { ...seen, same: true } : guarded(told, {
        what: 'The gateway key',
        change: (revision) => gatewayKeys.change(one.id, change, revision),
        look: () => look(one.id),
      });
    },
  });
}

function fieldsOf(seen = {}) {
  return [
    text('name', 'Name', { value: seen.name ?? '', maxlength: 128, help: 'What the key is for, such as nightly-report. Letters, digits, _ . and -.' }),
    area('allowed_models', 'Allowed models', { value: lines(seen.allowed_models), optional: true, class: 'code',
      help: 'One to a line: openai/gpt-4.1-mini, or anthropic/* for all of a provider’s. Every model if left empty.' }),
    new CapField(seen.spend_cap_micro_usd),
    text('fallback_model', 'Fallback model', { value: seen.fallback_model ?? '', optional: true,
      help: 'What is asked when nothing else answers: provider/model, or the name of an LLM configuration.' }),
    new Field('expires_at', 'Expires', h('input', { type: 'datetime-local', value: local(seen.expires_at) }),
      { optional: true, help: 'By your clock. Never if left empty.' }),
  ];
}

class CapField extends Field {
  constructor(micro) {
    super('spend_cap_micro_usd', 'Spend cap in US dollars', h('input', { type: 'text', inputmode: 'decimal', autocomplete: 'off',
      value: micro === undefined || micro === null ? '' : typed(micro) }),
    { optional: true, help: 'The most that it may spend in all, such as 25 or 0.50. No cap if left empty.' });
  }

  problem() {
    const given = this.read().trim();
    const micro = microUsd(given);
    return given === '' || (micro !== null && micro <= MOST_DOLLARS * 1_000_000) ? null
      : 'A number of dollars, such as 25 or 0.50.';
  }
}

/** What a form holds, with `null` for what was left empty. */
function contents({ name, allowed_models: models, spend_cap_micro_usd: cap, fallback_model: fallback, expires_at: end }) {
  const list = models.split('\n').map((line) => line.trim()).filter(Boolean);
  return {
    name: name.trim(),
    allowed_models: list.length > 0 ? list : null,
    spend_cap_micro_usd: cap.trim() === '' ? null : microUsd(cap),
    fallback_model: fallback.trim() || null,
    expires_at: end ? new Date(end).toISOString() : null,
  };
}

function bodyOf(given) {
  return Object.fromEntries(Object.entries(contents(given)).filter(([, value]) => value !== null));
}

/** An end that was not touched keeps the seconds that the form does not show. */
function differences(given, seen) {
  const now = contents(given);
  if (given.expires_at === local(seen.expires_at)) {
    now.expires_at = seen.expires_at;
  }
  return Object.fromEntries(Object.entries(now).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(seen[name])));
}

export async function rotateKey(one) {
  const seen = await look(one.id);
  const done = await formDialog({
    title: 'Rotate this key?',
    intro: [
      named(seen),
      h('p', {}, 'It gets a new key, which is shown once. Name, cap, models and what it has spent stay.'),
    ],
    fields: [choice('grace_seconds', 'How long the present key goes on working', GRACES, { value: '86400',
      help: 'Long enough to give the new one to every program that has it.' })],
    submit: 'Rotate key',
    send: ({ grace_seconds: seconds }, { seen: told = seen }) => guarded(told, {
      what: 'The gateway key',
      change: async (revision) => ({ ...await gatewayKeys.rotate(one.id, Number(seconds), revision), seconds }),
      look: () => look(one.id),
    }),
  });
  return done && { ...done, former: former(seen, done.seconds) };
}

function former(seen, seconds) {
  return seconds === '0' ? ['The former one, ', hint(seen.hint), ', works no longer.']
    : ['The former one, ', hint(seen.hint), `, goes on working ${GRACES[seconds].toLowerCase()}.`];
}

export async function deleteKey(one) {
  const go = await confirmed('Delete this gateway key?', [
    named(one),
    h('p', {}, 'It works no longer, at once: programs that show it are refused. It cannot be brought back.'),
    h('p', {}, one.last_used_at ? ['It was last used ', when(one.last_used_at), '. '] : 'It was never used. ',
      'What was used with it stays in the usage.'),
  ], 'Delete key');
  return go ? gatewayKeys.remove(one.id) : undefined;
}

function named(one) {
  return h('p', {}, h('strong', { class: 'code' }, bdi(one.name)), ' ', hint(one.hint));
}

function lines(models) {
  return (models ?? []).join('\n');
}

/** A moment as a field of this place's clock has it. */
function local(iso) {
  if (!iso) {
    return '';
  }
  const moment = new Date(iso);
  return new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** The key as it is now. */
function look(id) {
  return gatewayKeys.get(id);
}
