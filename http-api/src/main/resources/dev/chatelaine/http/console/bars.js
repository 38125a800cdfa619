/** Bars that lie: how full something is, and which of several is how large. */
import { h } from './dom.js';
import { part, silent } from './svg.js';

const SHOWN = 8;
const THINNEST = 0.4;

/** A bar of parts, beside which stands in words what it shows. */
export function bar(parts, whole) {
  let from = 0;
  const pieces = parts.map((size, which) => {
    const share = whole > 0 ? Math.min((100 * size) / whole, 100 - from) : 0;
    const width = size > 0 ? Math.max(share, Math.min(THINNEST, 100 - from)) : 0;
    const piece = width > 0 && part(which, { x: `${from}%`, y: 0, width: `${width}%`, height: '100%' });
    from += width;
    return piece;
  });
  return silent({ class: 'bar' }, pieces);
}

/** Rows of `{name, said, parts}`: each with a bar as long as it is large beside the largest. */
export function ranking(rows) {
  const largest = Math.max(...rows.map(size));
  return h('ul', { class: 'ranking' }, rows.map((row) => h('li', {},
    h('div', { class: 'ranked' }, h('span', {}, row.name), h('span', { class: 'figure' }, row.said)),
    bar(row.parts, largest))));
}

/**
 * The largest groups as rows, and what the rest comes to in one more.
 *
 * @param instead what is said of a group whose size is not known, and nothing of others
 * @param total what all of them come to, in the same parts
 */
export function largest(groups, { name, parts, say, instead, total }) {
  const rows = groups.map((group) => ({ name: name(group), parts: parts(group), said: instead(group) })).sort((a, b) => size(b) - size(a));
  const shown = rows.slice(0, rows.length > SHOWN + 1 ? SHOWN : rows.length);
  const rest = total.map((of, i) => of - shown.reduce((sum, row) => sum + row.parts[i], 0));
  const others = rest.some((of) => of > 0)
    ? [{ name: h('span', { class: 'dim' }, rows.length > shown.length ? `${rows.length - shown.length} others` : 'others'), parts: rest }] : [];
  return [...shown, ...others].map((row) => ({ ...row, said: row.said || say(size(row)) }));
}

function size({ parts }) {
  return parts.reduce((sum, of) => sum + of, 0);
}
