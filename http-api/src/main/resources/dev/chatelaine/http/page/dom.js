/** Elements. What is given as a child is text or an element, never markup. */

/**
 * Makes an element. `on…` functions become listeners, `true` an empty attribute; `false`, `null` and `undefined` none.
 * The same goes for children: an absent one is left out, a list is taken apart.
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') {
      element.addEventListener(name.slice(2).toLowerCase(), value);
    } else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(name, value === true ? '' : value);
    }
  }
  element.append(...present(children));
  return element;
}

/** Text that somebody chose, kept from turning its surroundings around. */
export function bdi(text) {
  return h('bdi', {}, String(text));
}

/** Text for screen readers alone. */
export function unseen(...children) {
  return h('span', { class: 'unseen' }, ...children);
}

/**
 * A button. `about` is what it acts on, said to those who do not see where it stands; `key` is what focus returns to
 * when the button is drawn again.
 */
export function button(label, onClick, { kind = 'quiet', about, key, disabled } = {}) {
  return h(
    'button',
    { type: 'button', class: kind, 'data-key': key, disabled, onClick },
    label,
    about && unseen(' ', bdi(about)),
  );
}

/** Fills a place anew; focus stays where it was, if what had it is there again. */
export function fill(place, ...children) {
  const key = place.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
  const lost = place.contains(document.activeElement);
  place.replaceChildren(...present(children));
  const again = key && [...place.querySelectorAll('[data-key]')].find((one) => one.dataset.key === key);
  if (again) {
    again.focus();
  } else if (lost) {
    document.querySelector('#main h1')?.focus();
  }
}

function present(children) {
  return children.flat().filter((child) => child !== null && child !== undefined && child !== false);
}
