/**
 * The keyboard. `data-key="j"` on a link, button, field or summary makes one key reach it; `data-key="ctrl+Enter"` works
 * while typing too. `?` lists the keys, named by `data-key-help` or by the words of what they reach.
 * Single keys never act while typing, and not at all when the person switched them off (`<body data-keys="off">`).
 */

import { openDialog } from "./dialog.js";
import { make } from "./elements.js";
import { post } from "./server.js";

const NAMES = {
  ArrowLeft: "←", ArrowRight: "→", ArrowUp: "↑", ArrowDown: "↓", Enter: "Entrée", Escape: "Échap", " ": "Espace",
  ctrl: "Ctrl", alt: "Alt", shift: "Maj",
};
const TYPED = "textarea, select, [contenteditable=''], [contenteditable='true'], input:not([type=checkbox], [type=radio], [type=button], [type=submit], [type=reset])";

const singleKeysOn = () => document.body.dataset.keys === "on";
const isSingle = (key) => !/^(ctrl|alt)\+/.test(key);

/** Whether `event` is the key named `key`. Digits are found by place too: French keyboards give them with Shift only. */
function isPressed(key, event) {
  const modifiers = key.split("+");
  const name = key === "+" ? "+" : modifiers.pop();
  if (event.ctrlKey !== modifiers.includes("ctrl") || event.altKey !== modifiers.includes("alt") || event.metaKey) return false;
  if (/^\d$/.test(name)) return [`Digit${name}`, `Numpad${name}`].includes(event.code);
  if (/^\p{L}$/u.test(name)) return event.key === (event.getModifierState("CapsLock") ? swapped(name) : name);
  return event.key === name;
}

const swapped = (letter) => (letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase());

/** What keys can reach now: the first visible element of each key, inside the open dialog if there is one. */
function reachable() {
  const place = document.querySelector("dialog[open]") ?? document;
  const found = new Map();
  for (const subject of place.querySelectorAll("[data-key]")) {
    const usable = !subject.disabled && subject.ariaDisabled !== "true" && subject.checkVisibility();
    if (usable && !found.has(subject.dataset.key)) found.set(subject.dataset.key, subject);
  }
  return found;
}

function reach(subject) {
  subject.focus();
  if (!subject.matches(TYPED)) subject.click();
}

function help(subject) {
  if (subject.dataset.keyHelp) return subject.dataset.keyHelp;
  if (subject.ariaLabel) return subject.ariaLabel;
  const copy = subject.cloneNode(true);
  copy.querySelectorAll("kbd, [aria-hidden=true]").forEach((part) => part.remove());
  return copy.textContent.trim().replace(/\s+/g, " ") || (subject.labels?.[0]?.textContent.trim() ?? "");
}

function keyCaps(key) {
  const parts = key.length === 1 ? [key] : key.split("+");
  return parts.flatMap((part, index) => [...(index ? [" + "] : []), make("kbd", {}, NAMES[part] ?? part)]);
}

function switchBox() {
  const change = async (event) => {
    document.body.dataset.keys = event.target.checked ? "on" : "off";
    const data = new FormData();
    data.set("single_keys", document.body.dataset.keys);
    try {
      await post("/preferences", data);
    } catch {
      // Kept for this page only: the next one asks the server again.
    }
  };
  const box = make("input", { type: "checkbox", checked: singleKeysOn(), onchange: change });
  return make("label", { class: "choice" }, box, make("span", {}, "Touches simples (une lettre ou un chiffre agit)"));
}

async function showKeys() {
  const list = make("dl", { class: "keys" });
  for (const [key, subject] of [["?", null], ...reachable()]) {
    list.append(make("dt", {}, ...keyCaps(key)), make("dd", {}, subject ? help(subject) : "Montrer les touches"));
  }
  const note = make("p", { class: "muted" }, "Les touches simples n’agissent jamais pendant que vous écrivez.");
  const more = make("p", {}, make("a", { href: "/preferences" }, "Préférences et mot de passe"));
  await openDialog("Touches du clavier", [list, switchBox(), note, more], [{ value: "", label: "Fermer" }]);
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing) return;
  const mayBeSingle = singleKeysOn() && !event.target.closest?.(TYPED);
  for (const [key, subject] of reachable()) {
    if (isPressed(key, event) && (mayBeSingle || !isSingle(key))) {
      event.preventDefault();
      reach(subject);
      return;
    }
  }
  if (event.key === "?" && mayBeSingle && !document.querySelector("dialog[open]")) {
    event.preventDefault();
    showKeys();
  }
});

document.querySelector("[data-keys-help]")?.addEventListener("click", (event) => {
  event.preventDefault();
  showKeys();
});
