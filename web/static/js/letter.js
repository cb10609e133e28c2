/**
 * The letter is copied, printed and taken as it is on the page. The day by which a reply is expected is changed in the text
 * where it stands. Autosave keeps it on the server.
 */

import { Kept } from "./autosave/kept.js";

const DAY = new Intl.DateTimeFormat("fr-FR", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
const form = document.querySelector("form[data-letter]");

/** « 1er mars 2026 » as letters write it; empty where no day is chosen. */
function spoken(iso) {
  if (!iso) return "";
  const words = DAY.format(new Date(iso)).replace(/^1 /, "1er ");
  return words.replaceAll(" ", "\u00a0");
}

/** Where a day stands in the text, whatever spaces it is written with. */
const written = (day) => new RegExp(day.replaceAll("\u00a0", "[ \u00a0]"), "g");

function onPage() {
  const text = form.elements.text;
  const day = form.elements.reponse;
  const said = document.querySelector("[data-said]");
  const paper = document.querySelector("[data-paper]");
  const copy = document.querySelector("[data-copy]");
  const print = document.querySelector("[data-print]");
  const file = document.getElementById("fichier");
  let told = form.dataset.letter;
  copy.hidden = print.hidden = document.getElementById("reponse-aide").hidden = false;
  file.addEventListener("submit", () => {
    file.elements.text.value = text.value;
  });
  day.addEventListener("change", () => {
    const now = spoken(day.value);
    if (!told || !now || now === told) return;
    const changed = text.value.replace(written(told), now);
    said.textContent = changed === text.value ? "Le texte ne dit pas cette date\u00a0: écrivez-la." : "La date est changée dans le texte.";
    text.value = changed;
    told = now;
  });
  const printed = () => {
    paper.textContent = text.value;
  };
  addEventListener("beforeprint", printed);
  print.addEventListener("click", () => window.print());
  copy.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text.value);
      said.textContent = "Le texte est copié.";
    } catch {
      text.select(); // Without TLS the browser does not let a page copy by itself.
      said.textContent = "Le texte est sélectionné\u00a0: copiez-le avec Ctrl + C.";
    }
  });
}

if (form) onPage();

// The server has the text that it shows: what this machine still keeps of it is no longer needed.
const there = document.querySelector("[data-letter-kept]");
if (there) new Kept(there.dataset.letterKept).clear();
