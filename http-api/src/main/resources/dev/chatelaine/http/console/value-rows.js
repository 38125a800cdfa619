/** The values of a bundle: rows of a name and a value, typed one by one or taken from an environment file's text. */
import { bdi, button, h } from './dom.js';
import { EnvTextError, looksLikeEnv, readEnv } from './env-text.js';
import { SecretField } from './forms.js';
import { Rows } from './rows.js';
import { count } from './words.js';

const MOST = 50;
const MOST_BYTES = 4 * 1024 * 1024;

export class ValueRows extends Rows {
  /** Rows for these names, whose values are to be typed; one empty row where there are none. */
  constructor(keys = ['']) {
    super('values', {
      label: 'Values',
      help: 'Paste a whole .env text into a variable, or drop a .env file here: it is taken apart into rows. '
        + 'A value is stored as you type it, and never shown again.',
      one: 'value',
      most: MOST,
      tooMany: `A bundle has at most ${MOST} values. Make two bundles of it.`,
      content: () => new SecretField('', 'Value'),
    });
    this.news = h('div', { class: 'news', role: 'status' });
    this.tools.append(...this.chooser());
    this.list.after(this.news);
    this.element.classList.add('env-rows');
    this.element.addEventListener('paste', (event) => this.pasted(event));
    this.element.addEventListener('dragover', (event) => this.hover(event, true));
    this.element.addEventListener('dragleave', (event) => this.hover(event, false));
    this.element.addEventListener('drop', (event) => this.dropped(event));
    keys.forEach((key) => this.add(key));
  }

  chooser() {
    const file = h('input', { type: 'file', class: 'unseen', tabindex: '-1', 'aria-hidden': 'true' });
    file.addEventListener('change', () => {
      this.open(file.files[0]);
      file.value = '';
    });
    return [button('Take from a .env file', () => file.click(), { kind: 'quiet small' }), file];
  }

  /** A text of assignments that is pasted into a name is taken apart. */
  pasted(event) {
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (this.rows.some((row) => row.key.control === event.target) && looksLikeEnv(text)) {
      event.preventDefault();
      this.take(text);
    }
  }

  hover(event, over) {
    event.preventDefault();
    this.element.classList.toggle('over', over && !event.target.closest('.value-field'));
  }

  /** What is dropped on a value belongs to that value alone. */
  dropped(event) {
    this.hover(event, false);
    if (!event.target.closest('.value-field')) {
      const [file] = event.dataTransfer.files;
      if (file) {
        this.open(file);
      } else {
        this.take(event.dataTransfer.getData('text/plain'));
      }
    }
  }

  async open(file) {
    if (file && file.size > MOST_BYTES) {
      this.say('The file is too long for the values of one bundle.');
    } else if (file) {
      try {
        this.take(new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer()), bdi(file.name));
      } catch {
        this.say('The file is not text in UTF-8.');
      }
    }
  }

  /** Makes a row of each assignment; rows without a value that the text does not name are taken out. */
  take(text, from = 'the text') {
    let all;
    try {
      all = readEnv(text);
    } catch (mistake) {
      if (!(mistake instanceof EnvTextError)) {
        throw mistake;
      }
      this.say('Nothing was taken from ', from, '. ', mistake.message);
      return;
    }
    if (all.length === 0) {
      this.say('There is no line KEY=value in ', from, '.');
      return;
    }
    this.fill(all, from);
  }

  fill(all, from) {
    const names = new Set(all.map(({ key }) => key));
    const without = this.rows.filter((row) => row.content.read() === '' && !names.has(row.key.read().trim()));
    without.forEach((row) => this.drop(row));
    for (const { key, value } of all) {
      (this.named(key) ?? this.add(key)).content.value.put(value);
    }
    const left = without.map((row) => row.key.read().trim()).filter(Boolean);
    const open = all.filter(({ value }) => value === '').length;
    this.say(`${count(all.length, 'value was', 'values were')} taken from `, from, '. ',
      open > 0 && `${count(open, 'name has', 'names have')} no value there: type it, or remove the row. `,
      left.length > 0 && ['Not in it, and so taken out: ', h('span', { class: 'code' }, left.join(', ')), '.']);
    this.show(null);
    this.adding.focus();
  }

  say(...words) {
    this.news.replaceChildren(h('p', {}, ...words.flat().filter(Boolean)));
  }

  clear() {
    super.clear();
    this.news.replaceChildren();
  }
}
