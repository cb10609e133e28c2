import { make } from "../elements.js";
import { Frame } from "./frames.js";
import { phrases } from "./phrases.js";

/** One file of the dossier in the column: its name above its pages. */
export class Section {
  frames = [];
  #file;
  #name;

  constructor(file, { name, pages }) {
    this.#file = file;
    this.#name = name;
    this.element = make("div", { class: "viewer-section" }, make("p", { class: "viewer-section-name" }, name));
    this.#setPages(pages);
  }

  /** Whether it has no page to show, and stands at a height of the column, in pixels. */
  isEmptyAt(height) {
    const { offsetTop, offsetHeight } = this.element;
    return this.frames.length === 0 && offsetTop <= height && height < offsetTop + offsetHeight;
  }

  /** Asks the file itself for its pages, or says why it cannot be shown. */
  async countPages(files) {
    this.element.querySelector(".viewer-note")?.remove();
    try {
      this.#setPages(await pagesOf(await files.document(this.#file)));
    } catch (error) {
      console.error(error.name, error.reason ?? "");
      this.#tell(error.reason ? error.message : phrases.fileFails(phrases.reasons.unknown));
    }
  }

  #setPages(pages) {
    const about = { fileName: this.#name, pageCount: pages.length };
    this.frames = pages.map((page) => new Frame(this.#file, page, about));
    this.element.append(...this.frames.map((frame) => frame.element));
  }

  #tell(message) {
    this.element.append(make("div", { class: "viewer-note viewer-note--file", role: "note" }, make("p", {}, message)));
  }
}

async function pagesOf(pdf) {
  const numbers = Array.from({ length: pdf.numPages }, (_, index) => index + 1);
  return Promise.all(
    numbers.map(async (number) => {
      const { width, height } = (await pdf.getPage(number)).getViewport({ scale: 1 });
      return { number, width, height, ocr: false };
    }),
  );
}
