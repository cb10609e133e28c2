/** What a deposit will form, said before it is sent. */

import { make } from "../elements.js";
import { formed } from "./formed.js";

const plural = (number, one, many) => `${number}\u00a0${number < 2 ? one : many}`;
const listed = (words) => (words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} et ${words.at(-1)}`);

function held({ files, archives }) {
  const parts = [];
  if (files) parts.push(plural(files, "PDF", "PDF"));
  if (archives) parts.push(`ce que ${archives < 2 ? "contient l’archive" : `contiennent ${archives} archives`}`);
  return parts.join(" et ");
}

function summary({ dossiers, lots, pieces }) {
  const least = dossiers.some((one) => !one.files) ? "Au moins " : ""; // archives among folders may hold several
  const count = least + plural(dossiers.length, "dossier sera formé", "dossiers seront formés");
  if (pieces) return `${count}. Si ce sont les pièces d’un même candidat, choisissez «\u00a0Un seul dossier\u00a0».`;
  if (!lots.length) return `${count}.`;
  const names = listed(lots.map((name) => `«\u00a0${name}\u00a0»`));
  const those = `${lots.length < 2 ? "de l’archive" : "des archives"} ${names}`;
  const rule = "un par PDF, un par sous-dossier";
  if (!dossiers.length) return `Les dossiers ${those} seront formés à l’arrivée\u00a0: ${rule}.`;
  return `${count}, et ceux ${those} à l’arrivée\u00a0: ${rule}.`;
}

/**
 * Shows in `place` what the files at `paths` will form; `name` is that of the deposit, empty while nobody gave it one;
 * `target` is the dossier that all is added to, empty where there is none.
 */
export function preview(place, paths, together, name, target) {
  place.hidden = paths.length === 0 || target !== "";
  if (place.hidden) return;
  const found = formed(paths, together);
  const unnamed = together && found.dossiers[0].name === "";
  const words = unnamed && !name ? "1 dossier sera formé\u00a0: donnez-lui un nom, celui de ce dépôt, ci-dessous." : summary(found);
  const said = place.querySelector("[data-formed]");
  if (said.textContent !== words) said.textContent = words; // read aloud only when it changes
  const lines = found.dossiers.map((one) =>
    make("li", {}, make("strong", {}, one.name || name || "Dossier sans nom"), make("span", {}, `\u00a0: ${held(one)}`)),
  );
  place.querySelector("[data-dossiers]").replaceChildren(...lines);
}
