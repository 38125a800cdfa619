/** Gateway keys: what programs call the gateway with, and what each has spent. */
import { bar } from './bars.js';
import { bdi, button, fill, h } from './dom.js';
import { changeKey, deleteKey, makeKey, rotateKey } from './gateway-key-dialogs.js';
import { showKey } from './gateway-key-shown.js';
import { gatewayKeys as api } from './gateway-keys-api.js';
import { usd } from './money.js';
import { empty, loading, problemNote, reason } from './states.js';
import { patterns } from './svg.js';
import { NOTHING, table } from './table.js';
import { toast } from './toast.js';
import { badge, count, hint, keys, when } from './words.js';

const RIGHT = 'gateway_keys:manage';

export const gatewayKeys = {
  id: 'gateway-keys',
  title: 'Gateway keys',
  lead: 'What programs call the gateway with, in place of a provider’s key. Each may ask what you allow, and spend what you cap.',
  show(place, context) {
    if (!context.rights.sees(RIGHT)) {
      place.append(reason(context.rights.why(RIGHT)));
      return undefined;
    }
    return new GatewayKeyList(place, context).load();
  },
};

class GatewayKeyList {
  found = [];
  cursor = undefined;

  constructor(place, { rights, signal }) {
    Object.assign(this, { signal, may: rights.has(RIGHT) });
    this.news = h('div', {});
    this.list = h('div', { class: 'listing' });
    this.told = h('p', { class: 'unseen', role: 'status' });
    place.append(this.may ? h('p', { class: 'actions lead-actions' },
      button('Make a key', () => this.act(makeKey, ' is made.'), { kind: 'primary', key: 'make' })) : reason(rights.why(RIGHT)),
    this.news, this.told, this.list, patterns());
  }

  /** Reads the list from its beginning, as far as it was read before. */
  load() {
    return loading(this.list, async () => this.take(await this.read([], undefined, this.found.length)), () => this.draw());
  }

  async read(before, from, wanted) {
    const found = [...before];
    let cursor = from;
    do {
      const answer = await api.list({ cursor }, this.signal);
      found.push(...answer.gateway_keys);
      cursor = answer.next_cursor;
    } while (cursor && found.length < wanted);
    return { found, cursor };
  }

  take({ found, cursor }) {
    Object.assign(this, { found, cursor });
    this.told.textContent = `${count(found.length, 'key', 'keys')} shown${cursor ? ', and there are more' : ''}.`;
  }

  async more() {
    try {
      this.take(await this.read(this.found, this.cursor, 0));
      fill(this.list, this.draw());
    } catch (problem) {
      fill(this.news, problemNote(problem));
    }
  }

  draw() {
    if (this.found.length === 0) {
      return empty('No gateway keys yet', 'Make one for each program that asks models: it gets a key of its own, with a cap of its own, and none of your provider keys.');
    }
    return [
      this.found.some((one) => !one.intact) && h('p', { class: 'note bad' }, h('strong', {}, 'A key was changed past Chatelaine. '),
        'It lets nobody in. Delete it and make another, and find out who can write the database.'),
      table('Gateway keys', ['Key', 'Models', 'Spent', 'Last used', 'Expires', '-Actions'], this.found.map((one) => this.row(one))),
      this.cursor && h('p', { class: 'more' }, button('Show more', () => this.more(), { kind: 'plain', key: 'more' })),
    ];
  }

  row(one) {
    return [
      [h('span', { class: 'name code' }, bdi(one.name)), hint(one.hint)],
      models(one),
      one.intact ? spent(one) : badge('Changed past Chatelaine', 'bad'),
      when(one.last_used_at),
      one.expires_at ? expiry(one.expires_at) : NOTHING,
      this.may ? h('div', { class: 'buttons' }, this.actions(one)) : '',
    ];
  }

  actions(one) {
    return [
      one.intact && this.named(one, 'Change', () => changeKey(one), ' was changed.'),
      one.intact && this.named(one, 'Rotate', () => rotateKey(one), ' has a new key.'),
      this.named(one, 'Delete', () => deleteKey(one), ' was deleted.', 'quiet'),
    ];
  }

  named(one, label, what, said, kind = 'plain') {
    return button(label, () => this.act(what, said), { kind: `${kind} small`, about: one.name, key: `${label} ${one.id}` });
  }

  /** Does something that answers the key it was done to, or nothing; shows the key itself where it is a new one. */
  async act(what, said) {
    try {
      const done = await what();
      if (done) {
        fill(this.news);
        await (done.key && showKey(done));
        await this.load();
        toast(bdi(done.name), done.same ? ' is as it was.' : said);
      }
    } catch (problem) {
      fill(this.news, problemNote(problem));
    }
  }
}

function models(one) {
  return [
    one.allowed_models ? keys(one.allowed_models, `models ${one.id}`, 3, ['model', 'models']) : 'every model',
    one.fallback_model && h('span', { class: 'under' }, 'falls back to ', h('span', { class: 'code' }, bdi(one.fallback_model))),
  ].filter(Boolean);
}

/** What a key has spent, against its cap where it has one. */
function spent({ spend_cap_micro_usd: cap, spent_micro_usd: so, reserved_micro_usd: held, overrun_micro_usd: over }) {
  const more = [
    held > 0 && h('span', { class: 'under' }, `${usd(held)} held by requests under way`),
    over > 0 && h('span', { class: 'under' }, `and ${usd(over)} beyond the cap`),
  ];
  if (cap === null) {
    return [usd(so), h('span', { class: 'under' }, 'no cap'), ...more].filter(Boolean);
  }
  return [
    h('span', { class: 'figure' }, `${usd(so)} of ${usd(cap)}`), ' ',
    so + over >= cap && badge('Cap reached', 'bad'),
    bar(cap > 0 ? [so, held] : [1], Math.max(cap, 1)),
    ...more,
  ].filter(Boolean);
}

function expiry(iso) {
  return new Date(iso) <= new Date() ? [badge('Expired', 'bad'), h('span', { class: 'under' }, when(iso))] : when(iso);
}
