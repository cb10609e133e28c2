/** What people drop or choose, as files with their paths: folders are walked through, with all that is in them. */

const SYSTEM = /(^|\/)(\.[^/]*|__MACOSX(\/.*)?|Thumbs\.db|desktop\.ini)$/i;

const asFile = (entry) => new Promise((resolve, reject) => entry.file(resolve, reject));
const someOf = (reader) => new Promise((resolve, reject) => reader.readEntries(resolve, reject));

async function* walk(entry) {
  if (entry.isFile) {
    yield { path: entry.fullPath.slice(1), file: await asFile(entry) };
    return;
  }
  const reader = entry.createReader();
  // A reader gives a hundred entries at a time, then none.
  for (let entries = await someOf(reader); entries.length; entries = await someOf(reader)) {
    for (const each of entries) yield* walk(each);
  }
}

/** Entries must be taken from the event at once: the browser forgets them as soon as its handler ends. */
export function dropped(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  return wanted(async function* () {
    for (const entry of entries) yield* walk(entry);
  });
}

export function chosen(input) {
  const files = [...input.files];
  return wanted(async function* () {
    for (const file of files) yield { path: file.webkitRelativePath || file.name, file };
  });
}

async function wanted(all) {
  const kept = [];
  for await (const each of all()) if (!SYSTEM.test(each.path)) kept.push(each);
  return kept;
}
