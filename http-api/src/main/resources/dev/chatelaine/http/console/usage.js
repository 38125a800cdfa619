/** Usage: what requests to the gateway used and cost. */
import { fill, h } from './dom.js';
import { baseUrl, usageOf } from './gateway-keys-api.js';
import { usd } from './money.js';
import { empty, loading, reason } from './states.js';
import { patterns } from './svg.js';
import { byCredential, byDay, byKey, byModel } from './usage-charts.js';
import { number, unpriceable } from './usage-tables.js';
import { count, took } from './words.js';

const DAY = 86_400_000;
const PERIODS = [7, 30, 90];
const USUAL = 30;

export const usage = {
  id: 'usage',
  title: 'Usage',
  lead: 'What requests to the gateway used and cost, by day, by model and by key. Days are those of UTC.',
  show(place, context) {
    const why = context.rights.why('usage:read');
    if (why) {
      place.append(reason(why));
      return undefined;
    }
    return new Usage(place, context).load();
  },
};

class Usage {
  asked = new AbortController();

  constructor(place, { signal }) {
    this.list = h('div', { class: 'listing' });
    this.told = h('p', { class: 'unseen', role: 'status' });
    signal.addEventListener('abort', () => this.asked.abort());
    place.append(this.filters(), this.told, this.list, patterns());
  }

  filters() {
    this.period = h('select', { id: 'usage-period', onChange: () => this.load() },
      PERIODS.map((days) => h('option', { value: days, selected: days === USUAL }, `The last ${days} days`)));
    return h('form', { class: 'filters', onSubmit: (event) => event.preventDefault() },
      h('div', { class: 'field short' }, h('label', { for: this.period.id }, 'Period'), this.period));
  }

  load() {
    this.asked.abort();
    this.asked = new AbortController();
    return loading(this.list, () => this.read(Number(this.period.value), this.asked.signal), (found) => this.draw(found));
  }

  /** The days are counted by the server's clock, whatever this one's is. */
  async read(number, signal) {
    const { to } = await usageOf({}, signal);
    const days = lastDays(new Date(to), number);
    const time = { from: start(days[0]), to: start(days[number - 1], DAY) };
    const reports = await Promise.all(['day', 'model', 'gateway_key', 'credential'].map((by) =>
      usageOf({ ...time, group_by: by }, signal)));
    return { days, reports };
  }

  draw({ days, reports: [day, model, key, credential] }) {
    const { total } = day;
    this.told.textContent = `The last ${days.length} days: ${count(total.requests, 'request', 'requests')}, ${total.cost_micro_usd === null ? 'no price is known' : usd(total.cost_micro_usd)}.`;
    if (total.requests === 0) {
      return nothing(days.length);
    }
    return [sums(total), byDay(day, days), byModel(model), byKey(key), byCredential(credential)];
  }
}

function nothing(days) {
  return empty(`Nothing in the last ${days} days`, 'Requests to the gateway are counted here. Make a key under Gateway keys, and give it to a program together with this base URL:',
    h('code', { class: 'code' }, baseUrl()), h('a', { class: 'button plain', href: '/console/gateway-keys' }, 'Gateway keys'));
}

function sums({ cost_micro_usd: cost, unpriced, requests, failed, prompt_tokens: prompt, completion_tokens: answer, estimated, latency_ms: latency }) {
  return h('dl', { class: 'tiles' },
    cost === null ? tile('Cost', unpriceable('no price is known of what was asked'))
      : tile('Cost', usd(cost), unpriced > 0 && `and ${count(unpriced, 'request', 'requests')} without a price`),
    tile('Requests', number(requests), failed > 0 && `${number(failed)} failed`),
    tile('Tokens', number(prompt + answer), `${number(answer)} in answers`, estimated > 0 && `estimated for ${count(estimated, 'request', 'requests')}`),
    latency.p50 !== null && tile('Half took up to', took(latency.p50), `95% up to ${took(latency.p95)}`));
}

function tile(name, figure, ...more) {
  return h('div', { class: 'card' }, h('dt', {}, name), h('dd', {}, h('span', { class: 'large' }, figure),
    more.filter(Boolean).map((words) => h('span', { class: 'under' }, words))));
}

/** So many days (`2026-11-22`), the last of which is that of the last moment before `end`. */
function lastDays(end, number) {
  const last = Math.floor((end.getTime() - 1) / DAY);
  return Array.from({ length: number }, (_, i) => new Date((last - number + 1 + i) * DAY).toISOString().slice(0, 10));
}

function start(day, later = 0) {
  return new Date(Date.parse(day) + later).toISOString();
}
