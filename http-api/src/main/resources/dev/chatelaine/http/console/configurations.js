/** LLM configurations: which there are, which is in effect and why, and what is done with one. */
import { bdi, button, fill, h } from './dom.js';
import { deleteConfiguration, editConfiguration, removeKey, setKey } from './configuration-dialogs.js';
import { configs } from './configurations-api.js';
import { call } from './http.js';
import { empty, loading, problemNote, reason } from './states.js';
import { toast } from './toast.js';
import { badge, hint, keyStatus, verdict, when } from './words.js';

export const configurations = {
  id: 'configurations',
  title: 'LLM configurations',
  lead: 'A provider and a model under one name, with what to fall back to. Requests name a configuration or get the one in effect.',
  show: (place, context) => new Configurations(place, context).load(),
};

class Configurations {
  known = [];

  constructor(place, { rights, signal }) {
    this.rights = rights;
    this.signal = signal;
    this.news = h('div', {});
    this.list = h('div', {});
    const why = ['integrations:write', 'keys:manage', 'integrations:delete'].map((right) => rights.why(right)).filter(Boolean);
    place.append(
      ...[...new Set(why)].slice(0, rights.readOnly ? 1 : 3).map(reason),
      ...(rights.has('integrations:write') ? [h('p', { class: 'actions lead-actions' },
        button('New configuration', () => this.act(() => editConfiguration(this.known), ' was created.'), { kind: 'primary', key: 'new' }))] : []),
      this.news, this.list);
  }

  load() {
    return loading(this.list, async () => {
      const [all, known] = await Promise.all([everything(this.signal), call('GET', '/console/data/providers', { signal: this.signal })]);
      this.known = known.providers;
      return all;
    }, (all) => this.draw(all));
  }

  draw({ configurations: all, in_effect: effect }) {
    if (all.length === 0) {
      return empty('No configurations yet', 'Create one to say which provider and model answer your requests.');
    }
    return [
      effect && h('p', { class: 'note good' }, 'Requests that name no configuration use ',
        h('strong', { class: 'code' }, bdi(effect.name)),
        effect.reason === 'explicit' ? ', which was made the default.' : ', the one created last, because none was made the default.'),
      h('ul', { class: 'cards' }, all.map((one) => this.card(one))),
    ];
  }

  card(one) {
    const provider = this.known.find((known) => known.provider === one.provider)?.display_name ?? one.provider;
    return h('li', { class: 'card' },
      h('div', { class: 'card-head' }, h('h2', { class: 'code' }, bdi(one.name)),
        one.is_default && badge('Default', 'accent'), one.in_effect && badge('In effect', 'good')),
      h('dl', {},
        term('Provider', bdi(provider)),
        term('Model', h('span', { class: 'code' }, bdi(one.model))),
        one.base_url && term('Base URL', h('span', { class: 'code' }, bdi(one.base_url))),
        one.fallbacks.length > 0 && term('Falls back to', h('ol', {}, one.fallbacks.map((next) => h('li', { class: 'code' }, bdi(next))))),
        term('Own key', one.has_key ? [hint(one.key_hint), ' ', keyStatus(one.key_status)] : keyStatus('none')),
        term('Changed', when(one.updated_at))),
      h('div', { class: 'buttons' }, this.actions(one)));
  }

  actions(one) {
    const keys = this.rights.has('keys:manage');
    const write = this.rights.has('integrations:write');
    return [
      keys && this.named(one, one.has_key ? 'Replace key' : 'Set key', () => setKey(one), ' has its key.'),
      keys && one.has_key && button('Verify key', () => this.verify(one), { kind: 'plain small', about: one.name, key: `verify ${one.id}` }),
      write && this.named(one, 'Edit', () => editConfiguration(this.known, one), ' was changed.'),
      write && !one.is_default && this.named(one, 'Make default', () => configs.makeDefault(one.id), ' is the default now.'),
      keys && one.has_key && this.named(one, 'Remove key', () => removeKey(one), ' has no key of its own any more.', 'quiet'),
      this.rights.has('integrations:delete') && this.named(one, 'Delete', () => deleteConfiguration(one), ' was deleted.', 'quiet'),
    ];
  }

  named(one, label, what, said, kind = 'plain') {
    return button(label, () => this.act(what, said, one), { kind: `${kind} small`, about: one.name, key: `${label} ${one.id}` });
  }

  async act(what, said, one) {
    try {
      const done = await what();
      if (done) {
        fill(this.news, (done.warnings ?? []).map((warning) => h('p', { class: 'note warn', role: 'status' }, warning.message)));
        await this.load();
        toast(bdi(done.name ?? one.name), said);
      }
    } catch (problem) {
      fill(this.news, problemNote(problem));
    }
  }

  async verify(one) {
    fill(this.news, h('p', { class: 'note', role: 'status' }, 'Asking the provider…'));
    try {
      const { status } = await configs.verify(one.id);
      fill(this.news, h('p', { class: `note ${status === 'valid' ? 'good' : 'warn'}`, role: 'status' },
        bdi(one.name), ': ', verdict(status, 'The provider')));
    } catch (problem) {
      fill(this.news, problemNote(problem));
    }
    await this.load();
  }
}

function term(name, content) {
  return h('div', {}, h('dt', {}, name), h('dd', {}, content));
}

/** All of them, page by page: they are few. */
async function everything(signal) {
  const all = [];
  let answer = {};
  do {
    answer = await configs.list({ limit: 200, cursor: answer.next_cursor }, signal);
    all.push(...answer.configurations);
  } while (answer.next_cursor);
  return { configurations: all, in_effect: answer.in_effect };
}
