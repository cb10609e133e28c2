/** What a person wrote or chose in a form, as pairs of name and value; what the program puts there is left out. */

const OURS = new Set(["csrf", "version"]);

export function valuesOf(form) {
  return [...new FormData(form)].filter(([name, value]) => !OURS.has(name) && typeof value === "string");
}

/** What the server gave in a form: a person may have written in it before the scripts were there. */
export function givenIn(form) {
  const copy = form.cloneNode(true);
  copy.reset();
  return valuesOf(copy);
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
  const buttons = field instanceof RadioNodeList ? [...field] : null;
  const label = buttons ? buttons[0].closest("fieldset")?.querySelector("legend") : field?.labels?.[0];
  const chosen = buttons?.find((each) => each.value === value)?.labels[0].querySelector(".choice__word");
  const option = field?.options && [...field.options].find((each) => each.value === value);
  return { label: label?.firstChild.textContent.trim() ?? name, words: (chosen ?? option)?.textContent ?? (value || "(vide)") };
}
