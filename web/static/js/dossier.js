/**
 * The page of a dossier. One card is the current one: single letters are its buttons', its proofs are highlighted.
 * Decisions are sent without leaving the page.
 */

import { Note } from "./dossier/note.js";
import { openViewer } from "./pdf/viewer.js";
import { loggedOut, piece, post, silence, told } from "./server.js";

const ITEM = "[data-item]";
const { files, wordsUrl, highlights } = JSON.parse(document.getElementById("dossier").textContent);
let viewer = null;
let current = null;

const visibleItems = () => [...document.querySelectorAll(ITEM)].filter((item) => item.checkVisibility());

function choose(item) {
  if (item === current) return;
  for (const reached of current?.querySelectorAll("[data-item-key]") ?? []) delete reached.dataset.key;
  current?.classList.remove("item--current");
  current = item;
  item.classList.add("item--current");
  const proof = item.querySelector("[data-place]");
  if (proof) Object.assign(proof.dataset, { itemKey: "g", keyHelp: "Aller à la preuve" });
  giveKeys(item);
  viewer?.show(highlights[item.id] ?? []);
}

/** The letters of a card; what is open already is reached in its field. */
function giveKeys(item) {
  for (const reached of item.querySelectorAll("[data-item-key]")) {
    if (reached.dataset.itemKey && !reached.matches("details[open] > summary")) reached.dataset.key = reached.dataset.itemKey;
    else delete reached.dataset.key;
  }
}

function step(by) {
  const items = visibleItems();
  const index = items.indexOf(current);
  const next = items[index < 0 ? 0 : Math.min(items.length - 1, Math.max(0, index + by))];
  if (!next) return;
  choose(next);
  next.focus();
  next.scrollIntoView({ block: "nearest" });
}

/** Shows the words that a link stands for; without a viewer the link itself opens the file. */
async function goTo(link, event) {
  if (!viewer || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const item = link.closest(ITEM);
  if (item) choose(item);
  const results = link.closest("[data-found]");
  if (results) viewer.show(JSON.parse(results.dataset.highlights));
  await viewer.goTo(link.dataset.place);
}

// Decisions

const notes = new Map(); // by form

const noteOf = (form) => notes.get(form);

function takeUp(form) {
  notes.set(form, new Note(form));
}

async function send(form, button) {
  const item = form.closest(ITEM);
  const note = noteOf(form);
  await note.rest();
  note.say("waiting", "Enregistrement…");
  let answer;
  try {
    answer = await post(form.action, new FormData(form, button));
  } catch {
    return note.say("kept", `${silence().why}\u00a0: rien n’est enregistré, la note est gardée sur cette machine.`);
  }
  if (loggedOut(answer)) return note.say("kept", "Votre session est terminée\u00a0: la note est gardée sur cette machine. Rechargez la page.");
  const said = await told(answer);
  if (!answer.ok) return note.say("refused", `Non enregistré\u00a0: ${said.message} ${said.advice}`);
  note.kept.clear();
  notes.delete(form);
  replace(item, said);
}

function replace(item, { html, decided, unsettled, undone }) {
  const fresh = new DOMParser().parseFromString(html, "text/html").querySelector(ITEM);
  const open = item.querySelector(".item__change")?.open;
  if (open) fresh.querySelector(".item__change").open = true;
  const wasCurrent = item === current;
  item.replaceWith(fresh);
  if (wasCurrent) {
    current = null;
    choose(fresh);
    fresh.focus();
  }
  for (const place of document.querySelectorAll("[data-decided]")) place.textContent = decided;
  for (const button of document.querySelectorAll("[data-completes]")) {
    if (undone) button.dataset.confirm = undone;
    else delete button.dataset.confirm;
  }
  const count = document.querySelector("[data-unsettled]");
  count.textContent = unsettled;
  count.hidden = unsettled === 0;
  const form = fresh.querySelector("form[data-decision]");
  if (!form) return;
  takeUp(form);
  noteOf(form).say("saved", "Enregistré.");
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches("form[data-decision]")) {
    event.preventDefault();
    choose(form.closest(ITEM));
    send(form, event.submitter);
  } else if (form.matches("form[data-search]")) {
    event.preventDefault();
    search(form);
  }
});

document.addEventListener("input", ({ target }) => {
  const form = target.closest("form[data-decision]");
  if (form && target === form.elements.note) noteOf(form).changed();
});

// A note on a decision that is made already is saved as soon as its field is left.
document.addEventListener("change", ({ target }) => {
  const form = target.closest("form[data-decision]");
  const again = form && target === form.elements.note && form.querySelector("[data-again]");
  if (again) form.requestSubmit(again);
});

addEventListener("pagehide", () => notes.forEach((note) => note.leave()));

// Who opens a field wants to write in it.
document.addEventListener(
  "toggle",
  ({ target }) => {
    const item = target.closest(ITEM);
    if (item && item === current) giveKeys(item);
    if (item && target.open && target.contains(document.activeElement)) target.querySelector("textarea, input")?.focus();
  },
  true,
);

// Search

async function search(form) {
  const results = document.querySelector("[data-results]");
  const words = new URLSearchParams({ chercher: form.elements.chercher.value });
  try {
    const answer = await piece(`${form.dataset.search}?${words}`);
    if (!answer.ok) throw new Error(String(answer.status));
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-found]");
    results.replaceChildren(fresh);
    viewer?.show(JSON.parse(fresh.dataset.highlights));
  } catch {
    form.submit(); // The page itself answers, or says why not.
  }
}

// The page

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-place]");
  if (link) goTo(link, event);
  const stepping = event.target.closest("[data-step]");
  if (stepping) step(Number(stepping.dataset.step));
});

// From a field back to its card, where letters are keys again.
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && event.target.matches("textarea, input")) event.target.closest(ITEM)?.focus();
});

document.addEventListener("focusin", ({ target }) => {
  const item = target.closest?.(ITEM);
  if (item) choose(item);
});

// Letters are those of a card that is seen: of the first one when another part of the page opens.
document.addEventListener("panel-opened", ({ target }) => {
  const first = target.contains(current) ? null : target.querySelector(ITEM);
  if (first) choose(first);
});

document.querySelectorAll("form[data-decision]").forEach(takeUp);

const place = document.querySelector("[data-viewer]");
openViewer(place, { files, wordsUrl }).then((opened) => {
  viewer = opened;
  viewer.show(highlights[current?.id] ?? []);
  const proof = wanted?.querySelector(":scope > [data-place]"); // an address may lead to the words of one proof
  if (proof) viewer.goTo(proof.dataset.place);
  viewer.on("activate", (id) => document.querySelector(`[data-place="${CSS.escape(id)}"]`)?.scrollIntoView({ block: "nearest" }));
});
const wanted = document.getElementById(decodeURIComponent(location.hash.slice(1)));
const first = wanted?.closest(ITEM) ?? visibleItems()[0];
if (first) choose(first);
