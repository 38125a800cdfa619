/** The ticket of this page, asked about while it is open. */

const EVERY_MILLISECONDS = 3000;
const MISSES_TO_TELL = 2;

/** Asks the server what it knows of the ticket: the answer, or a rejection where nobody answers. */
export function look() {
  return fetch(location.href, { headers: { Accept: 'application/json' }, cache: 'no-store' });
}

/**
 * Looks at the ticket again and again, so that nobody types in vain.
 *
 * `ended` gets a refusal of the ticket, after which nothing is looked at any more; `away` and `back` tell when nobody
 * answers any longer, and when somebody does again.
 */
export class Watch {
  #tell;
  #misses = 0;
  #timer;
  #stopped = false;

  constructor(tell) {
    this.#tell = tell;
    this.#later();
    window.addEventListener('pageshow', (event) => event.persisted && this.#now());
  }

  stop() {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  #later() {
    clearTimeout(this.#timer);
    if (!this.#stopped) {
      this.#timer = setTimeout(() => this.#now(), EVERY_MILLISECONDS);
    }
  }

  async #now() {
    try {
      const response = await look();
      if (!this.#stopped) {
        await this.#answered(response);
      }
    } catch {
      this.#missed();
    }
    this.#later();
  }

  async #answered(response) {
    if (response.status === 410) {
      const problem = await response.json();
      this.stop();
      this.#tell.ended(problem);
      return;
    }
    if (this.#misses >= MISSES_TO_TELL) {
      this.#tell.back();
    }
    this.#misses = 0;
  }

  #missed() {
    this.#misses++;
    if (this.#misses === MISSES_TO_TELL && !this.#stopped) {
      this.#tell.away();
    }
  }
}
