/** What a place shows while it has nothing else to show, and what went wrong. */
import { button, fill, h } from './dom.js';

const ENDED = { message: 'Your session had ended, so nothing was done.', next: 'Once you are signed in again, do it again: nothing here was lost.' };

/** A problem in words: what happened, what to do, and for an operator under which id. */
export function problemNote(told, ...actions) {
  const problem = told.status === 401 ? ENDED : told;
  const fields = problem.errors?.filter((error) => error.message !== problem.message) ?? [];
  return h(
    'div',
    { class: 'note bad', role: 'alert' },
    h('p', {}, h('strong', {}, problem.message || 'Something went wrong.')),
    fields.length > 0 && h('ul', {}, fields.map((error) => h('li', {}, error.message))),
    problem.next && h('p', {}, problem.next),
    problem.status >= 500 && problem.requestId && h('p', { class: 'dim' }, `Request ${problem.requestId}`),
    actions.length > 0 && h('p', { class: 'actions' }, ...actions),
  );
}

/** Fills a place with what `load` gives: first a word of patience, then the result or what went wrong. */
export async function loading(place, load, show) {
  place.setAttribute('aria-busy', 'true');
  if (!place.hasChildNodes()) {
    place.replaceChildren(h('p', { class: 'state' }, 'Loading…'));
  }
  try {
    fill(place, show(await load()));
  } catch (problem) {
    if (problem.name !== 'AbortError') {
      fill(place, problemNote(problem, button('Try again', () => loading(place, load, show), { key: 'again' })));
    }
  } finally {
    place.removeAttribute('aria-busy');
  }
}

/** Nothing here yet, and what that means. */
export function empty(title, words, ...actions) {
  return h(
    'div',
    { class: 'empty' },
    h('img', { src: '/console/mark.svg', alt: '', width: 48, height: 48 }),
    h('h2', {}, title),
    h('p', {}, words),
    actions.length > 0 && h('p', { class: 'actions' }, ...actions),
  );
}

/** Why something is not offered. */
export function reason(words) {
  return h('p', { class: 'note' }, words);
}
