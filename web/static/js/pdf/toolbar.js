import { make } from "../elements.js";
import { phrases } from "./phrases.js";

/** The bar above the pages: the files of the dossier, the page, the zoom, and what is going on. */
export class Toolbar {
  status = make("p", { class: "viewer-status", role: "status" }); // lies over the pages, so that nothing moves
  #files;
  #names;
  #counts;
  #page = make("input", { class: "viewer-page-field", inputmode: "numeric", autocomplete: "off", size: 3 });
  #count = make("span", { class: "viewer-page-count" });
  #open = make("a", { class: "viewer-open", target: "_blank", rel: "noopener", title: phrases.openLong }, phrases.open);
  #urls;
  #zoom = make("span", { class: "viewer-zoom", role: "status" });
  #current = null;

  /** `actions`: goToPage(file, number), smaller(), larger(), fit(). */
  constructor(files, actions) {
    this.#counts = files.map(({ pages }) => pages.length);
    this.#names = files.map(({ name }) => name);
    this.#urls = files.map(({ url }) => url);
    this.#files = files.map(({ name }, file) =>
      make("button", { type: "button", class: "viewer-file", title: name, onclick: () => actions.goToPage(file, 1) }, name),
    );
    this.#page.setAttribute("aria-label", phrases.pageField);
    this.#page.addEventListener("change", () => this.#leave(actions));
    this.element = make(
      "div",
      { class: "viewer-bar", role: "group", "aria-label": phrases.toolbar },
      ...(files.length > 1 ? [this.#fileList()] : []),
      make("div", { class: "viewer-pages-of" }, make("span", { "aria-hidden": "true" }, phrases.page), this.#page, this.#count),
      this.#open,
      this.#zoomButtons(actions),
    );
  }

  /** The page in the middle of the view; null in a file that shows none. */
  showPage({ file, page }) {
    this.#current = { file, page };
    if (document.activeElement !== this.#page) this.#page.value = page ?? "";
    this.#page.disabled = page === null;
    this.#open.href = page === null ? this.#urls[file] : `${this.#urls[file]}#page=${page}`;
    this.#count.textContent = page === null ? "" : phrases.ofPages(this.#counts[file]);
    for (const [index, button] of this.#files.entries()) {
      if (index === file && button.ariaCurrent !== "true") button.scrollIntoView({ block: "nearest", inline: "nearest" });
      button.ariaCurrent = index === file ? "true" : null;
    }
  }

  showZoom(ratio) {
    this.#zoom.textContent = phrases.zoom(ratio);
  }

  /** How far the opening of a file is; see Files. */
  showProgress(file, percent) {
    this.tell(percent === 100 ? "" : phrases.opening(this.#names[file], percent));
  }

  tell(message) {
    if (this.status.textContent !== message) this.status.textContent = message;
  }

  setCount(file, count) {
    this.#counts[file] = count;
  }

  #leave(actions) {
    const wanted = Number.parseInt(this.#page.value, 10);
    const { file, page } = this.#current;
    if (wanted >= 1 && wanted <= this.#counts[file]) actions.goToPage(file, wanted);
    else this.#page.value = page;
  }

  #fileList() {
    const items = this.#files.map((button) => make("li", {}, button));
    return make("nav", { class: "viewer-files", "aria-label": phrases.files }, make("ul", {}, ...items));
  }

  #zoomButtons(actions) {
    const button = (text, name, key, action) =>
      make(
        "button",
        { type: "button", "aria-label": name, title: name, "data-key": key, "data-key-help": name, onclick: action },
        text,
      );
    return make(
      "div",
      { class: "viewer-zooms" },
      button("−", phrases.smaller, "-", actions.smaller),
      this.#zoom,
      button("+", phrases.larger, "+", actions.larger),
      button(phrases.fit, phrases.fitLong, "=", actions.fit),
    );
  }
}
