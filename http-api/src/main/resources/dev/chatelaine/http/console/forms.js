/** Forms in dialogs: labelled fields, what is wrong beside them, nothing lost when something is. */
import { openDialog } from './dialog.js';
import { button, fill, h } from './dom.js';
import { problemNote } from './states.js';
import { ValueField } from './value-field.js';

let ids = 0;

/** A field of a form. `read` gives its content, `problem` what is wrong with it before anything is sent. */
export class Field {
  constructor(name, label, control, { help, optional = false } = {}) {
    this.name = name;
    this.control = control;
    this.id = `field-${++ids}`;
    this.optional = optional;
    this.error = h('p', { class: 'error', id: `${this.id}-error`, hidden: true });
    control.id = this.id;
    control.name = name;
    const described = [help && `${this.id}-help`, `${this.id}-error`].filter(Boolean).join(' ');
    control.setAttribute('aria-describedby', described);
    this.element = h('div', { class: 'field' },
      h('label', { for: this.id }, label, optional && h('span', { class: 'dim' }, ' (optional)')),
      help && h('p', { class: 'help', id: `${this.id}-help` }, help));
    this.place(control);
  }

  place(control) {
    this.element.append(control, this.error);
  }

  read() {
    return this.control.value;
  }

  problem() {
    return !this.optional && this.read().trim() === '' ? 'Fill this in.' : null;
  }

  focus() {
    this.control.focus();
  }

  show(message) {
    this.error.textContent = message ?? '';
    this.error.hidden = !message;
    if (message) {
      this.target.setAttribute('aria-invalid', 'true');
    } else {
      this.target.removeAttribute('aria-invalid');
    }
  }

  get target() {
    return this.control;
  }

  clear() {}
}

/** The field of a value, which is forgotten once it is sent. */
export class SecretField extends Field {
  constructor(name, label, { help, trims = false } = {}) {
    super(name, label, h('input', { type: 'password', autocomplete: 'new-password', spellcheck: 'false',
      autocapitalize: 'off' }), { help });
    this.trims = trims;
    this.value = new ValueField(this.control, { trims });
    this.element.insertBefore(this.value.element, this.error);
  }

  read() {
    return this.value.value;
  }

  problem() {
    return this.value.problem;
  }

  focus() {
    this.value.focus();
  }

  get target() {
    return this.value.control;
  }

  clear() {
    this.value.clear();
  }
}

export function text(name, label, { value = '', help, optional, ...attributes } = {}) {
  return new Field(name, label, h('input', { type: 'text', autocomplete: 'off', spellcheck: 'false', value,
    ...attributes }), { help, optional });
}

export function area(name, label, { value = '', help, optional, ...attributes } = {}) {
  const control = h('textarea', { rows: 3, autocomplete: 'off', ...attributes });
  control.value = value;
  return new Field(name, label, control, { help, optional });
}

export function choice(name, label, options, { value, help } = {}) {
  const control = h('select', {}, Object.entries(options).map(([key, said]) =>
    h('option', { value: key, selected: key === value }, said)));
  return new Field(name, label, control, { help });
}

/**
 * Opens a dialog with a form. `send` gets what the fields hold, by name, and a place for words of its own; when it
 * throws a problem, that is shown and everything stays as it was. Values are forgotten when it succeeds, and when the
 * dialog is closed. When `send` answers nothing, the form stays as it is. Answers what `send` answered, or undefined
 * when the dialog was closed.
 */
export function formDialog({ title, intro, fields, submit, danger = false, wide = false, send }) {
  return new Promise((resolve) => {
    let result;
    const news = h('div', { class: 'form-news' });
    const go = h('button', { type: 'submit', class: danger ? 'danger' : 'primary' }, submit);
    const form = h('form', { method: 'post', class: 'dialog-body', novalidate: true, autocomplete: 'off' },
      intro, news, fields.map((field) => field.element),
      h('p', { class: 'actions' }, button('Cancel', () => dialog.close(), { kind: 'plain' }), go));
    const dialog = openDialog(title, form, { wide, onClose: () => {
      fields.forEach((field) => field.clear());
      resolve(result);
    } });
    const attempt = async (extra) => {
      if (!go.disabled && check(fields)) {
        go.disabled = true;
        news.replaceChildren();
        try {
          result = await send(contents(fields), { ...extra, news, attempt });
          if (result) {
            dialog.close();
          }
        } catch (problem) {
          explain(problem, fields, news, attempt);
        } finally {
          go.disabled = false;
        }
      }
    };
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      attempt();
    });
    (fields[0] ?? { focus: () => go.focus() }).focus();
  });
}

function contents(fields) {
  return Object.fromEntries(fields.map((field) => [field.name, field.read()]));
}

function check(fields) {
  const wrong = fields.filter((field) => {
    const message = field.problem();
    field.show(message);
    return message;
  });
  wrong[0]?.focus();
  return wrong.length === 0;
}

/** A conflict says so itself; what is wrong with a field, or a part of one, is said there; the rest above the fields. */
function explain(problem, fields, news, attempt) {
  if (problem.conflict) {
    fill(news, problem.conflict(attempt));
    news.querySelector('button')?.focus();
    return;
  }
  const told = (problem.errors ?? []).filter((error) => {
    const field = owner(fields, error);
    field?.show(error.message, error.field);
    return field;
  });
  if (told.length > 0 && told.length === problem.errors.length && !problem.next) {
    owner(fields, told[0]).focus();
  } else {
    fill(news, problemNote({ ...problem, message: problem.message, errors: [] }));
  }
}

function owner(fields, { field = '' }) {
  return fields.find((one) => field === one.name || field.startsWith(`${one.name}.`));
}
