/**
 * The comfort of the triage table, which works without it: rows reached by keys, boxes ticked by page and by range, the
 * count of what is ticked, filters applied as soon as they are chosen, menus that close.
 */

import { make } from "./elements.js";
import { Picked } from "./picked.js";

const table = document.querySelector("[data-rows]");
const rows = [...(table?.tBodies[0].rows ?? [])];
const box = (row) => row.querySelector('input[name="dossier"]');
const link = (row) => row.querySelector("th a");
const counted = (count) => `${count.toLocaleString("fr-FR")}\u00a0${count < 2 ? "dossier coché" : "dossiers cochés"}`;

/* Rows, one of which is the current one. */
let current = -1;

function go(index) {
  if (!rows.length) return;
  rows[current]?.removeAttribute("aria-current");
  current = Math.min(rows.length - 1, Math.max(0, index));
  rows[current].setAttribute("aria-current", "true");
  link(rows[current]).focus();
}

const keys = [
  ["j", "Dossier suivant du tableau", () => go(current + 1)],
  ["k", "Dossier précédent du tableau", () => go(current - 1)],
  ["o", "Ouvrir le dossier", () => rows[current] && link(rows[current]).click()],
];
if (rows.some(box)) {
  keys.push(["x", "Cocher le dossier ou le décocher", () => {
    go(Math.max(current, 0));
    box(rows[current]).click();
  }]);
}

/** Buttons that keys alone reach: what they do is done by the table itself. */
function setUpKeys() {
  const place = make("div", { class: "unseen" });
  for (const [key, help, act] of keys) {
    place.append(make("button", { type: "button", tabindex: "-1", "data-key": key, onclick: act }, help));
  }
  table.after(place);
  rows.forEach((row, index) => row.addEventListener("focusin", () => {
    if (index === current) return;
    rows[current]?.removeAttribute("aria-current");
    current = index;
    row.setAttribute("aria-current", "true");
  }));
}

/* The filter without the order in which it shows, which takes nothing away. */
function found(query) {
  const filter = new URLSearchParams(query);
  for (const name of ["tri", "colonnes"]) filter.delete(name);
  return filter.toString();
}

/* Boxes: this page at once, a range with Shift, all that the filter shows. */
function setUpBoxes() {
  const boxes = rows.map(box).filter(Boolean);
  if (!boxes.length) return;
  const said = document.querySelector("[data-picked]");
  const scope = document.querySelector("[data-scope]");
  const label = document.querySelector("[data-pick-page]");
  const page = label.querySelector("input");
  const { form } = scope;
  const picked = new Picked(`${location.pathname}?${found(form.elements.filtre.value)}`);
  const shown = boxes.map((each) => each.value);
  const none = make("button", { type: "button", class: "button button--small button--plain", onclick: untick }, "Tout décocher");
  said.after(none);
  let last = -1;

  const tell = () => {
    boxes.forEach((each) => picked.set(each.value, each.checked));
    picked.keep();
    const here = boxes.filter((each) => each.checked).length;
    const elsewhere = picked.elsewhere(shown).length;
    page.checked = here === boxes.length;
    page.indeterminate = here > 0 && here < boxes.length;
    const more = elsewhere ? `, dont ${elsewhere.toLocaleString("fr-FR")} sur d’autres pages` : "";
    said.textContent = scope.checked ? "" : counted(here + elsewhere) + more;
    none.hidden = scope.checked || !elsewhere;
    boxes.concat(page).forEach((each) => { each.disabled = scope.checked; });
  };

  /** The boxes as they were left, besides what is ticked before this script is there. */
  function takeUp() {
    boxes.filter((each) => picked.has(each.value)).forEach((each) => { each.checked = true; });
    tell();
  }

  function untick() {
    picked.clear();
    boxes.forEach((each) => { each.checked = false; });
    tell();
    page.focus();
  }

  form.addEventListener("formdata", ({ formData }) => {
    if (!scope.checked) picked.elsewhere(shown).forEach((id) => formData.append("dossier", id));
  });

  label.hidden = false;
  page.addEventListener("change", () => {
    boxes.forEach((each) => { each.checked = page.checked; });
    tell();
  });
  boxes.forEach((each, index) => each.addEventListener("click", (event) => {
    if (event.shiftKey && last >= 0) {
      boxes.slice(Math.min(last, index), Math.max(last, index) + 1).forEach((other) => { other.checked = each.checked; });
    }
    last = index;
    tell();
  }));
  scope.addEventListener("change", tell);
  // What was ticked before an action has served: nobody chose it for the next one, even on a page that is given back.
  const [way] = performance.getEntriesByType("navigation");
  if (way?.type === "navigate" && new URLSearchParams(location.search).has("fait")) picked.clear();
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) picked.read();
    if (persisted || way?.type === "back_forward") form.reset();
    takeUp();
  });
  takeUp();
}

/** Enter in a field says what its own button says: `data-enter` is the value of that button. */
function setUpFields() {
  for (const field of document.querySelectorAll("[data-enter]")) {
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing) return;
      event.preventDefault();
      document.querySelector(`button[value="${field.dataset.enter}"]`).click();
    });
  }
}

/* Menus: one open at a time; Escape and a click elsewhere close it. */
function setUpMenus() {
  const menus = [...document.querySelectorAll("[data-menu]")];
  const close = (but) => menus.forEach((menu) => { if (menu !== but) menu.open = false; });
  menus.forEach((menu) => menu.addEventListener("toggle", () => menu.open && close(menu)));
  document.addEventListener("click", (event) => close(event.target.closest("[data-menu]")));
  document.addEventListener("keydown", (event) => {
    const open = menus.find((menu) => menu.open);
    if (event.key !== "Escape" || !open) return;
    open.open = false;
    open.querySelector("summary").focus();
  });
}

/** The address says only what was chosen. */
function setUpFilters() {
  document.querySelector("[data-filters]")?.addEventListener("formdata", ({ formData }) => {
    for (const name of [...formData.keys()]) if (formData.get(name) === "") formData.delete(name);
  });
}

if (table) {
  setUpKeys();
  setUpBoxes();
}
setUpFields();
setUpMenus();
setUpFilters();
