/** Secrets: the list with its search, and the way to everything that is done with one. */
import { bdi, button, fill, h } from './dom.js';
import { addSecret, deleteSecret, editSecret, purgeSecret, replaceValue } from './secret-dialogs.js';
import { showHistory } from './secret-history.js';
import { secrets as api } from './secrets-api.js';
import { empty, loading, problemNote, reason } from './states.js';
import { table } from './table.js';
import { toast } from './toast.js';
import { badge, CATEGORIES, count, hint, when } from './words.js';

const PATIENCE = 250;

export const secrets = {
  id: 'secrets',
  title: 'Secrets',
  lead: 'Named values that programs are given, each with its history. A value goes in and is never shown again.',
  show: (place, context) => new SecretList(place, context).start(),
};

class SecretList {
  query = { query: '', category: '' };
  deleted = false;
  found = [];
  cursor = undefined;
  asked = new AbortController();

  constructor(place, { rights, signal }) {
    this.rights = rights;
    this.news = h('div', {});
    this.list = h('div', { class: 'listing' });
    this.told = h('p', { class: 'unseen', role: 'status' });
    signal.addEventListener('abort', () => this.asked.abort());
    const why = rights.why('secrets:write');
    place.append(...[why && reason(why), this.filters(!why), this.news, this.told, this.list].filter(Boolean));
  }

  start() {
    return this.load();
  }

  filters(mayAdd) {
    let later;
    const search = h('input', { type: 'search', id: 'secret-search', autocomplete: 'off', spellcheck: 'false', onInput: () => {
      clearTimeout(later);
      later = setTimeout(() => this.narrow({ query: search.value.trim() }), PATIENCE);
    } });
    const category = h('select', { id: 'secret-category', onChange: () => this.narrow({ category: category.value }) },
      h('option', { value: '' }, 'All'), Object.entries(CATEGORIES).map(([key, said]) => h('option', { value: key }, said)));
    const deleted = h('input', { type: 'checkbox', role: 'switch', id: 'secret-deleted', onChange: () => {
      this.deleted = deleted.checked;
      this.narrow({});
    } });
    return h('form', { class: 'filters', role: 'search', onSubmit: (event) => event.preventDefault() },
      h('div', { class: 'field grow' }, h('label', { for: search.id }, 'Search name or description'), search),
      h('div', { class: 'field' }, h('label', { for: category.id }, 'Category'), category),
      h('label', { class: 'switch', for: deleted.id }, deleted, h('span', {}, 'Deleted ones')),
      mayAdd && button('Add secret', () => this.act(() => addSecret(this.rights), ' is stored.'), { kind: 'primary', key: 'add' }));
  }

  narrow(change) {
    Object.assign(this.query, change);
    return this.load();
  }

  /** Reads the list from its beginning, as far as it was read before. */
  async load() {
    this.asked.abort();
    this.asked = new AbortController();
    const { signal } = this.asked;
    const wanted = Math.max(this.found.length, 1);
    await loading(this.list, async () => {
      const fresh = await this.read({ found: [], cursor: undefined }, wanted, signal);
      Object.assign(this, fresh);
      this.told.textContent = `${count(this.found.length, 'secret', 'secrets')} shown${this.cursor ? ', and there are more' : ''}.`;
    }, () => this.draw());
  }

  /** Reads on until there are so many, or no more. Of deleted secrets, only those that are wanted count. */
  async read({ found, cursor }, wanted, signal) {
    let next = cursor;
    const all = [...found];
    do {
      const answer = await api.list({ ...this.query, include_deleted: this.deleted || undefined, cursor: next }, signal);
      all.push(...answer.secrets.filter((one) => Boolean(one.deleted_at) === this.deleted));
      next = answer.next_cursor;
    } while (next && all.length < wanted);
    return { found: all, cursor: next };
  }

  async more() {
    try {
      Object.assign(this, await this.read(this, this.found.length + 1, this.asked.signal));
      fill(this.list, this.draw());
    } catch (problem) {
      fill(this.news, problemNote(problem));
    }
  }

  draw() {
    if (this.found.length === 0) {
      return this.nothing();
    }
    const columns = ['Name', 'Category', 'Value', 'Version', this.deleted ? 'Removed for good' : 'Changed', '-Actions'];
    const keys = this.found.some((one) => one.category === 'llm_provider') && this.rights.why('keys:manage');
    return [
      keys && reason(keys),
      table(this.deleted ? 'Deleted secrets' : 'Secrets', columns, this.found.map((one) => this.row(one))),
      this.cursor && h('p', { class: 'more' }, button('Show more', () => this.more(), { kind: 'plain', key: 'more' })),
    ];
  }

  nothing() {
    if (this.deleted) {
      return empty('Nothing was deleted', 'What is deleted stays here for seven days and can be restored.');
    }
    if (this.query.query || this.query.category) {
      return empty('Nothing fits', 'No secret has that in its name or description. Try other words, or all categories.');
    }
    return empty('No secrets yet', 'Put the first one in: a database password, an API key, a certificate. Programs get it by name; people and assistants never see it.');
  }

  row(one) {
    return [
      [h('span', { class: 'name code' }, bdi(one.name)), one.description && h('span', { class: 'under' }, bdi(one.description))],
      badge(CATEGORIES[one.category] ?? one.category),
      hint(one.hint),
      String(one.version),
      when(this.deleted ? one.purge_at : one.updated_at),
      h('div', { class: 'buttons' }, this.deleted ? this.deletedActions(one) : this.actions(one)),
    ];
  }

  actions(one) {
    const may = this.rights.has(one.category === 'llm_provider' ? 'keys:manage' : 'secrets:write');
    return [
      may && this.named(one, 'Replace', () => replaceValue(one), ' has a new value.'),
      may && this.named(one, 'Edit', () => editSecret(one), ' was changed.'),
      this.named(one, 'History', () => showHistory(one, may), ' has its former value again.'),
      may && this.named(one, 'Delete', () => deleteSecret(one), ' was deleted. It can be restored for seven days.', 'quiet'),
    ];
  }

  deletedActions(one) {
    const may = this.rights.has(one.category === 'llm_provider' ? 'keys:manage' : 'secrets:write');
    return [
      may && this.named(one, 'Restore', () => api.restore(one.id).then(() => one), ' is back.'),
      this.rights.has('tenant:admin') &&
        this.named(one, 'Remove for good', () => purgeSecret(one), ' is gone for good.', 'quiet'),
    ];
  }

  named(one, label, what, said, kind = 'plain') {
    return button(label, () => this.act(what, said), { kind: `${kind} small`, about: one.name, key: `${label} ${one.id}` });
  }

  /** Does something that answers the secret it was done to, or nothing; then says so and reads the list again. */
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
