/** The charts of the usage, each with its figures. */
import { bar, largest, ranking } from './bars.js';
import { columns, dayOf } from './columns.js';
import { bdi, h } from './dom.js';
import { usd, usdAbout } from './money.js';
import { part, silent } from './svg.js';
import { figures, number, unpriceable } from './usage-tables.js';

const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
const month = new Intl.DateTimeFormat('en', { month: 'long', year: 'numeric', timeZone: 'UTC' });
const TOKENS = ['Prompts', 'Prompts from a cache', 'Answers'];
const CREDENTIALS = { byok: 'Your own keys', pool: 'The platform’s pool', none: 'Refused before any key' };

/** What is measured: `parts` of a group, and how they are said. */
const COST = {
  title: 'Cost',
  parts: (group) => [group.cost_micro_usd ?? 0],
  unknown: (group) => group.cost_micro_usd === null,
  say: usd,
  about: usdAbout,
};
const TOKEN = {
  title: 'Tokens',
  parts: (group) => [group.prompt_tokens - group.cached_tokens, group.cached_tokens, group.completion_tokens],
  unknown: () => false,
  say: (of) => `${number(of)} tokens`,
  about: (of) => compact.format(of),
};

export function byDay(report, days) {
  const of = new Map(report.groups.map((group) => [group.group, group]));
  const chart = (measure) => {
    const drawn = days.map((day) => ({ day, parts: of.has(day) ? measure.parts(of.get(day)) : [0],
      said: of.has(day) && measure.unknown(of.get(day)) ? 'no price is known' : undefined }));
    return columns({ said: told(measure, drawn, measure.unknown(report.total)), days: drawn, say: measure.say, about: measure.about });
  };
  return card('By day', [figure(COST, chart(COST)), figure(TOKEN, chart(TOKEN), legend())],
    figures('By day', 'Day (UTC)', [...report.groups].reverse(), ({ group }) => h('time', { datetime: group }, dayOf(group))));
}

/** A chart in a sentence. */
function told({ title, say }, days, unknown) {
  const sums = days.map(({ parts }) => parts.reduce((sum, of) => sum + of, 0));
  const most = sums.indexOf(Math.max(...sums));
  const highest = unknown ? 'No price is known of what was asked' : `The most was ${say(sums[most])}, on ${dayOf(days[most].day)}`;
  return `${title} by day, from ${dayOf(days[0].day)} to ${dayOf(days[days.length - 1].day)}. ${highest}. The figures of each day are below.`;
}

export function byModel(report) {
  return ranked('By model', 'Model', report, (group) => h('span', { class: 'code' }, bdi(group.group)));
}

export function byKey(report) {
  return ranked('By gateway key', 'Gateway key', report, (group) => (group.group
    ? h('span', { class: 'code' }, bdi(group.name ?? group.group)) : 'Without a gateway key'));
}

export function byCredential(report) {
  return ranked('Own keys and the pool', 'Asked with', report, (group) => CREDENTIALS[group.group] ?? group.group, quota(report.pool));
}

function ranked(title, first, report, name, more) {
  const rows = ({ parts, unknown, say }) => ranking(largest(report.groups, {
    name, parts, say, instead: (group) => unknown(group) && unpriceable(), total: parts(report.total) }));
  return card(title, [figure(COST, rows(COST)), figure(TOKEN, rows(TOKEN), legend())], [
    more,
    report.truncated && h('p', { class: 'dim' }, `There are more than the ${number(report.groups.length)} costliest that are listed.`),
    figures(title, first, report.groups, name),
  ]);
}

/** How much of the pool is used up this month. */
function quota({ month: of, quota_tokens: all, used_tokens: used, reserved_tokens: held }) {
  const said = `The pool in ${month.format(new Date(`${of}-01`))}`;
  return h('div', { class: 'quota' },
    h('p', { class: 'ranked' }, h('span', {}, said), h('span', { class: 'figure' }, all > 0 || used > 0
      ? `${number(used)} of ${number(all)} tokens` : 'none on this plan')),
    all > 0 && bar([used, held], all),
    held > 0 && h('p', { class: 'under' }, `${number(held)} held by requests under way`));
}

function card(title, plots, more) {
  const id = `chart-${title.toLowerCase().replaceAll(' ', '-')}`;
  return h('section', { class: 'card', 'aria-labelledby': id }, h('h2', { id }, title), h('div', { class: 'plots' }, plots), more);
}

function figure({ title }, plot, more) {
  return h('figure', {}, h('figcaption', {}, h('span', { class: 'dim' }, title), more), plot);
}

function legend() {
  return h('ul', { class: 'legend' }, TOKENS.map((said, i) =>
    h('li', {}, silent({ class: 'swatch' }, part(i, { width: '100%', height: '100%' })), said)));
}
