/** A field of a form with boxes to tick. */
import { h } from './dom.js';

let ids = 0;

/** Boxes under one heading: `options` are `{value, said}`; `nothing` is said where there are none. None has to be ticked. */
export class Choices {
  constructor(name, label, options, { nothing }) {
    this.name = name;
    this.error = h('p', { class: 'error', id: `choices-${++ids}`, hidden: true });
    this.boxes = options.map(({ value }, i) => h('input', { type: 'checkbox', value, id: `choice-${ids}-${i}`, name }));
    this.element = h('fieldset', { class: 'field', 'aria-describedby': this.error.id }, h('legend', {}, label),
      options.length === 0 && h('p', { class: 'help' }, nothing),
      options.map(({ said }, i) => h('label', { class: 'option', for: this.boxes[i].id }, this.boxes[i], h('span', {}, said))),
      this.error);
  }

  read() {
    return this.boxes.filter((box) => box.checked).map((box) => box.value);
  }

  problem() {
    return null;
  }

  show(message) {
    this.error.textContent = message ?? '';
    this.error.hidden = !message;
  }

  focus() {
    (this.boxes.find((box) => box.checked) ?? this.boxes[0])?.focus();
  }

  clear() {}
}
