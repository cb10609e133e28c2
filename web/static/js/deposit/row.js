/** A file in the list of what is about to be sent: its path, its size, how far it is, what can be done with it. */

import { make } from "../elements.js";

const WORDS = { waiting: "Retirer", sending: "Annuler", failed: "Réessayer", sent: "", skipped: "Retirer" };
const amount = new Intl.NumberFormat("fr", { maximumFractionDigits: 1 });

function size(bytes) {
  if (bytes < 1000) return `${bytes} o`;
  return bytes < 1e6 ? `${Math.round(bytes / 1000)} Ko` : `${amount.format(bytes / 1e6)} Mo`;
}

/** `state`: waiting, sending, sent, failed (may be tried again) or skipped (will not be sent). */
export class Row {
  state = "waiting";

  constructor(path, file, onPress) {
    this.path = path;
    this.file = file;
    this.bar = make("progress", { max: 1, value: 0, "aria-label": `Envoi de ${path}` });
    this.words = make("p", { class: "deposit-file__said" });
    this.button = make("button", { type: "button", class: "button button--small" });
    this.button.addEventListener("click", () => onPress(this));
    const name = make("span", { class: "deposit-file__path" }, path);
    const weight = make("span", { class: "deposit-file__size" }, size(file.size));
    this.element = make("li", { class: "deposit-file" }, name, this.bar, weight, this.button, this.words);
    this.become("waiting");
  }

  become(state, said = "") {
    this.state = state;
    this.element.dataset.state = state;
    this.words.textContent = said;
    const word = WORDS[state];
    this.button.hidden = !word;
    this.button.replaceChildren(word, make("span", { class: "unseen" }, ` ${this.path}`));
    if (state === "sent") this.advance(1);
  }

  /** Will not be sent, for a reason (a code) that is told to the server by name. */
  skip(reason, said) {
    this.reason = reason;
    this.told = false;
    this.become("skipped", said);
  }

  advance(share) {
    this.bar.value = share;
  }
}
