/** Tables that become cards on narrow screens. */
import { h, unseen } from './dom.js';

/** The content of a cell for which there is none. */
export const NOTHING = '–';

/**
 * A table. A column is its heading, one that begins with `-` is read only; a row is its cells. Roles are spelt out
 * because a table that is laid out as cards would lose them. A table that is renewed has an id for each row.
 */
export function table(caption, columns, rows, ids = []) {
  const labels = columns.map((column) => column.replace(/^-/, ''));
  return h(
    'table',
    { role: 'table' },
    h('caption', { class: 'unseen' }, caption),
    h('thead', { role: 'rowgroup' }, h('tr', { role: 'row' }, columns.map((column, i) => heading(column, labels[i])))),
    h('tbody', { role: 'rowgroup' }, rows.map((cells, i) => row(cells, columns, ids[i]))),
  );
}

function heading(column, label) {
  return h('th', { scope: 'col', role: 'columnheader' }, column === label ? label : unseen(label));
}

function row(cells, columns, id) {
  return h('tr', { role: 'row', 'data-row': id }, cells.map((content, i) => cell(content, columns[i], i === 0)));
}

/** What there is nothing of needs no line on a card. */
function kind(content, column) {
  if (column.startsWith('-')) {
    return 'acts';
  }
  return content === NOTHING ? 'blank' : undefined;
}

function cell(content, column, first) {
  const shown = column.startsWith('-') ? undefined : column;
  return h(
    first ? 'th' : 'td',
    { role: first ? 'rowheader' : 'cell', scope: first && 'row', 'data-label': first ? undefined : shown,
      class: kind(content, column) },
    h('div', {}, content),
  );
}
