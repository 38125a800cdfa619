/** Drawings. They are made of elements with attributes, and what they look like is the style sheet's affair. */

const SVG = 'http://www.w3.org/2000/svg';

/** Makes an element of a drawing; children that are absent are left out, lists are taken apart. */
export function s(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** A drawing that says nothing by itself: what it shows is in words beside it. */
export function silent(attributes, ...children) {
  return s('svg', { 'aria-hidden': 'true', focusable: 'false', ...attributes }, ...children);
}

/** How parts are told apart: by colour, and by pattern too. */
const FILLS = [
  { class: 'part one' },
  { class: 'part two', fill: 'url(#hatched)' },
  { class: 'part three', fill: 'url(#dotted)' },
];

/** A piece of a bar or a column; `which` of the parts it stands for. */
export function part(which, box) {
  return s('rect', { ...box, ...FILLS[which] });
}

/** What the parts are filled with; once in a page that shows some. */
export function patterns() {
  return silent({ class: 'patterns', width: 0, height: 0 }, s('defs', {},
    pattern('hatched', 6, { patternTransform: 'rotate(45)' }, s('rect', { class: 'two', width: 3, height: 6 })),
    pattern('dotted', 4, {}, s('circle', { class: 'three', cx: 2, cy: 2, r: 1.25 }))));
}

function pattern(id, size, more, drawn) {
  return s('pattern', { id, width: size, height: size, patternUnits: 'userSpaceOnUse', ...more },
    s('rect', { class: 'ground', width: size, height: size }), drawn);
}
