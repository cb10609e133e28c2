/**
 * `<section data-live="/depots/3/suivi">`: asks the server for the section again, every second, and shows what it gives:
 * the same section, still with `data-live` while something runs, without it at the end.
 * What `[data-live-say]` holds is said to screen readers, at most every ten seconds and at the end.
 */

import { make } from "./elements.js";
import { loggedOut, piece } from "./server.js";

const PAUSE = 1000; // ms
const LONGEST_PAUSE = 30000;
const SILENCE = 10000;

const wait = (pause) => new Promise((resolve) => setTimeout(resolve, pause));
const seen = () => new Promise((resolve) => {
  if (!document.hidden) resolve();
  else document.addEventListener("visibilitychange", resolve, { once: true });
});

function speaker(section) {
  const place = make("p", { class: "unseen", role: "status" });
  section.after(place);
  let last = 0;
  return (text, now = false) => {
    if (!text || (!now && Date.now() - last < SILENCE)) return;
    last = Date.now();
    place.textContent = text;
  };
}

function show(section, fresh) {
  if (section.innerHTML === fresh.innerHTML) return;
  const focused = section.contains(document.activeElement) ? document.activeElement.id : "";
  section.replaceChildren(...fresh.childNodes);
  if (focused) document.getElementById(focused)?.focus();
}

async function follow(section) {
  const say = speaker(section);
  let pause = PAUSE;
  while (section.isConnected && section.dataset.live) {
    await wait(pause);
    await seen();
    try {
      const answer = await piece(section.dataset.live);
      if (loggedOut(answer)) return say("Votre session est terminée : le suivi s’arrête. Rechargez la page pour vous reconnecter.", true);
      if (!answer.ok) throw new Error(String(answer.status));
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").body.firstElementChild;
      const words = fresh.querySelector("[data-live-say]")?.textContent.trim();
      const ended = !fresh.dataset.live;
      show(section, fresh);
      say(words, ended);
      if (ended) delete section.dataset.live;
      pause = PAUSE;
    } catch {
      pause = Math.min(2 * pause, LONGEST_PAUSE); // The server is away: asks again, less and less often.
    }
  }
  section.dispatchEvent(new CustomEvent("live:end", { bubbles: true }));
}

document.querySelectorAll("[data-live]").forEach(follow);
