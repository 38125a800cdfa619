/** A field of a form that is made of rows: the name of an environment variable each, and what is in it. */
import { button, h, unseen } from './dom.js';
import { text } from './forms.js';

const NAME = /^[A-Z][A-Z0-9_]{0,127}$/;
const SHAPE = 'Capital letters, digits and _, beginning with a letter.';

/**
 * Rows under one heading. `content` makes the field that stands beside a row's name, `most` is how many rows there may
 * be, `one` what a row is called. Names are checked here as far as a row can be told; which are reserved, the server says.
 */
export class Rows {
  rows = [];

  constructor(name, { label, help, one, most, tooMany, content, optional = false }) {
    Object.assign(this, { name, one, most, tooMany, content, optional });
    this.list = h('div', { class: 'rows' });
    this.error = h('p', { class: 'error', id: `${name}-error`, role: 'alert', hidden: true });
    this.adding = button(`Add a ${one}`, () => this.add().key.focus(), { kind: 'plain small' });
    this.tools = h('div', { class: 'buttons' }, this.adding);
    this.element = h('fieldset', { class: 'field' },
      h('legend', {}, label, optional && h('span', { class: 'dim' }, ' (optional)')),
      help && h('p', { class: 'help' }, help), this.list, this.tools, this.error);
  }

  /** Adds a row at the end. */
  add(key = '') {
    const row = {
      key: text('', 'Variable', { value: key, maxlength: 128, class: 'code', autocapitalize: 'characters' }),
      content: this.content(),
      number: unseen(),
      legend: h('legend', { class: 'unseen' }),
    };
    row.element = h('fieldset', { class: 'row' }, row.legend, row.key.element, row.content.element,
      h('button', { type: 'button', class: 'quiet small', onClick: () => this.remove(row) }, 'Remove', row.number));
    this.rows.push(row);
    this.list.append(row.element);
    this.count();
    return row;
  }

  /** Takes a row away; focus goes to what stands at its place. */
  remove(row) {
    const place = this.rows.indexOf(row);
    this.drop(row);
    (this.rows[place]?.key ?? this.adding).focus();
  }

  drop(row) {
    row.content.clear();
    row.element.remove();
    this.rows = this.rows.filter((one) => one !== row);
    this.count();
  }

  count() {
    this.rows.forEach((row, i) => {
      row.legend.textContent = `${this.one} ${i + 1}`;
      row.number.textContent = ` ${this.one} ${i + 1}`;
    });
  }

  named(key) {
    return this.rows.find((row) => name(row) === key);
  }

  read() {
    return Object.fromEntries(this.rows.map((row) => [name(row), row.content.read()]));
  }

  /** Says at each row what is wrong with it; answers whether anything is, or what is wrong with all of them. */
  problem() {
    const wrong = this.rows.map((row) => this.check(row)).some(Boolean);
    if (this.rows.length > this.most) {
      return this.tooMany;
    }
    return this.rows.length === 0 && !this.optional ? `Add a ${this.one} first.` : wrong;
  }

  check(row) {
    const key = this.wrong(name(row), row);
    const content = row.content.problem();
    row.key.show(key);
    row.content.show(content);
    return key || content;
  }

  wrong(key, row) {
    if (!NAME.test(key)) {
      return key === '' ? 'Fill this in.' : SHAPE;
    }
    return this.named(key) === row ? null : 'There is a row of this name already.';
  }

  /** Shows a message at the row that its path or its first word names, or else for all rows. */
  show(message, path = '') {
    const said = typeof message === 'string' ? message : '';
    const inside = path.startsWith(`${this.name}.`) && this.named(path.slice(this.name.length + 1));
    const about = path === this.name && this.named(said.split(' ', 1)[0]);
    const field = (inside && inside.content) || (about && about.key);
    field?.show?.(said);
    this.error.textContent = field ? '' : said;
    this.error.hidden = this.error.textContent === '';
  }

  focus() {
    const wrong = this.element.querySelector('[aria-invalid]');
    const first = this.rows[0]?.key ?? this.adding;
    (wrong ?? (this.error.hidden ? first : this.adding)).focus();
  }

  clear() {
    this.rows.forEach((row) => row.content.clear());
  }
}

function name(row) {
  return row.key.read().trim();
}
