/** Who wants to know what happens in the viewer. */
export class Emitter {
  #listeners = new Map();

  /** Calls `listener` at each event `name`; returns a function that stops it. */
  on(name, listener) {
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  emit(name, value) {
    for (const listener of this.#listeners.get(name) ?? []) listener(value);
  }
}
