/** The console: who is signed in, which section is shown. */
import { showWho, watchSession } from './account.js';
import { audit } from './audit.js';
import { bundles } from './bundles.js';
import { configurations } from './configurations.js';
import { fill, h } from './dom.js';
import { gatewayKeys } from './gateway-keys.js';
import { actIn, call } from './http.js';
import { Rights } from './may.js';
import { providers } from './providers.js';
import { secrets } from './secrets.js';
import { sessions } from './sessions.js';
import { problemNote } from './states.js';
import { usage } from './usage.js';

const SECTIONS = [providers, secrets, configurations, bundles, sessions, gatewayKeys, usage, audit];

const main = document.querySelector('#main');
let shown = new AbortController();
let current;

function at(section) {
  return `/console/${section.id}`;
}

/** A link to a section, followed without another page; with a modifier it does what links do. */
function go(event) {
  if (!event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey) {
    event.preventDefault();
    history.pushState(null, '', event.currentTarget.href);
    show();
  }
}

/** Shows the section that the address names; the first one if it names none. */
function show({ focus = true } = {}) {
  const section = SECTIONS.find((one) => location.pathname === at(one)) ?? SECTIONS[0];
  shown.abort();
  shown = new AbortController();
  const heading = h('h1', { tabindex: '-1' }, section.title);
  const content = h('div', { class: 'content' });
  main.replaceChildren(h('div', { class: 'headline' }, heading, h('p', { class: 'lead' }, section.lead)), content);
  document.title = `${section.title} · ${current.tenant} · Chatelaine`;
  for (const link of document.querySelectorAll('#sections a')) {
    link.removeAttribute('aria-current');
    if (link.pathname === at(section)) {
      link.setAttribute('aria-current', 'page');
    }
  }
  if (focus) {
    heading.focus();
  }
  section.show(content, { rights: new Rights(current), session: current, signal: shown.signal });
}

function enter(session, options) {
  current = session;
  actIn(session.tenant);
  showWho(session, (other) => enter(other));
  show(options);
}

async function start() {
  try {
    const session = await call('GET', '/console/session');
    fill(document.querySelector('#sections'), SECTIONS.map((section) =>
      h('li', {}, h('a', { href: at(section), onClick: go }, section.title))));
    watchSession(() => current);
    enter(session, { focus: false });
    window.addEventListener('popstate', () => show());
  } catch (problem) {
    if (problem.status === 401) {
      location.replace(`/console/sign-in?${new URLSearchParams({ next: location.pathname })}`);
    } else {
      main.replaceChildren(problemNote(problem, h('a', { href: '/console' }, 'Try again')));
    }
  }
}

document.querySelector('.skip').addEventListener('click', (event) => {
  event.preventDefault();
  main.focus();
});
start();
