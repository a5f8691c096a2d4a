// Making elements. Text from the project only ever becomes a text node or an attribute's value here: it cannot become markup.

const kSvg = 'http://www.w3.org/2000/svg';

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : value);
  }
  for (const child of children.flat()) {
    if (child !== undefined && child !== null && child !== false) element.append(child);
  }
  return element;
}

/** h('button', { class: 'x', onclick: f }, 'text', element, …) */
const h = (tag, attributes = {}, ...children) => fill(document.createElement(tag), attributes, children);

/** The same for SVG. */
const s = (tag, attributes = {}, ...children) => fill(document.createElementNS(kSvg, tag), attributes, children);

const plural = (count, noun) => `${count} ${noun}${count === 1 ? '' : 's'}`;
