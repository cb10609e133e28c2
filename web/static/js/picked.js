/** What is ticked in a table of several pages, kept while the window is open: a page shows only its own boxes. */
export class Picked {
  #key;
  #ids = new Set();

  /** `view` says which table it is, with its filter. */
  constructor(view) {
    this.#key = `picked:${view}`;
    this.read();
  }

  /** Once more what is kept: other pages may have changed it. */
  read() {
    try {
      this.#ids = new Set(JSON.parse(sessionStorage.getItem(this.#key) ?? "[]"));
    } catch {
      this.#ids = new Set(); // no storage here: ticks last as long as the page
    }
  }

  has(id) {
    return this.#ids.has(id);
  }

  set(id, on) {
    if (on) this.#ids.add(id);
    else this.#ids.delete(id);
  }

  /** Those that are not among the boxes of this page. */
  elsewhere(ids) {
    return [...this.#ids].filter((id) => !ids.includes(id));
  }

  clear() {
    this.#ids.clear();
    this.keep();
  }

  keep() {
    try {
      if (this.#ids.size) sessionStorage.setItem(this.#key, JSON.stringify([...this.#ids]));
      else sessionStorage.removeItem(this.#key);
    } catch {
      // No storage, or none left: ticks last as long as the page.
    }
  }
}
