/**
 * Text to the character, beside a text area that knows one kind of line break only: what it shows as \n may have come
 * as \r\n or \r and is kept as it came.
 */
export class ExactText {
  #text = '';

  get text() {
    return this.#text;
  }

  /** The text as a text area shows it. */
  get shown() {
    return this.#text.replace(/\r\n?/g, '\n');
  }

  /** Replaces what is between two places of the shown text. */
  splice(start, end, inserted) {
    this.#text = this.#text.slice(0, this.#at(start)) + inserted + this.#text.slice(this.#at(end));
  }

  /** Follows an edit: what is the same at both ends is kept, what is between is as it is shown now. */
  follow(now) {
    const before = this.shown;
    const most = Math.min(before.length, now.length);
    let head = 0;
    while (head < most && before[head] === now[head]) {
      head++;
    }
    let tail = 0;
    while (tail < most - head && before[before.length - 1 - tail] === now[now.length - 1 - tail]) {
      tail++;
    }
    this.splice(head, before.length - tail, now.slice(head, now.length - tail));
  }

  clear() {
    this.#text = '';
  }

  /** The place in the text of a place in the shown text. */
  #at(shownPlace) {
    let place = 0;
    for (let seen = 0; seen < shownPlace; seen++) {
      place += this.#text[place] === '\r' && this.#text[place + 1] === '\n' ? 2 : 1;
    }
    return place;
  }
}
