/**
 * A dossier before the jury: the table of answers and the dossier itself share the left pane; a passage opens the dossier
 * at its words. What others say meanwhile is told, never put in the place of what is being discussed.
 */

import { openViewer } from "./pdf/viewer.js";
import { piece } from "./server.js";

const PAUSE = 10000; // ms

const board = document.getElementById("tableau");
const place = document.getElementById("dossier");
const button = document.getElementById("vue");
const files = JSON.parse(place.dataset.files);
let opening = null;

function show(dossier) {
  place.hidden = !dossier;
  board.hidden = dossier;
  button.querySelector("span").textContent = dossier ? "Voir le tableau" : "Voir le dossier";
}

function viewer() {
  opening ??= openViewer(place, { files, wordsUrl: place.dataset.words }).then((opened) => {
    opened.show(JSON.parse(place.dataset.marks));
    return opened;
  });
  return opening;
}

button.hidden = files.length === 0;
button.addEventListener("click", () => {
  show(place.hidden);
  if (!place.hidden) viewer();
});

document.addEventListener("click", async (event) => {
  const link = event.target.closest("[data-place]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  show(true);
  (await viewer()).goTo(link.dataset.place);
});

// What is said meanwhile

const head = document.querySelector("[data-stamp]");
const news = head.querySelector(".held-news");

async function watch() {
  if (document.hidden || !head.dataset.state) return;
  try {
    const answer = await piece(head.dataset.state);
    if (answer.ok) news.hidden = (await answer.json()).stamp === head.dataset.stamp;
  } catch {
    // The server is away: asked again in a while.
  }
}

setInterval(watch, PAUSE);
