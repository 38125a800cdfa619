/** Money: whole micro-dollars from end to end, so that no fraction is ever added up. */

const MICRO = 1_000_000;
const CENT = 10_000;
const TYPED = /^\$? ?(\d{1,10})(?:\.(\d{0,6}))?$/;

/** Dollars to the last digit that there is, and at least to the cent: $0.0042. */
export function usd(micro) {
  const part = micro % MICRO;
  const digits = String(part).padStart(6, '0').replace(/0+$/, '').padEnd(2, '0');
  return `$${((micro - part) / MICRO).toLocaleString('en')}.${digits}`;
}

/** The same to the cent, from a dollar on. */
export function usdAbout(micro) {
  return usd(micro < MICRO ? micro : Math.round(micro / CENT) * CENT);
}

/** The micro-dollars that somebody typed, as 25 or 0.50; null where they typed something else. */
export function microUsd(text) {
  const [, whole, part = ''] = TYPED.exec(text.trim()) ?? [];
  return whole === undefined ? null : Number(whole) * MICRO + Number(part.padEnd(6, '0'));
}

/** As it is typed. */
export function typed(micro) {
  return usd(micro).replace(/[$,]/g, '');
}
