/**
 * Text that the server does not have yet, kept on this machine for one person and one form.
 * Logging out clears all of it, whoever wrote it.
 */

const PREFIX = "reperes:texte:";

/** What is kept of the form that posts to `action`: `{version, values, handedIn}`, or null. */
export class Kept {
  constructor(action) {
    this.place = `${PREFIX}${document.body.dataset.person}:${action}`;
  }

  read() {
    try {
      return JSON.parse(localStorage.getItem(this.place));
    } catch {
      return null;
    }
  }

  /** Gives false when this machine has no room or does not allow it: the text is then only on the page. */
  write(content) {
    try {
      localStorage.setItem(this.place, JSON.stringify(content));
      return true;
    } catch {
      return false;
    }
  }

  clear() {
    localStorage.removeItem(this.place);
  }
}

/** How many texts of this person the server does not have. */
export function countKept() {
  return Object.keys(localStorage).filter((place) => place.startsWith(`${PREFIX}${document.body.dataset.person}:`)).length;
}

export function clearAll() {
  const places = Object.keys(localStorage).filter((place) => place.startsWith(PREFIX));
  places.forEach((place) => localStorage.removeItem(place));
}
