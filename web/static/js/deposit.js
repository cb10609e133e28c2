/**
 * `<form data-deposit="/appels/…/depots/ouvrir">`: files, folders and archives are listed as they are dropped or chosen,
 * sent one by one, tried again one by one; once all are there the deposit is handed to the machine.
 * Without script the same form sends them all at once.
 */

import { chosen, dropped } from "./deposit/entries.js";
import { preview } from "./deposit/preview.js";
import { Row } from "./deposit/row.js";
import { send } from "./deposit/upload.js";
import { make } from "./elements.js";
import { loggedOut, post, told } from "./server.js";

const AT_ONCE = 2;
const READ = /\.(pdf|zip)$/i;

const form = document.querySelector("[data-deposit]");
const list = form.querySelector("[data-list]");
const count = form.querySelector("[data-count]");
const said = form.querySelector("[data-said]");
const forming = form.querySelector("[data-preview]");
const zone = form.querySelector("[data-drop]");
const inputs = form.querySelectorAll('input[type="file"]');
const sendButton = document.querySelector("[data-send]");
const cancelButton = document.querySelector("[data-cancel]");
const largest = Number(form.dataset.largest);

let rows = [];
let intake = null; // the addresses of the deposit under way
let busy = false;

const inState = (...states) => rows.filter((row) => states.includes(row.state));
const plural = (number, one, many) => `${number} ${number < 2 ? one : many}`;

function say(words, kind = "error") {
  said.replaceChildren(...(words ? [make("div", { class: `notice notice--${kind}` }, make("p", {}, words))] : []));
}

function show() {
  list.hidden = rows.length === 0;
  const sent = inState("sent").length;
  const kept = rows.length - inState("skipped").length;
  count.textContent = busy || sent ? `${plural(sent, "fichier envoyé", "fichiers envoyés")} sur ${kept}` : plural(kept, "fichier à déposer", "fichiers à déposer");
  const paths = rows.filter((row) => row.state !== "skipped").map((row) => row.path);
  const target = form.elements.dossier?.dataset.name ?? "";
  preview(forming, paths, form.elements.grouping.value === "together", form.elements.name.value.trim(), target);
  sendButton.disabled = busy;
  cancelButton.hidden = !busy;
}

function press(row) {
  if (row.state === "sending") row.upload.abort();
  else if (row.state === "failed") again(row);
  else {
    rows = rows.filter((each) => each !== row);
    row.element.remove();
  }
  show();
}

function add(found) {
  const known = new Map(rows.map((row) => [row.path, row]));
  for (const { path, file } of found) {
    if (known.has(path)) continue;
    const row = new Row(path, file, press);
    if (!READ.test(path)) row.skip("not-a-pdf-file", "Laissé de côté : seuls les PDF et les archives .zip sont lus.");
    else if (file.size > largest) row.skip("too-large", `Laissé de côté : il dépasse ${form.dataset.largestSaid}.`);
    rows.push(row);
    list.querySelector("[data-files]").append(row.element);
  }
  say("");
  show();
}

async function upload(row) {
  row.become("sending");
  row.upload = send(intake.files, row.path, row.file, (share) => row.advance(share));
  const problem = await row.upload.done;
  row.become(problem ? "failed" : "sent", problem);
  show();
}

async function uploadAll() {
  const lane = async () => {
    for (let row = inState("waiting")[0]; row && busy; row = inState("waiting")[0]) await upload(row);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
}

async function again(row) {
  if (busy) {
    row.become("waiting"); // one of the lanes takes it up
    return;
  }
  row.become("waiting");
  await start();
}

async function complaint(answer) {
  if (loggedOut(answer)) return "Votre session est terminée. Reconnectez-vous, puis recommencez.";
  const { message, advice } = await told(answer);
  return `${message} ${advice}`;
}

async function open() {
  const data = new FormData();
  data.set("name", form.elements.name.value);
  data.set("grouping", form.elements.grouping.value);
  data.set("dossier", form.elements.dossier?.value ?? "");
  const answer = await post(form.dataset.deposit, data);
  if (!answer.ok) throw new Error(await complaint(answer));
  return answer.json();
}

/** What will not be sent is told by name: the deposit keeps what it lacks. */
async function tellSkipped() {
  const untold = inState("skipped").filter((row) => !row.told);
  for (let start = 0; start < untold.length; start += 500) {
    const some = untold.slice(start, start + 500);
    const data = new FormData();
    some.forEach((row) => {
      data.append("path", row.path);
      data.append("reason", row.reason);
    });
    const answer = await post(intake.left, data);
    if (!answer.ok) throw new Error(await complaint(answer));
    some.forEach((row) => (row.told = true));
  }
}

/** By an ordinary form: the answer is the page of the deposit. */
function handOver() {
  const csrf = form.elements.csrf.value;
  const last = make("form", { method: "post", action: intake.ready, hidden: true }, make("input", { name: "csrf", value: csrf, type: "hidden" }));
  document.body.append(last);
  window.removeEventListener("beforeunload", stay);
  last.submit();
}

async function start() {
  if (inState("waiting", "sent").length === 0) return say("Choisissez d’abord au moins un PDF ou une archive .zip.");
  busy = true;
  say("");
  show();
  try {
    intake ??= await open();
    await tellSkipped();
    await uploadAll();
  } catch (error) {
    say(error instanceof TypeError ? "Le serveur ne répond pas. Réessayez dans un moment." : error.message);
  }
  const stopped = !busy;
  busy = false;
  show();
  if (stopped || !intake || inState("waiting").length) return;
  const failed = inState("failed").length;
  if (!failed && inState("sent").length) handOver();
  else if (failed) say(`${plural(failed, "fichier n’est pas arrivé", "fichiers ne sont pas arrivés")} : réessayez, ou déposez sans ${failed < 2 ? "lui" : "eux"} en appuyant de nouveau sur « Déposer ».`);
}

function stay(event) {
  if (busy || inState("waiting", "failed").length) event.preventDefault();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (busy) return;
  const failed = inState("failed");
  if (intake && failed.length && !inState("waiting").length) {
    if (inState("sent").length) return handOver();
    failed.forEach((row) => row.become("waiting"));
  }
  start();
});

cancelButton.addEventListener("click", () => {
  busy = false;
  inState("sending").forEach((row) => row.upload.abort());
  say("Envoi arrêté : ce qui est arrivé est gardé, le reste peut être repris.", "info");
  show();
});

form.addEventListener("input", show); // what is formed goes by the choice and the name

async function takeUp(input) {
  const found = await chosen(input);
  input.value = "";
  add(found);
}

inputs.forEach((input) => {
  input.addEventListener("change", () => takeUp(input));
  if (input.files.length) takeUp(input); // chosen before this script was there
});

zone.addEventListener("dragover", (event) => {
  event.preventDefault();
  zone.classList.add("drop--over");
});
zone.addEventListener("dragleave", () => zone.classList.remove("drop--over"));
zone.addEventListener("drop", async (event) => {
  event.preventDefault();
  zone.classList.remove("drop--over");
  try {
    add(await dropped(event.dataTransfer));
  } catch {
    say("Une partie de ce qui a été glissé n’a pas pu être ouverte.");
  }
});

window.addEventListener("beforeunload", stay);
form.querySelectorAll("[data-with-script]").forEach((part) => (part.hidden = false));
