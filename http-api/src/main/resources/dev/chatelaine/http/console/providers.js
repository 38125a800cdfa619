/** LLM provider keys: a row for each provider, with what is known of its key. */
import { confirmed } from './dialog.js';
import { bdi, button, fill, h } from './dom.js';
import { guarded } from './conflict.js';
import { formDialog, SecretField } from './forms.js';
import { call } from './http.js';
import { secrets } from './secrets-api.js';
import { loading, problemNote, reason } from './states.js';
import { NOTHING, table } from './table.js';
import { toast } from './toast.js';
import { badge, hint, keyStatus, verdict, when } from './words.js';

export const providers = {
  id: 'providers',
  title: 'LLM provider keys',
  lead: 'Your own keys for providers of language models. A key is used for this tenant’s requests, and nobody sees it again.',
  show: (place, context) => new ProviderKeys(place, context).load(),
};

class ProviderKeys {
  constructor(place, { rights, signal }) {
    this.news = h('div', {});
    this.list = h('div', {});
    this.rights = rights;
    this.signal = signal;
    place.append(this.news, this.list);
  }

  load() {
    return loading(this.list, () => call('GET', '/console/data/providers', { signal: this.signal }), (answer) => this.draw(answer));
  }

  draw({ plan, byok_available: byok, providers: all }) {
    const why = this.rights.why('keys:manage');
    return [
      !byok && h('p', { class: 'note' }, h('strong', {}, `The plan ${plan} does not take keys of your own. `),
        'Requests use the platform’s keys. With the plan core or a higher one you can bring yours.'),
      why && reason(why),
      table('LLM provider keys', ['Provider', 'Key', 'Status', 'Last verified', '-Actions'],
        all.map((one) => this.row(one, byok, !why))),
    ];
  }

  row(one, byok, may) {
    return [
      h('span', { class: 'name' }, bdi(one.display_name)),
      one.configured ? [hint(one.hint), one.source === 'configuration' && h('span', { class: 'under' }, 'in an LLM configuration')] : NOTHING,
      one.configured ? keyStatus(one.status) : badge('Not configured', 'faint'),
      one.configured ? when(one.last_verified_at) : NOTHING,
      may ? h('div', { class: 'buttons' }, this.actions(one, byok)) : '',
    ];
  }

  actions(one, byok) {
    const named = (label, what, kind) =>
      button(label, () => what.call(this, one), { kind: `${kind} small`, about: one.display_name, key: `${label} ${one.provider}` });
    if (one.source !== 'secret') {
      return byok ? [named('Configure', this.configure, 'plain')] : [];
    }
    return [
      byok && named('Replace', this.replace, 'plain'),
      named('Verify', this.verify, 'plain'),
      named('Remove', this.remove, 'quiet'),
    ];
  }

  async configure(one) {
    const done = await formDialog({
      title: `Configure ${one.display_name}`,
      intro: source(one),
      fields: [keyField(one)],
      submit: 'Save key',
      send: ({ value }) => secrets.create({ name: one.secret_name, category: 'llm_provider', value }),
    });
    await this.finish(done, one, 'The key for ', ' is stored.');
  }

  async replace(one) {
    const seen = await this.seen(one);
    const done = seen && await formDialog({
      title: `Replace the key for ${one.display_name}`,
      intro: [h('p', {}, 'The key in use ', hint(one.hint), ' is replaced for the next request. The former one stays in the history.'), source(one)],
      fields: [keyField(one)],
      submit: 'Replace key',
      send: ({ value }, { seen: told = seen }) => guarded(told, {
        what: `The key for ${one.display_name}`,
        change: (revision) => secrets.update(one.secret_name, { value }, revision),
        look: () => look(one.secret_name),
      }),
    });
    await this.finish(done, one, 'The key for ', ' was replaced.');
  }

  async verify(one) {
    fill(this.news, h('p', { class: 'note', role: 'status' }, `Asking ${one.display_name}…`));
    try {
      const { status } = await secrets.verify(one.secret_name);
      fill(this.news, h('p', { class: `note ${status === 'valid' ? 'good' : 'warn'}`, role: 'status' },
        verdict(status, one.display_name)));
    } catch (problem) {
      fill(this.news, problemNote(problem));
    }
    await this.load();
  }

  async remove(one) {
    const go = await confirmed(`Remove the key for ${one.display_name}?`,
      h('p', {}, 'Requests to this provider can no longer use it. For seven days it can be restored under Secrets.'), 'Remove key');
    if (go) {
      try {
        await secrets.remove(one.secret_name);
        await this.finish(true, one, 'The key for ', ' was removed.');
      } catch (problem) {
        fill(this.news, problemNote(problem));
      }
    }
  }

  /** The secret as it is before it is changed. */
  async seen(one) {
    try {
      return await look(one.secret_name);
    } catch (problem) {
      fill(this.news, problemNote(problem));
      return undefined;
    }
  }

  async finish(done, one, before, after) {
    if (done) {
      fill(this.news);
      await this.load();
      toast(before, bdi(one.display_name), after);
    }
  }
}

async function look(name) {
  return secrets.get(name);
}

function keyField(one) {
  return new SecretField('value', 'API key', { trims: true, help: format(one.key_format) });
}

function format(shown) {
  return shown === 'opaque' || shown === 'any or none' ? 'Keys have no fixed form' : `Keys look like ${shown}`;
}

function source(one) {
  return one.keys_url && h('p', {}, 'You get a key from ',
    h('a', { href: one.keys_url, target: '_blank', rel: 'noopener noreferrer' }, new URL(one.keys_url).host), ' (opens a new tab).');
}
