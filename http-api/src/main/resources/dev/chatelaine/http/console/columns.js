/** Columns over days, drawn for the room that there is. */
import { h } from './dom.js';
import { part, s } from './svg.js';

const HEIGHT = 11;
const FOOT = 1.5;
const HEAD = 0.5;
const LETTER = 0.43;
const LABEL = 3.5;
const MARKS = 4;
const FILLED = 0.74;

const short = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', timeZone: 'UTC' });
const whole = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeZone: 'UTC' });

/** A day (`2026-11-22`) in words. */
export function dayOf(day) {
  return whole.format(new Date(day));
}

/**
 * A chart of `days`, each `{day, parts, said?}`, that is drawn anew when its room changes.
 *
 * @param said what it shows, for who does not see it
 * @param say a figure in words, and `about` the same where there is little room
 */
export function columns({ said, days, say, about }) {
  const place = h('div', { class: 'plot' });
  new ResizeObserver(() => {
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    if (place.clientWidth > 0) {
      place.replaceChildren(drawing(place.clientWidth, rem, { said, days, say, about }));
    }
  }).observe(place);
  return place;
}

function drawing(width, rem, { said, days, say, about }) {
  const marks = steps(Math.max(...days.map(size)), MARKS);
  const top = marks[marks.length - 1];
  const left = (Math.max(...marks.map((mark) => about(mark).length)) * LETTER + 0.5) * rem;
  const slot = (width - left) / days.length;
  const floor = (HEIGHT - FOOT) * rem;
  const scale = (floor - HEAD * rem) / top;
  return s('svg', { class: 'columns', role: 'img', 'aria-label': said, width, height: HEIGHT * rem, focusable: 'false' },
    marks.map((mark) => line(mark, { left, width, y: floor - mark * scale, rem, about })),
    days.map((one, i) => column(one, { x: left + i * slot, slot, floor, scale, height: floor, say })),
    named(days, slot, rem).map((i) => label(days[i], { x: left + (i + 0.5) * slot, width, y: HEIGHT * rem - 0.35 * rem, rem })));
}

function line(mark, { left, width, y, rem, about }) {
  return [
    s('line', { class: mark === 0 ? 'floor' : 'mark', x1: left, x2: width, y1: y, y2: y }),
    s('text', { x: left - 0.4 * rem, y: y + 0.25 * rem, 'text-anchor': 'end' }, about(mark)),
  ];
}

function column(one, { x, slot, floor, scale, height, say }) {
  const wide = Math.max(slot * FILLED, 1);
  let y = floor;
  const pieces = one.parts.map((of, which) => {
    const high = of > 0 ? Math.max(of * scale, 1) : 0;
    y -= high;
    return high > 0 && part(which, { x: x + (slot - wide) / 2, y, width: wide, height: high });
  });
  return s('g', { class: 'column' }, s('title', {}, `${dayOf(one.day)}: ${one.said ?? say(size(one))}`),
    s('rect', { class: 'slot', x, y: 0, width: slot, height }), pieces);
}

/** Which days have room for their names, the last one first. */
function named(days, slot, rem) {
  const stride = Math.max(Math.ceil((LABEL * rem) / slot), 1);
  return days.map((_, i) => i).filter((i) => (days.length - 1 - i) % stride === 0);
}

/** At the right edge a name ends there. */
function label({ day }, { x, width, y, rem }) {
  const edge = x + (LABEL / 2) * rem > width;
  return s('text', { x: edge ? width : x, y, 'text-anchor': edge ? 'end' : 'middle' }, short.format(new Date(day)));
}

/** From nought up to the highest or above, by ones, twos or fives of some power of ten, in few steps. */
export function steps(highest, most) {
  const factors = [2, 2.5, 2];
  let step = 1;
  for (let i = 0; highest > step * most; i++) {
    step *= factors[i % factors.length];
  }
  return Array.from({ length: Math.max(Math.ceil(highest / step), 1) + 1 }, (_, i) => i * step);
}

function size({ parts }) {
  return parts.reduce((sum, of) => sum + of, 0);
}
