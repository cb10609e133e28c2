/**
 * The letter is copied and printed as it was changed on the page. Changes stay on this machine until the person logs out;
 * they give way when they are taken back.
 */

import { Kept } from "./autosave/kept.js";

const text = document.querySelector("[data-letter]");

if (text) {
  const copy = document.querySelector("[data-copy]");
  const print = document.querySelector("[data-print]");
  const said = document.querySelector("[data-said]");
  const paper = document.querySelector("[data-paper]");
  copy.hidden = print.hidden = false;
  const back = document.querySelector("[data-draft]");
  const kept = new Kept(location.pathname);

  const changed = () => {
    const differs = text.value !== text.defaultValue;
    paper.textContent = text.value;
    back.hidden = !differs;
    if (!differs) return kept.clear();
    const here = kept.write({ text: text.value, draft: text.defaultValue });
    said.textContent = here ? "Gardé sur cette machine jusqu’à ce que vous quittiez." : "Vos changements ne sont que sur cette page.";
  };

  text.addEventListener("input", changed);
  back.addEventListener("click", () => {
    text.value = text.defaultValue;
    changed();
    said.textContent = "Le brouillon est repris.";
  });
  const earlier = kept.read();
  if (earlier) {
    text.value = earlier.text;
    changed();
    said.textContent = earlier.draft === text.defaultValue
      ? "Vos changements sont retrouvés."
      : "Vos changements sont retrouvés\u00a0; des décisions ont changé le brouillon depuis.";
  } else if (text.value !== text.defaultValue) changed(); // typed before this script was there
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
