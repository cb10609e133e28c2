/** Requests to the room's own server, with the proof that they come from its pages. */

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

/** Whether the server no longer knows who asks: it refuses, or sends to the page where people log in. */
export function loggedOut(answer) {
  return answer.status === 401 || answer.type === "opaqueredirect";
}
