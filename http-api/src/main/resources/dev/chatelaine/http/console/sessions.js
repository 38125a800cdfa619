/** Sessions: what runs with which values, as it is now. */
import { bdi, button, fill, h } from './dom.js';
import { watch } from './live.js';
import { renew } from './renew.js';
import { changes, said } from './session-changes.js';
import { resumeSession, stopSession } from './session-dialogs.js';
import { columns, row } from './session-rows.js';
import { startSession } from './session-start.js';
import { showToken } from './session-token.js';
import { read } from './sessions-api.js';
import { empty, loading, problemNote, reason } from './states.js';
import { table } from './table.js';
import { toast } from './toast.js';
import { count } from './words.js';

const PAGE = 50;
const STATUSES = { '': 'All', running: 'Running', stopped: 'Stopped' };
const clock = new Intl.DateTimeFormat('en', { timeStyle: 'medium' });

export const sessions = {
  id: 'sessions',
  title: 'Sessions',
  lead: 'What runs with which values. The list follows by itself what is started, stopped and given new values, here and elsewhere.',
  show(place, context) {
    const { rights } = context;
    if (!rights.sees('sessions:run')) {
      place.append(reason(rights.why('sessions:run')));
      return undefined;
    }
    return new SessionList(place, context).start();
  },
};

class SessionList {
  found = [];
  more = false;
  wanted = PAGE;
  raised = new Map();
  asked = new AbortController();

  constructor(place, { rights, signal }) {
    Object.assign(this, { rights, signal });
    this.news = h('div', {});
    this.outage = h('div', {});
    this.list = h('div', { class: 'listing' });
    this.told = h('p', { class: 'unseen', role: 'status', 'aria-live': 'polite' });
    signal.addEventListener('abort', () => this.asked.abort());
    const why = rights.why('sessions:run');
    place.append(...[why && reason(why), this.filters(!why), this.news, this.outage, this.told, this.list].filter(Boolean));
  }

  async start() {
    await this.load();
    watch(() => this.look(), { signal: this.signal, resting: (rests) => this.rest(rests) });
  }

  filters(mayStart) {
    this.status = h('select', { id: 'session-status', onChange: () => this.load() },
      Object.entries(STATUSES).map(([key, words]) => h('option', { value: key }, words)));
    return h('form', { class: 'filters', onSubmit: (event) => event.preventDefault() },
      h('div', { class: 'field short' }, h('label', { for: this.status.id }, 'Status'), this.status),
      mayStart && button('Start a session', () => this.act(startSession), { kind: 'primary', key: 'start' }));
  }

  read(signal) {
    return read({ status: this.status.value }, this.wanted, signal);
  }

  /** Reads the list because the person did something. */
  async load() {
    this.asked.abort();
    this.asked = new AbortController();
    const { signal } = this.asked;
    await loading(this.list, async () => {
      this.take(await this.read(signal));
      this.told.textContent = `${count(this.found.length, 'session', 'sessions')} shown${this.more ? ', and there are more' : ''}.`;
      fill(this.outage);
    }, () => this.draw());
  }

  /** Looks again, and shows what has changed since. Answers whether to go on. */
  async look() {
    const { signal } = this.asked;
    try {
      const now = await this.read(signal);
      if (!signal.aborted) {
        this.follow(now);
      }
    } catch (problem) {
      if (problem.name !== 'AbortError') {
        this.lost(problem);
      }
      return problem.status !== 401;
    }
    return true;
  }

  follow(now) {
    const changed = changes(this.found, now.found);
    this.take(now);
    if (this.outage.hasChildNodes()) {
      fill(this.outage);
      this.told.textContent = 'The list is up to date again.';
    }
    if (changed.length > 0) {
      this.told.textContent = said(changed);
    }
    const shown = this.list.querySelector('table');
    const drawn = h('div', {}, this.draw());
    const fresh = drawn.querySelector('table');
    if (shown && fresh && Boolean(this.list.querySelector('.more')) === this.more) {
      renew(shown, fresh);
    } else if (shown || fresh || !this.list.querySelector('.empty')) {
      fill(this.list, [...drawn.childNodes]);
    }
  }

  /** The news of a rise stays for a while. */
  take({ found, more }) {
    for (const { kind, one, before } of changes(this.found, found)) {
      if (kind === 'revision') {
        this.raised.set(one.id, { from: before.revision, at: Date.now() });
      }
    }
    Object.assign(this, { found, more, at: new Date() });
  }

  lost(problem) {
    if (this.at && !this.outage.hasChildNodes()) {
      const next = `Shown is how it was at ${clock.format(this.at)}. The list goes on by itself once it can be read again.`;
      fill(this.outage, problemNote({ ...problem, message: problem.message, next }));
    }
  }

  rest(rests) {
    fill(this.outage, rests && h('p', { class: 'note', role: 'status' },
      `Nobody used this page for a while, so the list stands still: it is that of ${clock.format(this.at)}. It goes on when you move the pointer or press a key.`));
  }

  draw() {
    if (this.found.length === 0) {
      return this.nothing();
    }
    return [
      table('Sessions, the newest first', columns, this.found.map((one) => row(one, this.raised.get(one.id), this.actions(one))),
        this.found.map((one) => one.id)),
      this.more && h('p', { class: 'more' }, button('Show more', () => {
        this.wanted = this.found.length + PAGE;
        this.load();
      }, { kind: 'plain', key: 'more' })),
    ];
  }

  nothing() {
    return this.status.value ? empty('Nothing fits', `No session is ${this.status.value}.`)
      : empty('No sessions yet', 'Start one here and hand its token to an agent, or let a command have one of its own:',
        h('code', { class: 'code' }, 'chatelaine session run --bundle github-bot -- ./agent'));
  }

  actions(one) {
    const running = one.status === 'running';
    const about = `${one.agent.kind} ${one.id}`;
    return this.rights.has('sessions:run') && (running
      ? button('Stop', () => this.act(() => stopSession(one)), { kind: 'plain small', about, key: `stop ${one.id}` })
      : button('Resume', () => this.act(() => resumeSession(one)), { kind: 'plain small', about, key: `resume ${one.id}` }));
  }

  /** Does something that answers the session it was done to, or nothing; shows its token where it has a new one. */
  async act(what) {
    try {
      const done = await what();
      if (done) {
        fill(this.news);
        await (done.runtime && showToken(done));
        await this.load();
        toast(bdi(done.agent?.kind ?? 'The session'), done.runtime ? ' runs.' : ' was stopped.');
      }
    } catch (problem) {
      fill(this.news, problemNote(problem));
    }
  }
}
