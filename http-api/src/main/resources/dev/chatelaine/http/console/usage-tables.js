/** The figures of charts, to the last digit. */
import { h } from './dom.js';
import { usd } from './money.js';
import { NOTHING, table } from './table.js';
import { took } from './words.js';

/** A cost of which nothing is known is not nothing. */
export function unpriceable(why = 'no price is known') {
  return [NOTHING, h('span', { class: 'under' }, why)];
}

const COLUMNS = ['Requests', 'Failed', 'Prompt tokens', 'Of these cached', 'Answer tokens', 'Cost', 'Half took up to', '95% took up to'];

/** A table that is folded away below a chart. */
export function figures(about, first, groups, name) {
  const said = `${about}, in figures`;
  return h('details', { class: 'figures', 'data-key': about }, h('summary', { 'data-key': `${about} summary` }, said),
    table(said, [first, ...COLUMNS], groups.map((group) => [name(group), ...cells(group)])));
}

function cells({ requests, failed, prompt_tokens: prompt, cached_tokens: cached, completion_tokens: answer, cost_micro_usd: cost, unpriced, latency_ms: latency }) {
  return [
    number(requests), number(failed), number(prompt), number(cached), number(answer),
    costOf(cost, unpriced),
    time(latency.p50), time(latency.p95),
  ];
}

function costOf(cost, unpriced) {
  if (cost === null) {
    return unpriceable();
  }
  return unpriced > 0 ? [usd(cost), h('span', { class: 'under' }, `and ${number(unpriced)} without a price`)] : usd(cost);
}

export function number(of) {
  return of.toLocaleString('en');
}

function time(milliseconds) {
  return milliseconds === null ? NOTHING : took(milliseconds);
}
