/**
 * The page of a dossier. One card is the current one: single letters are its buttons', its proofs are highlighted.
 * Decisions are sent without leaving the page; notes that the server does not have are kept on this machine.
 */

import { Kept } from "./autosave/kept.js";
import { openViewer } from "./pdf/viewer.js";
import { loggedOut, piece, post } from "./server.js";

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

const noteOf = (form) => form.elements.note;
const keptOf = (form) => new Kept(`${new URL(form.action).pathname}#${form.elements.kind.value}-${form.elements.key.value}`);

function say(form, state, text) {
  const place = form.querySelector(".saved");
  place.dataset.state = state;
  place.textContent = text;
}

function takeUp(form) {
  const kept = keptOf(form).read();
  if (!kept || kept.note === noteOf(form).value) return;
  noteOf(form).value = kept.note;
  noteOf(form).closest("details").open = true;
  say(form, "kept", "Note retrouvée sur cette machine\u00a0: elle s’enregistre avec votre décision.");
}

async function send(form, button) {
  const item = form.closest(ITEM);
  keptOf(form).write({ note: noteOf(form).value });
  say(form, "waiting", "Enregistrement…");
  let answer;
  try {
    answer = await post(form.action, new FormData(form, button));
  } catch {
    return say(form, "kept", "Hors connexion\u00a0: rien n’est enregistré, la note est gardée sur cette machine.");
  }
  if (loggedOut(answer)) return say(form, "kept", "Votre session est terminée\u00a0: la note est gardée sur cette machine. Rechargez la page.");
  const told = await answer.json();
  if (!answer.ok) return say(form, "refused", `Non enregistré\u00a0: ${told.message} ${told.advice}`);
  keptOf(form).clear();
  replace(item, told);
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
  if (form) say(form, "saved", "Enregistré.");
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
  if (!form || target !== noteOf(form)) return;
  if (target.value === target.defaultValue) {
    keptOf(form).clear();
    return say(form, "", "");
  }
  const kept = keptOf(form).write({ note: target.value });
  const again = form.querySelector("[data-again]");
  const then = again ? "enregistrée quand vous quittez le champ" : "enregistrée avec votre décision";
  say(form, "waiting", kept ? `Note gardée sur cette machine, ${then}.` : `Note ${then}.`);
});

// A note on a decision that is made already is saved as soon as its field is left.
document.addEventListener("change", ({ target }) => {
  const form = target.closest("form[data-decision]");
  const again = form && target === noteOf(form) && form.querySelector("[data-again]");
  if (again) form.requestSubmit(again);
});

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
