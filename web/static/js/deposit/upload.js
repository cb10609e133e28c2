/** One file on its way, with how far it is. `fetch` does not tell of that yet: this is XMLHttpRequest's work. */

const token = document.querySelector('meta[name="csrf"]')?.content ?? "";
const LOST = "La connexion a été perdue. Réessayez dès qu’elle revient.";
const SIGNED_OUT = "Votre session est terminée. Reconnectez-vous dans un autre onglet, puis réessayez.";

function told(request) {
  if (request.status === 401) return SIGNED_OUT;
  try {
    const { message, advice } = JSON.parse(request.responseText);
    return `${message} ${advice}`.trim();
  } catch {
    return `Le fichier n’a pas été pris (réponse ${request.status}).`;
  }
}

/** Sends `file`; gives `{ done, abort }`: `done` resolves to "" when it is kept, else to what went wrong, in French. */
export function send(url, path, file, onProgress) {
  const request = new XMLHttpRequest();
  const done = new Promise((resolve) => {
    request.upload.addEventListener("progress", (event) => event.lengthComputable && onProgress(event.loaded / event.total));
    request.addEventListener("load", () => resolve(request.status === 201 ? "" : told(request)));
    request.addEventListener("error", () => resolve(LOST));
    request.addEventListener("abort", () => resolve("Envoi annulé."));
  });
  request.open("POST", url);
  request.setRequestHeader("X-CSRF-Token", token);
  request.setRequestHeader("Accept", "application/json");
  request.setRequestHeader("Content-Type", "application/octet-stream");
  request.setRequestHeader("X-Chemin", encodeURIComponent(path));
  request.send(file);
  return { done, abort: () => request.abort() };
}
