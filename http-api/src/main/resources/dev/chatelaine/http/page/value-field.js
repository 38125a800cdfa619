/** A field for a value that is written once and never shown: single-line or many-line, typed, pasted or dropped. */
import { bdi, button, h } from './dom.js';
import { ExactText } from './exact-text.js';

const MOST_BYTES = 65_536;
const BREAK = /[\r\n]/;
let fields = 0;

/**
 * Takes over a password field of the page or of a form in the making, and puts what belongs to it around it.
 *
 * `value` gives what was typed, pasted or dropped, to the character; `problem` says why it cannot be sent, or null;
 * `put` takes a text as the whole value; `clear` forgets it. `control` is the element that has the value now, for labels and messages. With `trims`, white
 * space around the value does not count, and nothing is said about it.
 */
export class ValueField {
  #line;
  #area;
  #many;
  #exact = new ExactText();
  #facts;
  #news;
  #trims;

  constructor(line, { trims = false } = {}) {
    this.#line = line;
    this.#trims = trims;
    this.#area = h('textarea', { class: 'masked', rows: 6, autocomplete: 'off', spellcheck: 'false',
      autocapitalize: 'off', autocorrect: 'off', wrap: 'off', hidden: true });
    this.#many = h('input', { type: 'checkbox', role: 'switch', id: `many-${++fields}` });
    this.#facts = h('p', { class: 'facts', id: `facts-${fields}` });
    this.#news = h('div', { class: 'news', role: 'status' });
    this.#build();
    this.#listen();
    this.#tell();
  }

  get control() {
    return this.#many.checked ? this.#area : this.#line;
  }

  get value() {
    return this.#many.checked ? this.#exact.text : this.#line.value;
  }

  get problem() {
    if (this.value === '') {
      return 'Type, paste or drop the value first.';
    }
    return bytes(this.value) > MOST_BYTES ? tooLong(bytes(this.value)) : null;
  }

  put(text) {
    const many = BREAK.test(text);
    this.clear();
    if (this.#many.checked !== many) {
      this.#many.checked = many;
      this.#exchange();
    }
    if (many) {
      this.#exact.splice(0, 0, text);
      this.#area.value = this.#exact.shown;
    } else {
      this.#line.value = text;
    }
    this.#tell();
  }

  clear() {
    this.#line.value = '';
    this.#area.value = '';
    this.#exact.clear();
    this.#news.replaceChildren();
    this.#tell();
  }

  focus() {
    this.control.focus();
  }

  #build() {
    const file = h('input', { type: 'file', class: 'unseen', tabindex: '-1', 'aria-hidden': 'true' });
    file.addEventListener('change', () => {
      this.#take(file.files[0]);
      file.value = '';
    });
    const box = h('div', { class: 'value-field' });
    this.#line.replaceWith(box);
    this.#line.setAttribute('aria-describedby', [this.#line.getAttribute('aria-describedby'), this.#facts.id]
      .filter(Boolean).join(' '));
    box.append(
      this.#line,
      this.#area,
      h('div', { class: 'value-tools' },
        h('label', { class: 'switch', for: this.#many.id }, this.#many, h('span', {}, 'Several lines')),
        button('Take from a file', () => file.click(), { kind: 'quiet small' }), file, this.#facts),
      this.#news,
    );
    this.element = box;
  }

  #listen() {
    this.#many.addEventListener('change', () => this.#turn());
    this.#line.addEventListener('input', () => this.#tell());
    this.#area.addEventListener('input', () => {
      this.#exact.follow(this.#area.value);
      this.#tell();
    });
    for (const control of [this.#line, this.#area]) {
      control.addEventListener('paste', (event) => this.#inserted(event, event.clipboardData));
    }
    this.element.addEventListener('dragover', (event) => this.#hover(event, true));
    this.element.addEventListener('dragleave', (event) => this.#hover(event, false));
    this.element.addEventListener('drop', (event) => this.#dropped(event));
    window.addEventListener('pagehide', () => this.clear());
  }

  /** The switch was moved: the value goes along, unless a single line cannot hold it. */
  #turn() {
    if (this.#many.checked) {
      this.#exact.clear();
      this.#exact.splice(0, 0, this.#line.value);
      this.#line.value = '';
    } else if (BREAK.test(this.#exact.text)) {
      this.#many.checked = true;
      this.#say('The value has line breaks, so it stays on several lines.');
      return;
    } else {
      this.#line.value = this.#exact.text;
      this.#exact.clear();
    }
    this.#exchange();
    this.#tell();
  }

  /** The control in use has the id that the label names, the name in the form, and all that is said of it. */
  #exchange() {
    const [shown, hidden] = this.#many.checked ? [this.#area, this.#line] : [this.#line, this.#area];
    for (const name of ['id', 'name', 'aria-describedby', 'aria-invalid', 'required']) {
      const value = hidden.getAttribute(name) ?? shown.getAttribute(name);
      hidden.removeAttribute(name);
      if (value !== null) {
        shown.setAttribute(name, value);
      }
    }
    shown.hidden = false;
    hidden.hidden = true;
    this.#area.value = this.#exact.shown;
  }

  #inserted(event, data) {
    const text = data?.getData('text/plain') ?? '';
    if (this.#many.checked ? text.includes('\r') : BREAK.test(text)) {
      event.preventDefault();
      this.#insert(text);
    }
  }

  /** Puts a text with line breaks where the selection is, in the field of many lines. */
  #insert(text, ...from) {
    const control = this.control;
    const [start, end] = [control.selectionStart ?? 0, control.selectionEnd ?? control.value.length];
    this.#toMany();
    this.#exact.splice(start, end, text);
    this.#area.value = this.#exact.shown;
    const caret = start + text.replace(/\r\n?/g, '\n').length;
    this.#area.focus();
    this.#area.setSelectionRange(caret, caret);
    this.#tell();
    this.#sayBreaks(...from);
  }

  #toMany() {
    if (!this.#many.checked) {
      this.#many.checked = true;
      this.#turn();
    }
  }

  #hover(event, over) {
    event.preventDefault();
    this.element.classList.toggle('over', over);
  }

  #dropped(event) {
    this.#hover(event, false);
    const [file] = event.dataTransfer.files;
    if (file) {
      this.#take(file);
      return;
    }
    const text = event.dataTransfer.getData('text/plain');
    if (BREAK.test(text)) {
      this.#insert(text);
    } else if (text) {
      this.control.setRangeText(text);
      this.control.dispatchEvent(new Event('input'));
    }
  }

  /** Takes a file's text as the whole value. */
  async #take(file) {
    if (!file) {
      return;
    }
    if (file.size > MOST_BYTES) {
      this.#say(tooLong(file.size));
      return;
    }
    let text;
    try {
      text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await file.arrayBuffer());
    } catch {
      this.#say('The file is not text in UTF-8, and a value is. Encode it first, for example in base64.');
      return;
    }
    this.clear();
    if (text === '') {
      this.#say('The file is empty.');
    } else if (BREAK.test(text)) {
      this.#insert(text, 'Taken from ', bdi(file.name), '. ');
    } else {
      this.#oneLine(text);
      this.#say('Taken from ', bdi(file.name), '.');
    }
  }

  #oneLine(text) {
    this.put(text);
    this.focus();
  }

  #sayBreaks(...from) {
    if (this.#trims) {
      this.#say(...from, 'The text has line breaks, so the field now has several lines. Those around a key are left out.');
    } else if (/^[^\r\n]*(\r\n?|\n)$/.test(this.#exact.text)) {
      const cut = button('Remove it', () => this.#cut(), { kind: 'quiet small' });
      this.#say(...from, 'The text ends with a line break, which is kept as a part of the value. ', cut);
    } else {
      this.#say(...from, 'The text has line breaks, so the field now has several lines. They are kept as they are.');
    }
  }

  #cut() {
    const text = this.#exact.text.replace(/(\r\n?|\n)$/, '');
    this.clear();
    this.#oneLine(text);
  }

  #say(...words) {
    this.#news.replaceChildren(h('p', {}, ...words));
  }

  #tell() {
    const value = this.value;
    const lines = value.split(/\r\n?|\n/).length;
    const parts = this.#many.checked && value !== '' ? [`${lines} ${lines === 1 ? 'line' : 'lines'}`] : [];
    if (!this.#trims && value !== value.trim()) {
      parts.push('white space at an end is kept');
    }
    this.#facts.textContent = parts.join(', ');
  }
}

function bytes(text) {
  return new TextEncoder().encode(text).length;
}

function tooLong(size) {
  return `A value has at most 65,536 bytes; this one has ${size.toLocaleString('en')}.`;
}
