import { make } from "../elements.js";
import { phrases } from "./phrases.js";

/** The place of one page, which exists before the page is drawn, and the layers laid in it. */
export class Frame {
  /** `page` is {number, width, height, retold}; sizes in points as shown. */
  constructor(file, page, { fileName, pageCount }) {
    this.file = file;
    this.fileName = fileName;
    this.number = page.number;
    this.width = page.width;
    this.height = page.height;
    this.retold = page.retold; // not all of its words are in its text: those of a scan, the answers of a form
    this.canvas = null;
    this.text = null; // the text layer
    this.fields = []; // boxes of the filled fields of a form, which are not in it
    this.drawnAt = 0; // pixels across, 0 when not drawn
    this.failed = false;
    this.differs = false; // what pdf.js draws has other proportions than the server told
    this.marks = make("ol", {
      class: "viewer-marks",
      "aria-label": phrases.marksOfPage(page.number, fileName),
      hidden: true,
    });
    this.fillings = make("div", { class: "viewer-fillings", "aria-hidden": "true" });
    this.element = make(
      "div",
      { class: "viewer-page", role: "group", "aria-label": phrases.pageName(page.number, pageCount, fileName) },
      make("p", { class: "viewer-waits", "aria-hidden": "true" }, phrases.pageWaits(page.number)),
      this.fillings,
      this.marks,
    );
    this.element.dataset.file = file;
    this.element.dataset.page = page.number;
  }

  /** `width` in CSS pixels. */
  resize(width) {
    this.element.style.width = `${width}px`;
    this.element.style.height = `${(width * this.height) / this.width}px`;
    this.element.style.setProperty("--total-scale-factor", width / this.width); // which pdf.js's text layer reads
  }

  get top() {
    return this.element.offsetTop;
  }

  get cssWidth() {
    return this.element.offsetWidth;
  }

  get cssHeight() {
    return this.element.offsetHeight;
  }

  setCanvas(canvas, pixels) {
    canvas.className = "viewer-canvas";
    canvas.setAttribute("aria-hidden", "true"); // the text layer is what is read
    if (this.canvas) this.canvas.replaceWith(canvas);
    else this.element.prepend(canvas);
    this.canvas = canvas;
    this.drawnAt = pixels;
    this.element.classList.add("viewer-page--drawn");
  }

  setText(layer, fields) {
    this.text?.remove();
    this.text = layer;
    this.fields = fields;
    this.marks.before(layer);
  }

  addMark(item, filling) {
    this.marks.append(item);
    this.fillings.append(filling);
    this.marks.hidden = this.fillings.hidden = this.differs;
  }

  clearMarks() {
    this.marks.replaceChildren();
    this.fillings.replaceChildren();
    this.marks.hidden = true;
  }

  /** Gives back the memory of a page that is far away. */
  empty() {
    if (this.canvas) {
      this.canvas.width = 0; // or browsers keep the pixels for a while
      this.canvas.remove();
    }
    this.text?.remove();
    this.canvas = null;
    this.text = null;
    this.drawnAt = 0;
    this.element.classList.remove("viewer-page--drawn");
  }

  /** Shows `message` in place of the page; `retry` adds a button. */
  tell(message, retry = null) {
    this.failed = true;
    this.#note()?.remove();
    const note = make("div", { class: "viewer-note", role: "note" }, make("p", {}, message));
    if (retry) note.append(make("button", { type: "button", onclick: retry }, phrases.retry));
    this.element.append(note);
  }

  /** Hides the marks of a page whose places cannot be trusted, and says so. */
  distrust() {
    this.differs = true;
    this.marks.hidden = this.fillings.hidden = true;
    this.element.append(make("div", { class: "viewer-note viewer-note--slim", role: "note" }, phrases.pageDiffers));
  }

  untell() {
    this.failed = false;
    this.#note()?.remove();
  }

  #note() {
    return this.element.querySelector(":scope > .viewer-note");
  }
}
