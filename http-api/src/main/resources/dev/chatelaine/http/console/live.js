/** Looking again and again, while there is somebody who sees it. */
import { session } from './http.js';

const EVERY = 2_000;
const UNUSED = 15 * 60_000;
const USES = ['keydown', 'pointerdown', 'pointermove', 'wheel'];

/**
 * Looks every two seconds until the signal aborts, never twice at a time. It waits while the tab is hidden, after the
 * person's session has ended until they are back, and, because looking counts as using that session, once nobody has
 * touched the page for a quarter of an hour; `resting` is told when that begins and when it is over.
 *
 * @param look looks once, and answers whether to go on; it throws nothing
 */
export function watch(look, { signal, resting }) {
  let used = Date.now();
  let waiting = false;
  let unused = false;
  const later = () => setTimeout(turn, EVERY);
  const turn = async () => {
    const idle = Date.now() - used > UNUSED;
    waiting = document.hidden || idle;
    if (idle && !unused && !signal.aborted) {
      resting(true);
    }
    unused = idle;
    if (!waiting && !signal.aborted) {
      waiting = !await look();
      if (!waiting) {
        later();
      }
    }
  };
  const again = () => {
    if (waiting && !signal.aborted) {
      waiting = false;
      turn();
    }
  };
  const use = () => {
    used = Date.now();
    if (unused) {
      unused = false;
      resting(false);
      again();
    }
  };
  USES.forEach((name) => window.addEventListener(name, use, { signal, passive: true }));
  document.addEventListener('visibilitychange', again, { signal });
  session.addEventListener('back', again, { signal });
  later();
}
