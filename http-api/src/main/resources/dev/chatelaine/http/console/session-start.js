/** Starting a session: for what agent, with which values. Answers it when it was started, with its runtime's token. */
import { bundles } from './bundles-api.js';
import { Choices } from './choices.js';
import { bdi, h } from './dom.js';
import { choice, formDialog, text } from './forms.js';
import { call } from './http.js';
import { Rows } from './rows.js';
import { secrets } from './secrets-api.js';
import { sessions } from './sessions-api.js';

const MOST_REFS = 50;

export async function startSession() {
  const [{ bundles: all }, { secrets: single }, { providers }] = await Promise.all([
    bundles.list(), secrets.list({ limit: 200 }), call('GET', '/console/data/providers')]);
  return formDialog({
    title: 'Start a session',
    intro: [
      h('p', {}, 'A session gives an agent the values below until it is stopped, and the new ones whenever they are replaced.'),
      h('datalist', { id: 'secret-names' }, single.map((one) => h('option', { value: one.name }))),
    ],
    fields: [
      text('agent.kind', 'Agent', { maxlength: 128, help: 'What kind of agent runs in it, such as claude-code.' }),
      bundleChoice(all),
      references(),
      ...model(providers),
      text('user_id', 'For whom', { optional: true, maxlength: 255, help: 'The person or system that the agent works for, in your own words.' }),
    ],
    submit: 'Start session',
    wide: true,
    send: (given) => started(body(given)),
  });
}

function bundleChoice(all) {
  return new Choices('secrets', 'Bundles', all.map((one) => ({
    value: one.name,
    said: [h('span', { class: 'code' }, bdi(one.name)), h('span', { class: 'under' }, bdi(one.key_names.join(', ')))],
  })), { nothing: 'There are no bundles yet.' });
}

function references() {
  return new Rows('secret_refs', {
    label: 'Single secrets',
    help: 'Secrets of the vault, each under a name of your choosing.',
    one: 'secret',
    most: MOST_REFS,
    tooMany: `A session has at most ${MOST_REFS} single secrets. Put some into a bundle.`,
    content: () => text('', 'Secret', { list: 'secret-names', class: 'code' }),
    optional: true,
  });
}

/** Provider, model and address; the last two only where there is a provider. */
function model(providers) {
  const vendor = choice('llm.vendor', 'LLM provider', {
    '': 'None, or from a bundle',
    ...Object.fromEntries(providers.map((one) => [one.provider, one.display_name])),
    custom: 'Another endpoint (OpenAI-compatible)',
  }, { help: 'The session gets LLM_MODEL, LLM_BASE_URL and your key for the provider as LLM_API_KEY.' });
  const rest = [
    text('llm.model', 'Model', { maxlength: 200, help: 'As the provider calls it.' }),
    text('llm.base_url', 'Base URL', { optional: true, inputmode: 'url', help: 'Needed for another endpoint; else the provider’s own is used.' }),
  ];
  const look = () => rest.forEach((field) => {
    field.element.hidden = vendor.read() === '';
  });
  vendor.problem = () => null;
  rest[0].problem = () => (vendor.read() !== '' && rest[0].read().trim() === '' ? 'Fill this in.' : null);
  vendor.control.addEventListener('change', look);
  look();
  return [vendor, ...rest];
}

function body({ 'agent.kind': kind, secrets: names, secret_refs: refs, 'llm.vendor': vendor, 'llm.model': name, 'llm.base_url': url, user_id: user }) {
  return {
    agent: { kind: kind.trim() },
    secrets: names,
    ...(Object.keys(refs).length > 0 && { secret_refs: refs }),
    ...(vendor && { llm: { vendor, model: name.trim(), ...(url.trim() && { base_url: url.trim() }) } }),
    ...(user.trim() && { user_id: user.trim() }),
  };
}

/** What is wrong with the model as a whole is said at its provider. */
async function started(given) {
  try {
    return { ...given, ...await sessions.start(given) };
  } catch (problem) {
    problem.errors = problem.errors?.map((error) => (error.field === 'llm' ? { ...error, field: 'llm.vendor' } : error));
    throw problem;
  }
}
