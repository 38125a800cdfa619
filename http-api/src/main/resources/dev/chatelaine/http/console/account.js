/** The person and the tenant: always in sight, changed here, and what happens when the session ends. */
import { openDialog } from './dialog.js';
import { bdi, button, fill, h } from './dom.js';
import { formDialog } from './forms.js';
import { call, session as sessionEvents } from './http.js';
import { problemNote } from './states.js';
import { toast } from './toast.js';
import { roles } from './words.js';

/** Says who is signed in and where; `enter` begins anew with another session document. */
export function showWho(session, enter) {
  const here = session.tenants.find((one) => one.tenant === session.tenant);
  fill(
    document.querySelector('#who'),
    h('p', { class: 'whoami' },
      h('span', { class: 'subject' }, bdi(session.subject)),
      h('span', { class: 'dim' }, 'in ', h('strong', {}, bdi(session.tenant)),
        here?.roles.length ? ` as ${roles(here.roles)}` : '')),
    session.tenants.length > 1 &&
      button('Switch tenant', () => switchTenant(session, enter), { kind: 'plain small', key: 'switch' }),
    button('Sign out', signOut, { kind: 'plain small', key: 'sign-out' }),
  );
}

async function switchTenant(session, enter) {
  const group = new TenantChoice(session);
  const chosen = await formDialog({
    title: 'Switch tenant',
    intro: h('p', {}, 'What you see and change belongs to one tenant at a time.'),
    fields: [group],
    submit: 'Switch',
    send: ({ tenant }) => call('POST', '/console/session/tenant', { body: { tenant } }),
  });
  if (chosen) {
    enter(chosen);
    toast('You are now in ', bdi(chosen.tenant), '.');
  }
}

/** The person's tenants, of which one is marked. */
class TenantChoice {
  name = 'tenant';

  constructor(session) {
    this.element = h('fieldset', { class: 'field' }, h('legend', {}, 'Tenant'),
      session.tenants.map(({ tenant, roles: held }, i) => h('label', { class: 'option', for: `tenant-${i}` },
        h('input', { type: 'radio', name: 'tenant', id: `tenant-${i}`, value: tenant,
          checked: tenant === session.tenant }),
        h('span', {}, bdi(tenant), ' ', h('span', { class: 'dim' }, roles(held))))));
  }

  read() {
    return this.element.querySelector('input:checked').value;
  }

  problem() {
    return null;
  }

  show() {}

  clear() {}

  focus() {
    this.element.querySelector('input:checked').focus();
  }
}

async function signOut() {
  try {
    await call('DELETE', '/console/session');
    location.assign('/console/signed-out');
  } catch (problem) {
    if (problem.status !== 401) {
      openDialog('You are still signed in', h('div', { class: 'dialog-body' }, problemNote(problem)));
    }
  }
}

/** When the session ends, says so over whatever is shown, and keeps that until the person is back. */
export function watchSession(current) {
  let dialog;
  sessionEvents.addEventListener('ended', () => {
    dialog ??= openDialog('Your session has ended', ended(() => look(true)), { onClose: () => {
      dialog = undefined;
    } });
  });
  const look = async (asked) => {
    if (dialog) {
      const news = dialog.querySelector('.news');
      const back = await who();
      if (back?.subject === current().subject && back.tenants.some((one) => one.tenant === current().tenant)) {
        dialog.close();
        sessionEvents.dispatchEvent(new Event('back'));
        toast('You are signed in again.');
      } else if (back) {
        location.reload();
      } else if (asked) {
        news.textContent = 'You are not signed in yet.';
      }
    }
  };
  window.addEventListener('focus', () => look(false));
}

async function who() {
  const answer = await fetch('/console/session', { cache: 'no-store' }).catch(() => undefined);
  return answer?.ok ? answer.json() : undefined;
}

function ended(again) {
  return h('div', { class: 'dialog-body' },
    h('p', {}, 'It was not used for a while, or it was ended elsewhere. This page keeps what it shows, and what you typed.'),
    h('p', {}, 'Sign in again in another tab, then come back to this one.'),
    h('p', { class: 'news', role: 'status' }),
    h('p', { class: 'actions' },
      button('I am signed in again', again, { kind: 'plain' }),
      h('a', { class: 'button primary', href: '/console/sign-in', target: '_blank', rel: 'opener' }, 'Sign in')));
}
