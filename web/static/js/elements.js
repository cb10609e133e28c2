/**
 * Makes an element: `make("button", {class: "button", type: "button", onclick: go}, "Text", child)`.
 * Attributes that are null or false are left out; `on…` are listeners. Text is never read as HTML.
 */
export function make(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children);
  return made;
}
