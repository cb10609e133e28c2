/**
 * The reading room: the viewer with the passages of one marker, choices without leaving the page, passages added by
 * selecting words, passages walked through from the keyboard.
 */

import { openViewer } from "./pdf/viewer.js";
import { loggedOut, post, told } from "./server.js";

const place = document.getElementById("dossier");
const said = document.getElementById("dit");
const adding = document.getElementById("ajout");
const invitation = document.getElementById("invite");

const list = () => document.getElementById("passages");
const items = () => [...list().querySelectorAll("[data-passage]")];
const marks = () => JSON.parse(list().dataset.marks);
const currentItem = () => list().querySelector(".passage--current");

const viewer = await openViewer(place, { files: JSON.parse(place.dataset.files), wordsUrl: place.dataset.words });
viewer.show(marks());

/** What went well is told to screen readers, who do not see it; trouble to all. */
function say(text, { trouble = false } = {}) {
  said.className = trouble ? "notice notice--error" : "unseen";
  said.textContent = text;
}

const unheard = () => say("Le serveur ne répond pas\u00a0: rien n’est enregistré de ce choix. Recommencez dans un instant.", { trouble: true });

// The current passage: its buttons are the ones that keys reach.

const KEYS = { keep: ["e", "Garder le passage"], aside: ["x", "Écarter le passage"], withdraw: ["u", "Annuler le choix"] };

function makeCurrent(item, { focus = false, scroll = true } = {}) {
  for (const each of items()) each.classList.toggle("passage--current", each === item);
  for (const button of list().querySelectorAll("[data-act]")) {
    const own = item?.contains(button);
    if (own) [button.dataset.key, button.dataset.keyHelp] = KEYS[button.dataset.act];
    else delete button.dataset.key;
  }
  const link = item?.querySelector("[data-place]");
  for (const each of list().querySelectorAll("[data-place]")) delete each.dataset.key;
  if (link) [link.dataset.key, link.dataset.keyHelp] = ["g", "Montrer le passage sur la page"];
  if (focus) item?.focus({ preventScroll: true });
  if (scroll) item?.scrollIntoView({ block: "nearest" });
}

function step(by) {
  const all = items();
  const at = all.indexOf(currentItem());
  const next = all[Math.min(all.length - 1, Math.max(0, at + by))];
  if (!next) return;
  makeCurrent(next, { focus: true });
  viewer.goTo(next.id);
}

for (const button of document.querySelectorAll("[data-step]")) {
  button.addEventListener("click", () => step(Number(button.dataset.step)));
}

viewer.on("activate", (id) => makeCurrent(document.getElementById(id)));

document.addEventListener("click", (event) => {
  const item = event.target.closest("[data-passage]");
  if (item) makeCurrent(item);
  const link = event.target.closest("[data-place]");
  if (!link) return;
  event.preventDefault();
  viewer.goTo(link.dataset.place);
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.matches("[data-passage]")) return;
  event.preventDefault();
  viewer.goTo(event.target.id);
});

// Going into « Écarter… » leads to its field.
document.addEventListener(
  "toggle",
  (event) => {
    if (event.target.matches?.(".passage__aside[open]")) event.target.querySelector("input[name=raison]").focus();
  },
  true,
);

// Choices: the list and the highlights are made again, the page stays where it is.

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("[data-choice]")) return;
  event.preventDefault();
  const id = form.closest("[data-passage]")?.id ?? `passage-${form.elements.start.value}-${form.elements.end.value}`;
  let answer;
  try {
    answer = await post(form.action, new FormData(form));
  } catch {
    return unheard();
  }
  if (!answer.ok) return refused(answer);
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("passages");
  list().replaceWith(fresh);
  if (form === adding) clearSelection();
  viewer.show(marks());
  makeCurrent(document.getElementById(id), { focus: true });
  say("Choix enregistré.");
});

async function refused(answer) {
  if (loggedOut(answer)) return location.reload();
  const { message, advice } = await told(answer);
  say(`${message} ${advice}`, { trouble: true });
}

// Words selected on the page

function clearSelection() {
  document.getSelection().removeAllRanges();
  showSelection(null);
}

function showSelection(found) {
  adding.hidden = !found;
  invitation.hidden = Boolean(found);
  if (!found) return;
  for (const name of ["document", "start", "end"]) adding.elements[name].value = found[name];
  adding.querySelector(".add__words").textContent = `«\u00a0${found.quote}\u00a0»`;
  adding.querySelector(".add__part").hidden = found.whole;
  adding.scrollIntoView({ block: "nearest" });
}

adding?.querySelector("[data-leave]").addEventListener("click", clearSelection);

let asking = 0;

viewer.on("select", async (selection) => {
  if (!adding) return;
  const turn = (asking += 1);
  if (!selection) return; // Pressing the button takes the selection away: what was found stays until another.
  const body = new Blob([JSON.stringify({ regions: selection.regions })], { type: "application/json" });
  const answer = await post(place.dataset.selection, body).catch(() => null);
  if (turn !== asking) return;
  if (!answer) return unheard();
  if (!answer.ok) return refused(answer);
  say("");
  showSelection(await answer.json());
});

// The answer: one key leads to what was chosen, or to all the levels together: never to one more than to another.

const answer = document.getElementById("reponse");

document.getElementById("vers-reponse").addEventListener("click", (event) => {
  const levels = answer.querySelector("fieldset fieldset");
  const subject = answer.querySelector("[name=value]:checked") ?? levels ?? answer.querySelector("textarea");
  if (answer.querySelector("fieldset").disabled) return;
  event.preventDefault();
  if (subject === levels) levels.tabIndex = -1;
  subject.focus();
});

// Who wants the official wording of levels wants it on the next marker too.

const WORDINGS = "reperes:libelles";
const wordings = document.querySelector(".levels");
if (wordings) {
  wordings.open = localStorage.getItem(WORDINGS) === "1";
  wordings.addEventListener("toggle", () => localStorage.setItem(WORDINGS, wordings.open ? "1" : "0"));
}

// The pages stay where they are when an answer is submitted, and where a marker has no passage to go to.

const VIEW = `reperes:vue:${place.dataset.words}`;
const before = JSON.parse(sessionStorage.getItem(VIEW) ?? "null");
sessionStorage.removeItem(VIEW);
let submitted = false;
answer.addEventListener("submit", () => (submitted = true));
addEventListener("pagehide", () => sessionStorage.setItem(VIEW, JSON.stringify({ view: viewer.view(), submitted })));

const asked = document.getElementById(location.hash.slice(1))?.closest("[data-passage]");
makeCurrent(asked ?? items()[0], { scroll: false });
const fromHere = document.referrer.startsWith(location.origin + location.pathname);
const stays = before?.view && fromHere && !asked && (before.submitted || items().length === 0);
if (!(stays && viewer.restore(before.view)) && items().length) viewer.goTo(currentItem().id);
