// What the scripts of our pages share. It stands before each of them.

const PATIENCE = 10000; // ms until a silent Python is reported

/** Make an element. `on…` names are listeners, other names attributes; children are nodes, plain text, or lists of them. */
function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null) node.setAttribute(name, value);
  }
  node.append(...children.flat(Infinity).filter((child) => child != null && child !== "" && child !== false));
  return node;
}

/** An element that can hold the focus. The mark keeps the notebook's single-key commands away from it. */
const control = (tag, attributes, ...children) =>
  make(tag, { ...attributes, "data-lm-suppress-shortcuts": "true" }, ...children);

/** A link where the address is one a browser may follow; plain text where not. */
function link({ cite, href }, attributes = {}) {
  if (!/^https?:\/\//.test(href)) return cite;
  return control("a", { ...attributes, href, target: "_blank", rel: "noopener noreferrer" }, cite);
}
