/** Which dossiers files will form, by the rule of the machine: it alone opens archives, so what they hold is not known here. */

const ARCHIVE = /\.zip$/i;
const stem = (name) => name.replace(/\.(pdf|zip)$/i, "");

function tree(paths) {
  const root = { folders: new Map(), files: [], archives: [] };
  for (const path of paths) {
    const parts = path.split("/");
    const name = parts.pop();
    let folder = root;
    for (const part of parts) {
      if (!folder.folders.has(part)) folder.folders.set(part, { folders: new Map(), files: [], archives: [] });
      folder = folder.folders.get(part);
    }
    (ARCHIVE.test(name) ? folder.archives : folder.files).push(name);
  }
  return root;
}

function all(folder) {
  const held = { files: folder.files.length, archives: folder.archives.length };
  for (const each of folder.folders.values()) {
    const below = all(each);
    held.files += below.files;
    held.archives += below.archives;
  }
  return held;
}

/** A folder among others: a dossier, or, when it holds folders only, those that they are. */
function ofFolder(name, folder) {
  if (folder.files.length) return [{ name, ...all(folder) }];
  return [...inside(folder)];
}

function* inside(folder) {
  for (const name of folder.files) yield { name: stem(name), files: 1, archives: 0 };
  for (const name of folder.archives) yield { name: stem(name), files: 0, archives: 1 };
  for (const [name, each] of folder.folders) yield* ofFolder(name, each);
}

/**
 * `{ dossiers: [{ name, files, archives }], lots, pieces }`: `files` counts PDFs, `archives` the archives that hold others;
 * `lots` names archives each of which gives dossiers of its own. A dossier without a name takes that of the deposit.
 * A folder alone is a folder of dossiers, unless one PDF is all that it holds: then it is one, of its name. `pieces`: it
 * holds several, which may be those of one applicant.
 */
export function formed(paths, together) {
  const root = tree(paths);
  const loose = root.files.length + root.archives.length;
  const alone = loose === 0 && root.folders.size === 1 ? [...root.folders][0] : null;
  if (together) {
    const only = alone?.[0] ?? (paths.length === 1 && loose === 1 ? stem(paths[0]) : "");
    return { dossiers: paths.length ? [{ name: only, ...all(root) }] : [], lots: [] };
  }
  if (alone && alone[1].files.length === 1 && paths.length === 1) return { dossiers: [{ name: alone[0], files: 1, archives: 0 }], lots: [] };
  const among = alone ? alone[1] : root;
  const lots = among.archives;
  const dossiers = [...inside({ ...among, archives: [] })];
  const order = new Intl.Collator("fr", { numeric: true });
  const pieces = alone !== null && among.files.length > 1 && among.folders.size === 0 && lots.length === 0;
  return { dossiers: dossiers.sort((a, b) => order.compare(a.name, b.name)), lots, pieces };
}
