/** What is done with one LLM configuration. Each answers something when it was done, and nothing when it was not. */
import { guarded } from './conflict.js';
import { configs } from './configurations-api.js';
import { confirmed } from './dialog.js';
import { bdi, h } from './dom.js';
import { area, choice, formDialog, SecretField, text } from './forms.js';
import { hint } from './words.js';

/** Makes a configuration, or changes the one that is given. */
export async function editConfiguration(known, one) {
  const seen = one && await look(one.id);
  const fields = fieldsOf(known, seen);
  const notice = seen?.has_key ? detachment(fields, seen) : null;
  return formDialog({
    title: one ? 'Edit configuration' : 'New configuration',
    intro: notice ?? (one ? null : h('p', {}, 'Its key is set afterwards, apart from the record.')),
    fields,
    submit: one ? 'Save' : 'Create',
    send: (given, { seen: told = seen }) => {
      const body = bodyOf(given);
      return one
        ? guarded(told, { what: 'The configuration', change: (revision) => configs.update(one.id, body, revision), look: () => look(one.id) })
        : configs.create(body);
    },
  });
}

function fieldsOf(known, seen) {
  const options = Object.fromEntries(known.map((provider) => [provider.provider, provider.display_name]));
  options.custom = 'Another endpoint (OpenAI-compatible)';
  if (seen && !options[seen.provider]) {
    options[seen.provider] = seen.provider;
  }
  return [
    text('name', 'Name', { value: seen?.name ?? '', maxlength: 128, help: 'Requests name the configuration by it. Letters, digits, _ . and -.' }),
    choice('provider', 'Provider', options, { value: seen?.provider }),
    text('model', 'Model', { value: seen?.model ?? '', maxlength: 200, help: 'As the provider calls it.' }),
    text('base_url', 'Base URL', { value: seen?.base_url ?? '', optional: true, inputmode: 'url', help: 'Needed for another endpoint; else the provider’s own is used.' }),
    area('fallbacks', 'Fallbacks', { value: seen?.fallbacks.join('\n') ?? '', optional: true,
      help: 'What to ask when the model cannot answer, one to a line, in order: provider/model, or the name of a configuration.' }),
  ];
}

/** Says it before a key is lost: it was entered for one provider and host, and goes to no other. */
function detachment(fields, seen) {
  const notice = h('p', { class: 'note warn', role: 'status', hidden: true },
    'The key of this configuration was entered for another provider or host. It is removed when you save; set it again afterwards.');
  const [provider, url] = ['provider', 'base_url'].map((name) => fields.find((field) => field.name === name).control);
  const look = () => {
    notice.hidden = provider.value === seen.provider && host(url.value) === host(seen.base_url ?? '');
  };
  provider.addEventListener('change', look);
  url.addEventListener('input', look);
  return notice;
}

function host(url) {
  return URL.canParse(url) ? new URL(url).host : url;
}

function bodyOf({ name, provider, model, base_url: baseUrl, fallbacks }) {
  const list = fallbacks.split('\n').map((line) => line.trim()).filter(Boolean);
  return { name: name.trim(), provider, model: model.trim(), ...(baseUrl.trim() && { base_url: baseUrl.trim() }), fallbacks: list };
}

export async function setKey(one) {
  const seen = await look(one.id);
  return formDialog({
    title: seen.has_key ? 'Replace the key' : 'Set the key',
    intro: h('p', {}, 'For ', h('strong', { class: 'code' }, bdi(one.name)), seen.has_key ? [', in place of ', hint(seen.key_hint)] : '',
      '. It is used for this configuration alone and never shown again.'),
    fields: [new SecretField('api_key', 'API key', { trims: true })],
    submit: seen.has_key ? 'Replace key' : 'Set key',
    send: ({ api_key: key }, { seen: told = seen }) => guarded(told, {
      what: 'The configuration',
      change: (revision) => configs.setKey(one.id, key, revision),
      look: () => look(one.id),
    }),
  });
}

export async function removeKey(one) {
  const go = await confirmed('Remove the key?', [
    h('p', {}, h('strong', { class: 'code' }, bdi(one.name)), ' stays, without a key of its own. The key cannot be brought back.'),
  ], 'Remove key');
  return go ? configs.removeKey(one.id) : undefined;
}

export async function deleteConfiguration(one) {
  const go = await confirmed('Delete this configuration?', [
    h('p', {}, h('strong', { class: 'code' }, bdi(one.name)), ' is gone at once', one.has_key ? ', with its key' : '', '. It cannot be brought back.'),
    h('p', {}, 'Requests that name it fail from then on.'),
  ], 'Delete configuration');
  return go ? configs.remove(one.id) : undefined;
}

/** The configuration as it is now. */
function look(name) {
  return configs.get(name);
}
