/** The audit: who did what, the newest first. */
import { bdi, button, fill, h } from './dom.js';
import { call, path } from './http.js';
import { empty, loading, problemNote, reason } from './states.js';
import { table } from './table.js';
import { badge, count, minute } from './words.js';

const KNOWN = [
  'secret.create', 'secret.update', 'secret.delete', 'secret.restore', 'secret.rollback', 'secret.purge', 'secret.verify',
  'secret.reveal', 'llm.create', 'llm.update', 'llm.delete', 'llm.set_default', 'llm.set_key', 'llm.remove_key', 'llm.verify',
  'llm.reveal', 'bundle.create', 'bundle.replace', 'bundle.delete', 'bundle.reveal', 'session.create', 'session.stop',
  'session.resume', 'session.expire', 'session.reveal', 'gateway_key.create', 'gateway_key.update', 'gateway_key.rotate', 'gateway_key.delete',
  'entry.open', 'entry.use', 'entry.decline', 'entry.expire', 'console.link', 'console.sign_in',
  'console.sign_out', 'token.issue', 'tenant.create', 'tenant.plan', 'tenant.rotate',
];

export const audit = {
  id: 'audit',
  title: 'Audit',
  lead: 'Everything that was changed or used, and what was refused, in an order that cannot be altered unseen.',
  show(place, context) {
    const why = context.rights.why('audit:read');
    if (why) {
      place.append(reason(why));
      return undefined;
    }
    return new AuditLog(place, context).load();
  },
};

class AuditLog {
  events = [];
  cursor = undefined;

  constructor(place, { signal }) {
    this.signal = signal;
    this.list = h('div', { class: 'listing' });
    this.news = h('div', {});
    this.told = h('p', { class: 'unseen', role: 'status' });
    this.form = this.filters();
    place.append(this.form, this.news, this.told, this.list);
  }

  filters() {
    return h('form', { class: 'filters', role: 'search', onSubmit: (event) => {
      event.preventDefault();
      this.load();
    } },
    filter('actor', 'Actor', { autocomplete: 'off' }),
    filter('action', 'Action', { list: 'audit-actions', autocomplete: 'off' }),
    h('datalist', { id: 'audit-actions' }, KNOWN.map((action) => h('option', { value: action }))),
    filter('target', 'Target', { autocomplete: 'off' }),
    filter('from', 'From', { type: 'datetime-local' }),
    filter('to', 'To', { type: 'datetime-local' }),
    h('div', { class: 'buttons' },
      h('button', { type: 'submit', class: 'primary' }, 'Filter'),
      button('Clear', () => {
        this.form.reset();
        this.load();
      }, { kind: 'plain' })));
  }

  query() {
    const { from, to, ...rest } = Object.fromEntries([...new FormData(this.form)].map(([name, value]) => [name, value.trim()]));
    return { ...rest, from: instant(from), to: instant(to) };
  }

  load() {
    return loading(this.list, async () => {
      this.asked = this.query();
      this.take(await this.page(undefined), []);
    }, () => this.draw());
  }

  page(cursor) {
    return call('GET', path(['api', 'v1', 'audit'], { ...this.asked, cursor }), { signal: this.signal });
  }

  take(answer, before) {
    this.events = [...before, ...answer.events];
    this.cursor = answer.next_cursor;
    this.told.textContent = `${count(this.events.length, 'event', 'events')} shown${this.cursor ? ', and there are more' : ''}.`;
  }

  async more() {
    try {
      this.take(await this.page(this.cursor), this.events);
      fill(this.list, this.draw());
    } catch (problem) {
      fill(this.news, problemNote(problem));
    }
  }

  draw() {
    if (this.events.length === 0) {
      return empty('No events', 'Nothing that fits was done. Names and actions are matched whole: try fewer filters.');
    }
    return [
      table('Audit events, the newest first', ['When', 'Who', 'Did', 'To', 'Outcome'], this.events.map(row)),
      this.cursor && h('p', { class: 'more' }, button('Show more', () => this.more(), { kind: 'plain', key: 'more' })),
    ];
  }
}

function row(event) {
  return [
    minute(event.at),
    [bdi(event.actor), h('span', { class: 'under' }, event.channel, event.client && [' · ', bdi(event.client)])],
    h('span', { class: 'code' }, event.action),
    h('span', { class: 'code' }, bdi(event.target)),
    event.outcome === 'denied' ? badge('Denied', 'bad') : badge('Done', 'plain'),
  ];
}

function filter(name, label, attributes) {
  const id = `audit-${name}`;
  return h('div', { class: 'field' }, h('label', { for: id }, label), h('input', { id, name, type: 'text', spellcheck: 'false', ...attributes }));
}

/** A moment of this place's clock, for the server's. */
function instant(local) {
  return local ? new Date(local).toISOString() : undefined;
}
