/** What is done with one secret. Each answers the secret when it was done, and nothing when it was not. */
import { guarded, unchanged } from './conflict.js';
import { confirmed } from './dialog.js';
import { bdi, h } from './dom.js';
import { area, choice, formDialog, SecretField, text } from './forms.js';
import { secrets } from './secrets-api.js';
import { CATEGORIES, hint } from './words.js';

const OWN = Object.fromEntries(Object.entries(CATEGORIES).filter(([key]) => key !== 'llm_provider'));
const DESCRIBED = { optional: true, maxlength: 500, help: 'What it is for, where it is used. Everyone in the tenant can read this, so no values here.' };

export function addSecret() {
  return formDialog({
    title: 'Add secret',
    fields: [
      choice('category', 'Category', OWN, { value: 'api_key' }),
      text('name', 'Name', { help: 'Programs ask for it by this name. Letters, digits, _ . and -, such as billing-db.', maxlength: 128 }),
      new SecretField('value', 'Value', { help: 'Stored as you type it, and never shown again. You can drop a file here.' }),
      area('description', 'Description', DESCRIBED),
    ],
    submit: 'Add secret',
    send: ({ category, name, value, description }) => secrets.create({ category, name, value, ...(description && { description }) }),
  });
}

export async function replaceValue(one) {
  const seen = await look(one.name);
  return formDialog({
    title: 'Replace the value',
    intro: h('p', {}, h('strong', { class: 'code' }, bdi(one.name)), ' now has version ', String(seen.version), ', ', hint(seen.hint),
      '. The former value stays in the history.'),
    fields: [new SecretField('value', 'New value', { trims: one.category === 'llm_provider', help: 'Never shown again. You can drop a file here.' })],
    submit: 'Replace value',
    send: ({ value }, { seen: told = seen }) => guarded(told, {
      what: 'The secret',
      change: (revision) => secrets.update(one.name, { value }, revision),
      look: () => look(one.name),
    }),
  });
}

export async function editSecret(one) {
  const seen = await look(one.name);
  const provider = seen.category === 'llm_provider';
  const fields = [area('description', 'Description', { ...DESCRIBED, value: seen.description })];
  if (!provider) {
    fields.unshift(choice('category', 'Category', OWN, { value: seen.category }));
  }
  return formDialog({
    title: 'Edit secret',
    intro: h('p', {}, h('strong', { class: 'code' }, bdi(one.name)), ' keeps its name and its value.'),
    fields,
    submit: 'Save',
    send: (changed, { seen: told = seen }) => unchanged(told, {
      what: 'The secret',
      change: (revision) => secrets.update(one.name, changed, revision),
      look: () => look(one.name),
    }),
  });
}

export async function deleteSecret(one) {
  const go = await confirmed('Delete this secret?', [
    h('p', {}, h('strong', { class: 'code' }, bdi(one.name)), ' is no longer given to anything that asks for it.'),
    h('p', {}, 'For seven days it can be restored; then it is removed for good, with its history.'),
  ], 'Delete secret');
  return go ? secrets.remove(one.name) : undefined;
}

export async function purgeSecret(one) {
  const go = await confirmed('Remove for good?', [
    h('p', {}, h('strong', { class: 'code' }, bdi(one.name)), ' and all its versions are removed now. Nothing brings them back.'),
  ], 'Remove for good');
  return go ? secrets.purge(one.id) : undefined;
}

/** The secret as it is now; a conflict tells of its version. */
async function look(name) {
  const now = await secrets.get(name);
  return { ...now, told: `It now has version ${now.version}${now.hint ? `, which ends in ${now.hint}` : ''}.` };
}
