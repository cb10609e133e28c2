/**
 * Makes an element: `make("button", {class: "x", type: "button", onclick: go}, "Text", child)`.
 * Attributes that are null or false are left out; `on…` are listeners. Text is never read as HTML.
 */
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children);
  return element;
}
