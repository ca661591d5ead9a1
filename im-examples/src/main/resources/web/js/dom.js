// Building elements. Text only ever becomes a text node, so nothing that a user sends is read as markup.

const SVG = 'http://www.w3.org/2000/svg';

export const byId = id => document.getElementById(id);

/** el('button', { class: 'x', testid: 'y', text: 'z', data: {…}, attrs: {…}, on: { click } }, ...children) */
export function el(tag, options = {}, ...children) {
  const node = document.createElement(tag);
  if (options.class) node.className = options.class;
  if (options.testid) node.dataset.testid = options.testid;
  if (options.text !== undefined) node.textContent = options.text;
  Object.assign(node.dataset, options.data);
  for (const [name, value] of Object.entries(options.attrs ?? {})) node.setAttribute(name, value);
  for (const [name, handler] of Object.entries(options.on ?? {})) node.addEventListener(name, handler);
  node.append(...children);
  return node;
}

export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  const use = document.createElementNS(SVG, 'use');
  use.setAttribute('href', `#i-${name}`);
  svg.setAttribute('aria-hidden', 'true');
  svg.append(use);
  return svg;
}

/** Writing an unchanged value would restart transitions and make screen readers speak again. */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** Makes `parent` hold exactly `nodes`, moving as little as possible: focus and scroll position survive. */
export function place(parent, nodes) {
  const wanted = new Set(nodes);
  for (const child of [...parent.children]) if (!wanted.has(child)) child.remove();
  nodes.forEach((node, index) => {
    if (parent.children[index] !== node) parent.insertBefore(node, parent.children[index] ?? null);
  });
}
