/** What is said beside a form of what became of it. */

import { make } from "./elements.js";

/** `kind`: info or error; `more` follows the words, a link for instance. */
export function say(form, words, kind, ...more) {
  const place = form.querySelector(":scope > [data-said]") ?? make("div", { "data-said": "", role: "status" });
  form.append(place);
  place.replaceChildren(make("div", { class: `notice notice--${kind}` }, make("p", {}, words, ...more)));
  place.scrollIntoView({ block: "nearest" });
}
