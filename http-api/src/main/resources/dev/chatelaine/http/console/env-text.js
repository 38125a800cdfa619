/**
 * Reads the text of an environment file: lines `KEY=value`, with or without `export`.
 *
 * Without quotes a value ends at the line's end or where a blank and `#` begin a comment; blanks around it are no part
 * of it. In single quotes everything is taken as it is, line breaks too; in double quotes as well, but for the escapes
 * `\n \r \t \\ \" \$ \``. Nothing is expanded. `chatelaine bundle import` reads the same.
 */
const KEY_LIKE = /^[A-Z][A-Z0-9_]{0,127}$/;
const ESCAPES = { n: '\n', r: '\r', t: '\t', '\\': '\\', '"': '"', $: '$', '`': '`' };

/** Why a text cannot be read: by the line, and by the key where that looks like one; never by the text itself. */
export class EnvTextError extends Error {}

/** Whether that is a text of assignments, and not a name. */
export function looksLikeEnv(text) {
  return /[\r\n=]/.test(text.trim());
}

/**
 * Its assignments in order: `[{key, value}]`. A value may be empty.
 *
 * @throws EnvTextError
 */
export function readEnv(text) {
  return new Reader(text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n')).assignments();
}

class Reader {
  at = 0;
  line = 1;

  constructor(text) {
    this.text = text;
  }

  assignments() {
    const all = new Map();
    for (this.skipBlankLines(); this.at < this.text.length; this.skipBlankLines()) {
      const { line } = this;
      const key = this.key();
      if (all.has(key)) {
        throw new EnvTextError(`Line ${line}: ${shown(key)} is set twice, first in line ${all.get(key).line}. Keep one.`);
      }
      all.set(key, { line, key, value: this.value(key) });
    }
    return [...all.values()].map(({ key, value }) => ({ key, value }));
  }

  key() {
    const [before, equals] = this.take(/[^=\n]*(=?)/y);
    if (!equals) {
      throw new EnvTextError(`Line ${this.line} has no =. A line is KEY=value, and a value of several lines is in quotes.`);
    }
    const key = before.slice(0, -1).trim().replace(/^export[ \t]+/, '');
    if (key === '') {
      throw new EnvTextError(`Line ${this.line} has no name before its =.`);
    }
    return key;
  }

  value(key) {
    this.take(/[ \t]*/y);
    const quote = this.text[this.at];
    const value = quote === '"' || quote === "'" ? this.quoted(key, quote) : this.unquoted();
    this.take(/[^\n]*/y);
    return value;
  }

  unquoted() {
    const [value] = this.take(/(?!#)(?:[^\n#]|(?<![ \t])#)*|/y);
    return value.trim();
  }

  quoted(key, quote) {
    const [whole, content] = this.take(quote === '"' ? /"((?:\\[^]|[^"\\])*)"/y : /'([^']*)'/y) ?? [];
    if (whole === undefined) {
      throw new EnvTextError(`Line ${this.line}: the quote that ${shown(key)} opens is never closed.`);
    }
    this.line += whole.split('\n').length - 1;
    if (!this.rest(/[ \t]*(?=\n|#|$)/y)) {
      throw new EnvTextError(`Line ${this.line}: there is more behind the closing quote of ${shown(key)}.`);
    }
    return quote === '"' ? content.replace(/\\([nrt\\"$`])/g, (_, escaped) => ESCAPES[escaped]) : content;
  }

  skipBlankLines() {
    const [skipped] = this.take(/(?:[ \t]*(?:#[^\n]*)?\n)*[ \t]*(?:#[^\n]*$)?/y);
    this.line += skipped.split('\n').length - 1;
  }

  rest(pattern) {
    pattern.lastIndex = this.at;
    return pattern.exec(this.text);
  }

  take(pattern) {
    const found = this.rest(pattern);
    this.at += found?.[0].length ?? 0;
    return found;
  }
}

/** A key that may be shown; a piece of a value does not look like one. */
function shown(key) {
  return KEY_LIKE.test(key) ? key : 'a key';
}
