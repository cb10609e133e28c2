/**
 * `<form id="…" data-autosave action="…">` with a hidden field `version`: saved while the person writes. The server answers
 * 200 `{saved_at, version}`; 409 `{version, values: {name: value}, by}` when it was changed elsewhere; any other refusal as
 * `{message, advice}`. Until it says yes, the text is kept on this machine and sent again. A page left at once sends what
 * it has; where that cannot be, leaving is warned of.
 */

import { choose } from "./autosave/conflict.js";
import { Kept, clearAll, countKept } from "./autosave/kept.js";
import { fill, givenIn, same, valuesOf } from "./autosave/values.js";
import { openDialog } from "./dialog.js";
import { make } from "./elements.js";
import { loggedOut, post, silence } from "./server.js";

const DELAY = 800; // ms after the last key
const RETRY = 10000;
const SMALL = 15000; // characters: at most 4 bytes each, under what browsers send for a page that is left
const HOUR = new Intl.DateTimeFormat("fr-FR", { hour: "numeric", minute: "2-digit", timeZone: "Europe/Paris" });

const hour = (instant) => HOUR.format(new Date(instant)).replace(":", "\u00a0h\u00a0");

class Autosave {
  constructor(form) {
    this.form = form;
    this.url = form.getAttribute("action") || location.pathname;
    this.kept = new Kept(new URL(this.url, location.href).pathname);
    this.saved = givenIn(form);
    this.timer = 0;
    this.sent = null; // values on their way
    this.failing = false;
    this.stopped = false; // a choice is asked, or the form is handed in
    this.forgotten = false; // the person logs out
    this.place = document.querySelector(`[data-saved-for="${form.id}"]`) ?? this.madePlace();
    form.addEventListener("input", () => this.changed());
    form.addEventListener("change", () => this.changed());
    form.addEventListener("submit", () => this.handIn());
    form.addEventListener("unanswered", (event) => this.handLater(event));
    addEventListener("online", () => this.soon(0));
    addEventListener("beforeunload", (event) => this.failing && this.unsent && !this.stopped && event.preventDefault());
    addEventListener("pagehide", () => this.leave());
    this.takeUp();
  }

  madePlace() {
    const place = make("p", { class: "saved", role: "status" });
    this.form.append(place);
    return place;
  }

  get unsent() {
    return !same(valuesOf(this.form), this.saved);
  }

  say(state, text) {
    this.failing = state === "kept" || state === "refused";
    this.place.dataset.state = state;
    if (this.place.textContent !== text) this.place.textContent = text;
  }

  /** Text of an earlier visit that the server never got, or written before this script was there. */
  takeUp() {
    const kept = this.kept.read();
    if (!kept) return this.unsent && this.changed();
    const arrived = kept.handedIn && kept.version !== this.form.elements.version.value;
    if (arrived || same(kept.values, this.saved)) return this.kept.clear();
    fill(this.form, kept.values);
    this.form.elements.version.value = kept.version;
    this.say("waiting", "Texte retrouvé sur cette machine, en cours d’envoi…");
    this.soon(0);
  }

  changed() {
    this.forgotten = false;
    if (!this.unsent && this.sent === null) return this.takeBack(); // or a field is left
    if (this.place.dataset.state === "saved") this.place.dataset.state = "changed"; // of what is said to be saved
    this.keep(false);
    this.soon(DELAY);
  }

  takeBack() {
    if (this.place.dataset.state === "changed") this.place.dataset.state = "saved";
    this.kept.clear();
  }

  keep(handedIn) {
    if (this.forgotten) return false;
    return this.kept.write({ version: this.form.elements.version.value, values: valuesOf(this.form), handedIn });
  }

  handIn() {
    clearTimeout(this.timer);
    if (this.unsent) this.keep(true);
    this.stopped = true;
  }

  /** The server does not answer: the page is not left for an error. */
  handLater(event) {
    event.preventDefault();
    const { why, when } = silence();
    const here = () => (this.keep(false) ? "gardé sur cette machine" : "encore là, ne fermez pas cette page");
    const typed = `ce que vous avez saisi est ${this.unsent ? here() : "enregistré"}`;
    this.say("kept", `${why}\u00a0: rien n’est soumis, ${typed}. Recommencez ${when}.`);
    this.soon(RETRY);
  }

  /** The page goes away: what is on its way goes on; what is not is sent now, unless it would cross the former. */
  leave() {
    if (!this.unsent || this.stopped || this.forgotten) return;
    this.keep(this.sent === null || same(this.sent, valuesOf(this.form)));
    if (this.sent === null) this.post(valuesOf(this.form)).catch(() => {});
  }

  /** The person logs out: nothing stays on this machine. */
  forget() {
    this.leave();
    this.forgotten = true;
  }

  post(values) {
    return post(this.url, new FormData(this.form), { keepalive: JSON.stringify(values).length < SMALL });
  }

  soon(delay) {
    clearTimeout(this.timer);
    if (!this.stopped) this.timer = setTimeout(() => this.send(), delay);
  }

  async send() {
    if (this.sent !== null || this.stopped || !this.unsent) return;
    const values = valuesOf(this.form);
    this.sent = values;
    this.say("waiting", "Enregistrement…");
    try {
      const answer = await this.post(values);
      if (!this.forgotten) await this.read(answer, values);
    } catch {
      this.away(silence().why);
    } finally {
      this.sent = null;
    }
  }

  async read(answer, values) {
    if (loggedOut(answer)) return this.ended();
    if (answer.status >= 500) return this.away("Le serveur ne répond pas");
    const said = await answer.json();
    if (!answer.ok && !said.values) return this.refuse(said);
    if (!answer.ok) return this.differ(said, values);
    const { saved_at: at, version } = said;
    this.form.elements.version.value = version;
    this.saved = values;
    if (this.unsent) return this.changed();
    this.kept.clear();
    this.say("saved", `Enregistré à ${hour(at)}`);
  }

  away(why) {
    const here = this.keep(false) ? "gardé sur cette machine, envoyé dès que possible" : "ne fermez pas cette page, le texte n’est que là";
    this.say("kept", `${why}\u00a0: ${here}.`);
    this.soon(RETRY);
  }

  ended() {
    this.keep(false);
    this.say("kept", "Votre session est terminée\u00a0: le texte est gardé sur cette machine. ");
    const back = `/connexion?suite=${encodeURIComponent(location.pathname + location.search)}`;
    this.place.append(make("a", { href: back }, "Se reconnecter"));
    this.stopped = true;
  }

  refuse({ message, advice }) {
    this.say("refused", `Non enregistré. ${message} ${advice ?? ""}`);
  }

  async differ({ version, values, by }, sent) {
    this.stopped = true;
    this.say("refused", "Non enregistré\u00a0: ce texte a changé ailleurs, choisissez lequel garder.");
    const theirs = Object.entries(values);
    const alike = theirs.every(([name, value]) => value === (new Map(sent).get(name) ?? ""));
    const choice = alike ? "mine" : await choose(this.form, theirs, by);
    this.form.elements.version.value = version;
    this.stopped = false;
    if (choice === "mine") return this.soon(0);
    fill(this.form, theirs);
    this.saved = valuesOf(this.form);
    this.kept.clear();
    this.say("saved", "Repris ce qui était enregistré.");
  }
}

const forms = [...document.querySelectorAll("form[data-autosave]")].map((form) => new Autosave(form));

let sure = false;

/** Nothing stays on a machine that others may use: who leaves text behind is told, and chooses. */
async function logOut(event) {
  const left = countKept();
  if (left && !sure) {
    event.preventDefault();
    const [title, told, leave] = left === 1
      ? ["Un texte n’est pas enregistré", "Il n’est que sur cette machine\u00a0: quitter l’efface.", "Quitter et l’effacer"]
      : [`${left}\u00a0textes ne sont pas enregistrés`, "Ils ne sont que sur cette machine\u00a0: quitter les efface.", "Quitter et les effacer"];
    const answer = await openDialog(title, [make("p", {}, told)], [
      { value: "", label: "Rester" },
      { value: "oui", label: leave, look: "button--danger" },
    ]);
    sure = answer === "oui";
    return sure && event.target.requestSubmit();
  }
  forms.forEach((form) => form.forget());
  clearAll();
}

document.querySelectorAll("form[data-logout]").forEach((form) => form.addEventListener("submit", logOut));
