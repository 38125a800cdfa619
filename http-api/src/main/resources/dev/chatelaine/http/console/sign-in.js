/** Signing in, by the one-time link that led here or by the organisation's OpenID provider. */
import { button, fill, h } from './dom.js';
import { call } from './http.js';
import { problemNote } from './states.js';

const news = document.querySelector('#news');
const openid = document.querySelector('#openid');

/** The link's secret is in the fragment, which no server and no log sees; it leaves the address at once. */
function secretOfLink() {
  const secret = location.hash.slice(1);
  if (secret) {
    history.replaceState(null, '', location.pathname + location.search);
  }
  return secret;
}

/** Where the person was going. */
function wanted() {
  const next = new URLSearchParams(location.search).get('next');
  return next ? { next } : {};
}

async function enter(secret) {
  fill(news, h('p', { class: 'note', role: 'status' }, 'Signing you in…'));
  try {
    const { next } = await call('POST', '/console/session/link', { body: { link: secret, ...wanted() } });
    location.replace(next);
  } catch (problem) {
    const spent = problem.status >= 400 && problem.status < 500;
    fill(news, spent ? problemNote(problem) : problemNote(problem, button('Try again', () => enter(secret), { kind: 'plain' })));
  }
}

async function offer() {
  try {
    const options = await call('GET', '/console/session/options');
    openid.hidden = !options.openid;
    await call('GET', '/console/session');
    fill(news, h('p', { class: 'note good', role: 'status' }, 'You are signed in. ', h('a', { href: '/console' }, 'Go to the console')));
  } catch (problem) {
    if (problem.status !== 401) {
      fill(news, problemNote(problem, button('Try again', offer, { kind: 'plain' })));
    }
  }
}

async function away() {
  try {
    const { location: there } = await call('POST', '/console/session/openid/start', { body: wanted() });
    location.assign(there);
  } catch (problem) {
    fill(news, problemNote(problem));
  }
}

document.querySelector('#openid-start').addEventListener('click', away);
const secret = secretOfLink();
if (secret) {
  enter(secret);
} else {
  offer();
}
