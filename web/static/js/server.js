/** Requests to the room's own server, with the proof that they come from its pages. */

const PATIENCE = 5000; // ms
const token = document.querySelector('meta[name="csrf"]')?.content ?? "";

/**
 * Posts a form's data; gives the answer, or throws `TypeError` when the server cannot be reached.
 * With `keepalive` it goes on when the page is left: for small forms only, browsers refuse more than 64 KiB.
 */
export function post(url, data, { keepalive = false } = {}) {
  return fetch(url, {
    method: "POST",
    body: data,
    keepalive,
    headers: { "X-CSRF-Token": token, Accept: "application/json" },
    credentials: "same-origin",
    redirect: "manual",
  });
}

/** Gets a piece of HTML. */
export function piece(url) {
  return fetch(url, { headers: { Accept: "text/html" }, credentials: "same-origin", redirect: "manual", cache: "no-store" });
}

/** Whether the server answers: asked for something small that says nothing of the page. */
export async function answers() {
  if (!navigator.onLine) return false;
  try {
    const signal = AbortSignal.timeout(PATIENCE);
    return (await fetch("/statique/img/repere.svg", { method: "HEAD", cache: "no-store", signal })).status < 500;
  } catch {
    return false;
  }
}

/** What to say when nobody answered: `why`, and `when` to try again. */
export function silence() {
  if (navigator.onLine) return { why: "Le serveur ne répond pas", when: "dans un instant" };
  return { why: "Hors connexion", when: "quand la connexion revient" };
}

/** What the server says, as JSON; another that answers in its place (a relay, when it is away) has no words of its own. */
export function told(answer) {
  return answer.json().catch(() => ({ message: "Le serveur ne répond pas.", advice: "Recommencez dans un instant." }));
}

/** Whether the server no longer knows who asks: it refuses, or sends to the page where people log in. */
export function loggedOut(answer) {
  return answer.status === 401 || answer.type === "opaqueredirect";
}
