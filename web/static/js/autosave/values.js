/** What a person wrote or chose in a form, as pairs of name and value; what the program puts there is left out. */

const OURS = new Set(["csrf", "version"]);

export function valuesOf(form) {
  return [...new FormData(form)].filter(([name, value]) => !OURS.has(name) && typeof value === "string");
}

/** Puts values back; a field without one is emptied, so that the form says what the values say. */
export function fill(form, values) {
  for (const field of form.elements) {
    if (!field.name || OURS.has(field.name) || ["hidden", "file", "submit", "button", "fieldset"].includes(field.type)) continue;
    const own = values.filter(([name]) => name === field.name).map(([, value]) => value);
    if (field.type === "checkbox" || field.type === "radio") field.checked = own.includes(field.value);
    else if (field.multiple) for (const option of field.options) option.selected = own.includes(option.value);
    else field.value = own[0] ?? "";
  }
}

export const same = (left, right) => JSON.stringify(left) === JSON.stringify(right);

/** How a field and its value are called on the page: « Niveau », « Fort ». */
export function inWords(form, name, value) {
  const field = form.elements[name];
  const first = field instanceof RadioNodeList ? field[0] : field;
  const label = first?.closest("fieldset")?.querySelector("legend") ?? first?.labels?.[0];
  const chosen = field instanceof RadioNodeList ? [...field].find((each) => each.value === value) : null;
  const option = first?.options && [...first.options].find((each) => each.value === value);
  const words = chosen?.labels?.[0]?.querySelector(".choice__word")?.textContent ?? option?.textContent ?? value;
  return { label: label?.textContent.trim() ?? name, words: words || "(vide)" };
}
