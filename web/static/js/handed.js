/**
 * `<form data-handed>`: handed in by this script, so that what was written stays on the page when the line is down, the session
 * has ended or the room refuses. The server answers `{go}`, where the page goes on, or `{message, advice}`.
 * Texts that were not handed in are kept on this machine and found again; what was chosen is not.
 */

import { Kept } from "./autosave/kept.js";
import { make } from "./elements.js";
import { say } from "./said.js";
import { loggedOut, post, silence, told } from "./server.js";

const FORM = "form[data-handed]";
const underWay = new Set();

const texts = (form) => [...form.querySelectorAll("textarea")];
const keptOf = (field) => new Kept(`${new URL(field.form.getAttribute("action"), location.href).pathname}#${field.id}`);

function keep(field) {
  if (field.value === field.defaultValue) keptOf(field).clear();
  else keptOf(field).write({ text: field.value });
}

/** A text that was not handed in, by an earlier visit or before this script was there. */
function takeUp(field) {
  if (field.value !== field.defaultValue) return keep(field);
  const kept = keptOf(field).read();
  if (!kept || kept.text === field.value) return;
  field.value = kept.text;
  const around = field.closest("details");
  if (around) around.open = true;
  say(field.form, "Texte retrouvé sur cette machine\u00a0: il n’est pas encore enregistré.", "info");
}

function goOn(address) {
  const to = new URL(address, location.href);
  const here = to.pathname === location.pathname && to.search === location.search;
  if (!here) return location.assign(to);
  history.replaceState(history.state, "", to); // the same page, which has changed: it is asked for again
  location.reload();
}

/** True once the page is being left: nothing is handed in a second time until another has come. */
async function handIn(form, submitter) {
  let answer;
  try {
    answer = await post(form.getAttribute("action"), new FormData(form, submitter));
  } catch {
    const { why, when } = silence();
    return say(form, `${why}\u00a0: rien n’est enregistré. Votre texte reste ici, recommencez ${when}.`, "error");
  }
  if (loggedOut(answer)) {
    const back = `/connexion?suite=${encodeURIComponent(location.pathname + location.search)}`;
    const words = "Votre session est terminée\u00a0: rien n’est enregistré, votre texte est gardé sur cette machine. ";
    return say(form, words, "error", make("a", { href: back }, "Se reconnecter"));
  }
  const { go, message, advice } = await told(answer);
  if (!answer.ok) return say(form, `Non enregistré. ${message} ${advice ?? ""}`, "error");
  for (const field of texts(form)) keptOf(field).clear();
  goOn(go);
  return true;
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (event.defaultPrevented || !form.matches(FORM)) return;
  event.preventDefault();
  if (underWay.has(form)) return;
  underWay.add(form);
  if (!(await handIn(form, event.submitter))) underWay.delete(form);
});

addEventListener("pageshow", () => underWay.clear()); // the page may be given back as it was

document.addEventListener("input", ({ target }) => {
  if (target.matches?.(`${FORM} textarea`)) keep(target);
});

document.querySelectorAll(FORM).forEach((form) => texts(form).forEach(takeUp));
