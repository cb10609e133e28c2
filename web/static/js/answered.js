/**
 * A form that leaves its page is lost with it when the server does not answer: the browser shows an error in its place. Where
 * something was typed or chosen, the server is asked first whether it is there; forms that scripts send keep their page anyhow.
 * A form hears `unanswered`, which it prevents when it says so itself.
 */

import { givenIn, same, valuesOf } from "./autosave/values.js";
import { say } from "./said.js";
import { answers, silence } from "./server.js";

const BY_SCRIPT = "[data-handed], [data-decision], [data-choice], [data-deposit], [data-logout]";
const asking = new WeakSet();
const answered = new WeakSet();

function mayBeLost(form) {
  if (form.getAttribute("method") !== "post" || form.matches(BY_SCRIPT)) return false;
  return form.matches("[data-autosave]") || !same(valuesOf(form), givenIn(form));
}

async function ask(form, submitter) {
  if (asking.has(form)) return;
  asking.add(form);
  const there = await answers();
  asking.delete(form);
  if (there) {
    answered.add(form);
    return form.requestSubmit(submitter);
  }
  if (!form.dispatchEvent(new Event("unanswered", { cancelable: true }))) return;
  const { why, when } = silence();
  say(form, `${why}\u00a0: rien n’est perdu, ce que vous avez saisi reste sur cette page. Recommencez ${when}.`, "error");
}

// Before what asks for a confirmation or marks a form as handed in.
document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    if (answered.delete(form) || !mayBeLost(form)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    ask(form, event.submitter);
  },
  true,
);
