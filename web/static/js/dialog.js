/** One dialog at a time, made from elements; closed by its buttons or by Escape. */

import { make } from "./elements.js";

let count = 0;

/**
 * Opens a dialog and gives the value of the button that closed it ("" for Escape).
 * `buttons` are `{value, label, look}`, in order; the first one has the focus.
 */
export function openDialog(title, body, buttons) {
  const heading = make("h2", { id: `dialogue-${(count += 1)}` }, title);
  const dialog = make("dialog", { class: "dialog", "aria-labelledby": heading.id }, heading, ...body);
  const row = make("div", { class: "dialog__buttons" });
  for (const { value, label, look } of buttons) {
    const close = () => dialog.close(value);
    row.append(make("button", { type: "button", class: `button ${look ?? ""}`, onclick: close }, label));
  }
  dialog.append(row);
  document.body.append(dialog);
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue);
    });
    dialog.showModal();
    row.firstElementChild.focus();
  });
}
