/** Under the name of each dossier of the table, the words that the search found in it: asked for a few at a time. */

import { loggedOut, piece } from "./server.js";

const AT_ONCE = 10;
const words = document.querySelector("#recherche").defaultValue;
const names = new Map([...document.querySelectorAll("[data-rows] tbody tr")].map((row) => [row.id.slice(2), row.querySelector("th")]));

async function show(ids) {
  const asked = new URLSearchParams([["recherche", words], ...ids.map((id) => ["dossier", id])]);
  const answer = await piece(`${location.pathname}/extraits?${asked}`);
  if (!answer.ok || loggedOut(answer)) return false;
  const held = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const excerpt of held.querySelectorAll("[data-of]")) names.get(excerpt.dataset.of)?.append(excerpt);
  return true;
}

const ids = [...names.keys()];
try {
  for (let at = 0; at < ids.length && (await show(ids.slice(at, at + AT_ONCE))); at += AT_ONCE);
} catch {
  // The table says all the rest without them.
}
