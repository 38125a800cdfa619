/**
 * The entry page's comfort: many lines, files, and answers that do not lose what was typed. Without it the form is a
 * plain form of one line.
 */
import { button, h } from './dom.js';
import { ValueField } from './value-field.js';
import { look, Watch } from './watch.js';

const AWAY = 'Chatelaine does not answer: the program that asked for this may have ended. What you typed is still here.'
  + ' If it stays so, ask the assistant again for a new link.';

class EntryForm {
  #form;
  #field;
  #watch;
  #sending = false;
  #store = document.getElementById('store');
  #notice = document.getElementById('notice');
  #away = document.getElementById('away');

  constructor(form) {
    this.#form = form;
    this.#field = new ValueField(document.getElementById('value'), { trims: 'trims' in form.dataset });
    form.noValidate = true;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#send(form.elements.replacing?.value);
    });
    form.addEventListener('input', () => this.#field.control.removeAttribute('aria-invalid'));
    this.#watch = new Watch({
      ended: (problem) => this.#closed(problem),
      away: () => say(this.#away, AWAY),
      back: () => say(this.#away),
    });
    this.#field.focus();
  }

  /** Once at a time, however often somebody presses. */
  async #send(replacing) {
    if (this.#sending) {
      return;
    }
    if (this.#field.problem) {
      this.#wrong(this.#field.problem);
      return;
    }
    this.#busy(true);
    this.#store.hidden = false;
    say(this.#notice);
    try {
      await this.#answered(await this.#post(replacing), replacing);
      say(this.#away);
    } catch {
      say(this.#away, AWAY);
    } finally {
      this.#busy(false);
    }
  }

  /** A button that is switched off would lose the focus. */
  #busy(sending) {
    this.#sending = sending;
    this.#store.setAttribute('aria-disabled', String(sending));
  }

  #post(replacing) {
    const fields = new URLSearchParams({ token: this.#form.elements.token.value, value: this.#field.value });
    if (replacing !== undefined) {
      fields.set('replacing', replacing);
    }
    return fetch(location.href, { method: 'POST', body: fields, headers: { Accept: 'application/json' }, cache: 'no-store' });
  }

  async #answered(response, replacing) {
    const answer = await response.json().catch(() => ({}));
    if (response.ok) {
      this.#finish('Stored. You can close this page.', 'good', h('bdi', { class: 'what' }, answer.name),
        ' is in the vault. Whoever asked for it sees that it is there, and nothing of the value.');
    } else if (response.status === 410) {
      this.#closed(answer);
    } else if (response.status === 401) {
      this.#signedOut();
    } else if (response.status === 409) {
      await this.#changed(answer);
    } else if (answer.code === 'form_refused' && await this.#newToken()) {
      await this.#answered(await this.#post(replacing), replacing);
    } else {
      this.#wrong(answer.detail ?? 'It could not be stored. Try again.');
    }
  }

  #signedOut() {
    const again = `/console/sign-in?${new URLSearchParams({ next: location.pathname })}`;
    say(this.#notice, 'You are not signed in any more. What you typed is still here: ',
      h('a', { href: again, target: '_blank', rel: 'noopener' }, 'sign in on another page'), ', then store it here.');
  }

  /** After a new sign-in the form needs its token; the same one again would only be refused again. */
  async #newToken() {
    const token = this.#form.elements.token;
    const answer = await look();
    const known = answer.ok ? (await answer.json()).token : token.value;
    const other = known !== token.value;
    token.value = known;
    return other;
  }

  /** Somebody else stored something since: what was typed stays until the person has decided. */
  async #changed(problem) {
    const answer = await look();
    const present = answer.ok ? await answer.json() : {};
    if (!present.changed) {
      this.#wrong(problem.detail);
      return;
    }
    const since = present.changed_at ? ` (${new Date(present.changed_at).toLocaleString()})` : '';
    const recipient = present.endpoint ? ` Its key is sent to ${present.endpoint} now.` : '';
    const words = h('p', { tabindex: '-1', class: 'told' },
      `Somebody changed it since this page was opened${since}.${recipient} What you typed is still here.`);
    this.#notice.replaceChildren(words, h('p', { class: 'actions' },
      button('Replace it with mine', () => this.#send(present.revision), { kind: 'danger' }),
      button('Leave it as it is', () => this.#leave(), { kind: 'plain' })));
    this.#store.hidden = true;
    words.focus();
  }

  #leave() {
    this.#finish('Nothing was stored', '',
      'What is there was left as it is. You can close this page; the link works until it ends.');
  }

  #wrong(message) {
    say(this.#notice, message);
    this.#field.control.setAttribute('aria-invalid', 'true');
    this.#field.focus();
  }

  #closed(problem) {
    this.#finish('This page is closed', '', problem.detail ?? 'Ask the assistant for a new link.');
  }

  #finish(heading, kind, ...words) {
    this.#watch.stop();
    this.#field.clear();
    const title = h('h1', { tabindex: '-1' }, heading);
    const page = document.getElementById('page');
    page.className = kind;
    page.replaceChildren(title, h('p', {}, ...words));
    document.title = `${heading} · Chatelaine`;
    title.focus();
  }
}

function say(place, ...words) {
  place.replaceChildren(...(words.length ? [h('p', {}, ...words)] : []));
}

function showLocalTime(time) {
  time.textContent = new Date(time.dateTime).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
}

const form = document.getElementById('entry');
if (form) {
  showLocalTime(document.getElementById('expires'));
  new EntryForm(form);
}
