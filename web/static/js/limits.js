/**
 * A text that has a limit says so when it comes near, and when what is pasted is cut there: nothing is lost in silence.
 */

import { make } from "./elements.js";

const NEAR = 0.9; // of the limit
const figure = (count) => count.toLocaleString("fr-FR");

function tell(field, text) {
  let place = field.nextElementSibling;
  if (!place?.matches("[data-limit]")) {
    if (!text) return;
    place = make("p", { class: "field__hint on-screen", role: "status", "data-limit": "" });
    field.after(place);
  }
  place.textContent = text;
}

function count(field) {
  const left = field.maxLength - field.value.length;
  const many = left === 1 ? "caractère" : "caractères";
  tell(field, field.value.length < NEAR * field.maxLength ? "" : `Encore ${figure(left)}\u00a0${many} sur ${figure(field.maxLength)}.`);
}

document.addEventListener("input", ({ target }) => {
  if (target.matches?.("textarea[maxlength]")) count(target);
});

document.addEventListener("paste", ({ target, clipboardData }) => {
  if (!target.matches?.("textarea[maxlength]")) return;
  const pasted = clipboardData.getData("text").replaceAll("\r\n", "\n").length;
  const room = target.maxLength - target.value.length + (target.selectionEnd - target.selectionStart);
  if (pasted <= room) return;
  const cut = pasted - room;
  const told = `Le texte collé a été coupé\u00a0: il en manque la fin, ${figure(cut)}\u00a0${cut === 1 ? "caractère" : "caractères"} (${figure(target.maxLength)} au plus).`;
  setTimeout(() => tell(target, told));
});
