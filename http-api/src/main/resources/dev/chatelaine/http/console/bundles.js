/** Bundles: values that sessions are given together. */
import { addBundle, deleteBundle, replaceValues } from './bundle-dialogs.js';
import { bundles as api } from './bundles-api.js';
import { bdi, button, fill, h } from './dom.js';
import { runningByBundle } from './sessions-api.js';
import { empty, loading, problemNote, reason } from './states.js';
import { NOTHING, table } from './table.js';
import { toast } from './toast.js';
import { count, keys, when } from './words.js';

const SHOWN = 10;

export const bundles = {
  id: 'bundles',
  title: 'Bundles',
  lead: 'Values that agents are given together, by name. Replace them here, and every running session that has the bundle has the new ones a moment later.',
  show: (place, context) => new BundleList(place, context).load(),
};

class BundleList {
  constructor(place, { rights, signal }) {
    this.rights = rights;
    this.signal = signal;
    this.news = h('div', {});
    this.list = h('div', { class: 'listing' });
    const why = rights.why('secrets:write', 'add, replace or delete bundles');
    place.append(why ? reason(why) : h('p', { class: 'actions lead-actions' }, this.adding()), this.news, this.list);
  }

  adding() {
    return button('Add bundle', () => this.act(addBundle, ' is stored.'), { kind: 'primary', key: 'add' });
  }

  load() {
    return loading(this.list, async () => {
      const [{ bundles: all }, running] = await Promise.all([
        api.list(this.signal),
        this.rights.sees('sessions:run') ? runningByBundle(this.signal) : undefined,
      ]);
      return { all, running };
    }, (found) => this.draw(found));
  }

  draw({ all, running }) {
    if (all.length === 0) {
      return empty('No bundles yet',
        'Put together what one kind of agent needs: its API keys, its database, its model’s key. Or take them from a file you have:',
        h('code', { class: 'code' }, 'chatelaine bundle import github-bot --from .env'));
    }
    const columns = ['Bundle', 'Values', ...(running ? ['Running sessions'] : []), 'Last replaced', 'Created', '-Actions'];
    return table('Bundles', columns, all.map((one) => this.row(one, running)));
  }

  row(one, running) {
    return [
      h('span', { class: 'name code' }, bdi(one.name)),
      keys(one.key_names, `values ${one.name}`),
      ...(running ? [having(running.get(one.name) ?? [])] : []),
      one.last_rotated_at ? when(one.last_rotated_at) : 'never',
      when(one.created_at),
      this.rights.has('secrets:write') ? h('div', { class: 'buttons' }, this.actions(one)) : '',
    ];
  }

  actions(one) {
    return [
      this.named(one, 'Replace', () => replaceValues(one, this.rights), ' has its new values.', 'plain'),
      this.named(one, 'Delete', () => deleteBundle(one, this.rights), ' was deleted.', 'quiet'),
    ];
  }

  named(one, label, what, said, kind) {
    return button(label, () => this.act(what, said), { kind: `${kind} small`, about: one.name, key: `${label} ${one.name}` });
  }

  async act(what, said) {
    try {
      const done = await what();
      if (done) {
        fill(this.news);
        await this.load();
        toast(bdi(done.name), said);
      }
    } catch (problem) {
      fill(this.news, problemNote(problem));
    }
  }
}

function having(sessions) {
  if (sessions.length === 0) {
    return NOTHING;
  }
  const more = sessions.length - SHOWN;
  return h('details', {}, h('summary', {}, count(sessions.length, 'session', 'sessions')),
    h('ul', { class: 'keys' }, sessions.slice(0, SHOWN).map((one) => h('li', {}, bdi(one.agent.kind), h('span', { class: 'under code' }, bdi(one.id)))),
      more > 0 && h('li', { class: 'dim' }, `and ${more.toLocaleString('en')} more`)),
    h('a', { href: '/console/sessions' }, 'All sessions'));
}
