/** The way back from the organisation's provider. */
import { fill, h } from './dom.js';
import { call } from './http.js';
import { problemNote } from './states.js';

const answer = new URLSearchParams(location.search);
history.replaceState(null, '', location.pathname);

async function finish() {
  try {
    if (answer.has('error')) {
      throw { message: 'Your organisation did not sign you in.', next: 'Try again, or ask those who run its sign-in.' };
    }
    const body = { code: answer.get('code') ?? '', state: answer.get('state') ?? '' };
    const { next } = await call('POST', '/console/session/openid', { body });
    location.replace(next ?? '/console');
  } catch (problem) {
    document.querySelector('h1').textContent = 'You are not signed in';
    fill(document.querySelector('#news'), problemNote(problem, h('a', { class: 'button primary', href: '/console/sign-in' }, 'Sign in')));
  }
}

finish();
