/** A list that changes under the eyes of its reader: only what differs is touched. */

/**
 * Makes a table that is shown like another of the same columns, whose rows have ids. What is the same stays as it is,
 * and so do focus, scroll and what is unfolded.
 */
export function renew(shown, fresh) {
  const [before, after] = [shown, fresh].map((one) => one.querySelector('tbody'));
  const wanted = [...after.rows];
  const ids = new Set(wanted.map((row) => row.dataset.row));
  for (const row of [...before.rows].filter((one) => !ids.has(one.dataset.row))) {
    leave(row);
  }
  const known = new Map([...before.rows].map((row) => [row.dataset.row, row]));
  let place = before.firstElementChild;
  for (const row of wanted) {
    const same = known.get(row.dataset.row);
    if (same) {
      renewCells(same, row);
    }
    if (same && same === place) {
      place = place.nextElementSibling;
    } else {
      before.insertBefore(same ?? row, place);
    }
  }
}

function renewCells(before, after) {
  const fresh = [...after.cells];
  [...before.cells].forEach((cell, i) => {
    const now = fresh[i];
    unfold(cell, now);
    if (!cell.isEqualNode(now)) {
      exchange(cell, now);
    }
  });
}

/** What was unfolded is unfolded again. */
function unfold(cell, now) {
  for (const open of cell.querySelectorAll('details[open][data-key]')) {
    const same = [...now.querySelectorAll('details')].find((one) => one.dataset.key === open.dataset.key);
    same?.setAttribute('open', '');
  }
}

/** Focus goes to what stands where it was. */
function exchange(cell, now) {
  const focused = cell.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  cell.replaceWith(now);
  if (focused !== null) {
    const again = [...now.querySelectorAll('[data-key]')];
    const next = again.find((one) => one.dataset.key === focused && one.tabIndex >= 0) ?? again.find((one) => one.tabIndex >= 0);
    next?.focus({ preventScroll: true });
  }
}

function leave(row) {
  const focused = row.contains(document.activeElement);
  row.remove();
  if (focused) {
    document.querySelector('#main h1')?.focus({ preventScroll: true });
  }
}
