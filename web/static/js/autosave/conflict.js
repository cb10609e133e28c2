/** The form was changed elsewhere since this page was opened: both versions are shown, the person chooses. */

import { make } from "../elements.js";
import { inWords, valuesOf } from "./values.js";

function sides(form, theirs) {
  const list = make("dl");
  const mine = new Map(valuesOf(form));
  for (const [name, value] of theirs) {
    if (value === (mine.get(name) ?? "")) continue;
    const there = inWords(form, name, value);
    const here = inWords(form, name, mine.get(name) ?? "");
    list.append(
      make("div", {}, make("dt", {}, `${there.label}\u00a0: enregistré`), make("dd", {}, there.words)),
      make("div", {}, make("dt", {}, `${here.label}\u00a0: sur cette page`), make("dd", {}, here.words)),
    );
  }
  return list;
}

/** Shows both above the form; gives "mine" or "theirs". `theirs` are pairs of name and value; `by` may be empty. */
export function choose(form, theirs, by) {
  const title = by ? `Modifié entre-temps par ${by}` : "Modifié entre-temps sur une autre page";
  return new Promise((resolve) => {
    const button = (which, label) => {
      const answer = () => {
        panel.remove();
        resolve(which);
      };
      return make("button", { type: "button", class: "button", onclick: answer }, label);
    };
    const buttons = [button("mine", "Garder ce que j’ai écrit ici"), button("theirs", "Reprendre ce qui est enregistré")];
    const panel = make(
      "section",
      { class: "conflict", role: "alert", "aria-label": title },
      make("p", { class: "conflict__title" }, title),
      sides(form, theirs),
      make("div", { class: "buttons" }, ...buttons),
    );
    form.before(panel);
    panel.scrollIntoView({ block: "nearest" });
  });
}
