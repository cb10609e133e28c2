/**
 * The note beside something to decide. The server keeps it as it is typed, for its author alone, until they decide with it or
 * leave it there for all. What the server does not have yet is on this machine.
 */

import { choose } from "../autosave/conflict.js";
import { Kept } from "../autosave/kept.js";
import { loggedOut, post, silence } from "../server.js";

const DELAY = 800; // ms after the last key
const RETRY = 10000;
const ALONE = "Note enregistrée sans décision\u00a0: vous seul la voyez.";
const JOINING = "Note enregistrée pour vous seul\u00a0: elle rejoint la décision quand vous quittez le champ.";

export class Note {
  constructor(form) {
    this.form = form;
    this.field = form.elements.note;
    this.kept = new Kept(`${new URL(form.action).pathname}#${form.elements.kind.value}-${form.elements.key.value}`);
    this.saved = this.field.defaultValue; // what the server has
    this.timer = 0;
    this.sending = null;
    this.asking = false; // which of two texts to keep
    this.takeUp();
  }

  get unsent() {
    return this.field.value !== this.saved;
  }

  say(state, text) {
    const place = this.form.querySelector(".saved");
    place.dataset.state = state;
    place.textContent = text;
    if (state === "refused") place.scrollIntoView({ block: "nearest" }); // what was not done must be seen
  }

  /** Text of an earlier visit that the server never got, or typed before this script was there. */
  takeUp() {
    const kept = this.kept.read();
    if (kept && this.unsent === false) this.field.value = kept.note;
    if (!this.unsent) return this.kept.clear();
    this.field.closest("details").open = true;
    this.changed();
  }

  changed() {
    if (this.asking) return;
    if (!this.unsent) {
      clearTimeout(this.timer);
      this.kept.clear();
      return this.say("", "");
    }
    const here = this.kept.write({ note: this.field.value });
    if (!here) this.say("waiting", "Note qui n’est que sur cette page…");
    this.soon(DELAY);
  }

  soon(delay) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), delay);
  }

  async save() {
    if (this.sending || this.asking) return;
    if (!this.unsent) return this.kept.clear();
    this.sending = this.send();
    await this.sending;
    this.sending = null;
  }

  async send() {
    const note = this.field.value;
    let answer;
    try {
      answer = await this.post(note);
    } catch {
      return this.away();
    }
    if (loggedOut(answer)) return this.say("kept", "Votre session est terminée\u00a0: la note est gardée sur cette machine. Rechargez la page.");
    if (answer.status >= 500) return this.away();
    const said = await answer.json();
    if (answer.status === 409) return void this.differ(said);
    if (!answer.ok) return this.say("refused", `Non enregistré\u00a0: ${said.message} ${said.advice}`);
    this.have(note, said.version);
    if (this.unsent) return this.soon(DELAY);
    this.kept.clear();
    this.say("saved", !note ? "" : this.form.querySelector("[data-again]") ? JOINING : ALONE);
  }

  away() {
    this.soon(RETRY);
    this.say("kept", `${silence().why}\u00a0: la note est gardée sur cette machine, envoyée dès que possible.`);
  }

  have(note, version) {
    this.saved = note;
    this.form.elements.version.value = version;
  }

  post(note) {
    const { kind, key, version } = this.form.elements;
    const data = new FormData();
    for (const field of [kind, key, version]) data.set(field.name, field.value);
    data.set("note", note);
    return post(this.form.dataset.notes, data, { keepalive: true });
  }

  /** Typed in another window too: both texts are shown. */
  async differ({ version, values, by }) {
    this.asking = true;
    const alike = values.note === this.field.value;
    const choice = alike ? "theirs" : await choose(this.form, Object.entries(values), by);
    this.asking = false;
    if (choice === "theirs") this.field.value = values.note;
    this.have(values.note, version);
    this.soon(0);
  }

  /** Once what is on its way has arrived, nothing more is sent: the note goes with a decision. */
  async rest() {
    clearTimeout(this.timer);
    await this.sending;
    clearTimeout(this.timer);
    this.kept.write({ note: this.field.value });
  }

  /** The page goes away. */
  leave() {
    if (this.unsent && !this.sending && !this.asking) this.post(this.field.value).catch(() => {});
  }
}
