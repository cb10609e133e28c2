/**
 * `data-confirm="Retirer 12 dossiers ?"` on a button, a link or a form: asks before it is done.
 * `data-confirm-action` names the button that does it (else the words of what was pressed).
 */

import { openDialog } from "./dialog.js";
import { make } from "./elements.js";

const agreed = new WeakSet();

async function ask(event, subject, again) {
  if (agreed.delete(subject)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const words = subject.dataset.confirmAction ?? (subject.textContent.trim() || "Confirmer");
  const answer = await openDialog(subject.dataset.confirm, [], [
    { value: "", label: "Annuler" },
    { value: "oui", label: words, look: "button--danger" },
  ]);
  if (answer !== "oui") return;
  // The server asks again who was not asked here (« confirme »).
  const form = subject.form ?? subject.closest("form");
  if (form && !form.elements.confirme) form.append(make("input", { type: "hidden", name: "confirme", value: "true" }));
  agreed.add(subject);
  again();
}

document.addEventListener(
  "click",
  (event) => {
    const subject = event.target.closest("a[data-confirm], button[data-confirm]");
    if (subject) ask(event, subject, () => subject.click());
  },
  true,
);

document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    if (form.matches("form[data-confirm]")) ask(event, form, () => form.requestSubmit(event.submitter));
  },
  true,
);
