import { make } from "../elements.js";
import { around, fromWindow } from "./boxes.js";
import { Column, ZOOM } from "./column.js";
import { followMouse } from "./dragging.js";
import { Drawing } from "./drawing.js";
import { Emitter } from "./emitter.js";
import { Files } from "./files.js";
import { Highlights } from "./highlights.js";
import { arrangeLabels } from "./labels.js";
import { MiniMap } from "./minimap.js";
import { phrases } from "./phrases.js";
import { Section } from "./section.js";
import { watchSelection } from "./selection.js";
import { Toolbar } from "./toolbar.js";

const REDRAW = 150; // milliseconds after the last change of size
const WHEEL = 0.01; // of zoom by notch

/**
 * Shows the PDFs of one dossier in `element`, as one column of pages.
 *
 * `files`: [{url, name, pages: [{number, width, height, ocr}]}]; sizes in points, as shown. A file whose pages are
 * not known (an empty list) is opened to count them. `wordsUrl` answers `?file=&page=` (file from 0, page from 1)
 * with {words: [[x0, y0, x1, y1, text], …]} in reading order, for pages that are `retold` or whose file mixes columns. `start`: a place to begin at.
 *
 * What `element` held before (links to the files, for browsers without JavaScript) is replaced.
 *
 * Resolves at once: highlights can be shown and gone to while the first page is being fetched; `ready()` tells when
 * it is shown. Places are {file, page, box?}; boxes are
 * [x0, y0, x1, y1] in points from the top left of the page as shown.
 */
export async function openViewer(element, { files, wordsUrl = null, start = null }) {
  const viewer = new Viewer(element, { files, wordsUrl });
  if (start) viewer.goToPlace(start);
  else viewer.ready();
  return viewer;
}

class Viewer {
  #events = new Emitter();
  #sections;
  #scroller = make("div", { class: "viewer-scroller", role: "region", tabindex: "0", "aria-label": phrases.pages });
  #column = new Column(this.#scroller);
  #highlights = new Highlights((id) => this.#activate(id));
  #map = new MiniMap(this.#column, (id) => this.#goToMark(id));
  #toolbar;
  #files;
  #drawing;
  #resized = new ResizeObserver(() => this.#fit());
  #again = () => {
    this.#toolbar.tell("");
    this.#drawing.retryAll();
  };
  #stopSelection;
  #stopMouse;
  #page = null;
  #moving = 0;
  #redrawing = 0;
  #shown = []; // highlights

  constructor(element, { files, wordsUrl }) {
    this.#sections = files.map((file, index) => new Section(index, file));
    this.#toolbar = new Toolbar(files, {
      goToPage: (file, page) => this.goToPlace({ file, page }),
      smaller: () => this.#zoom(this.#column.zoom / ZOOM.step),
      larger: () => this.#zoom(this.#column.zoom * ZOOM.step),
      fit: () => this.#zoom(1),
    });
    this.#files = new Files(files, (file, percent) => this.#toolbar.showProgress(file, percent));
    this.#drawing = new Drawing(this.#files, {
      wordsUrl,
      onText: arrangeLabels,
      onWordsFailure: (frame) => this.#toolbar.tell(phrases.wordsFail(frame.number)),
    });
    element.classList.add("viewer");
    element.replaceChildren(this.#toolbar.element, this.#scroller, this.#toolbar.status, this.#map.element);
    this.#layPages();
    this.#listen();
    this.#toolbar.showZoom(1);
  }

  /** See Emitter.on. Events: "select" (a place and its text, or null), "page" ({file, page}), "activate" (an id). */
  on(name, listener) {
    return this.#events.on(name, listener);
  }

  /** `highlights`: [{id, label, note, kind, colour, regions: [{file, page, boxes}]}] in place of the former. */
  show(highlights) {
    this.#shown = highlights;
    this.#highlights.show(highlights, this.#column.frames);
    this.#map.draw(highlights, this.#column.frames);
  }

  /** True once the page of highlight `id` is shown with it in view; false when it has no place or cannot be shown. */
  async goTo(id) {
    const place = this.#highlights.placeOf(id);
    if (!place) return false;
    this.#bringIntoView();
    const shown = await this.goToPlace({ ...place, box: around(place.boxes) });
    if (shown) this.#highlights.point(id);
    return shown;
  }

  /** Like goTo, for any place. */
  async goToPlace({ file, page, box = null }) {
    const frame = this.#column.frames.find((one) => one.file === file && one.number === page);
    if (!frame) {
      this.#sections[file]?.element.scrollIntoView({ block: "start", behavior: "instant" }); // where it says why
      this.#move();
      return false;
    }
    this.#column.goTo(frame, box);
    this.#move();
    return this.#drawing.whenDrawn(frame);
  }

  /** On a small screen the viewer may have been scrolled away, with the page that holds it. */
  #bringIntoView() {
    const { top, bottom } = this.#scroller.getBoundingClientRect();
    if (bottom < innerHeight / 4 || top > (3 * innerHeight) / 4) this.#scroller.parentElement.scrollIntoView({ block: "start" });
  }

  /** {file, page} in the middle of the view; the page is null in a file that shows none. Null when no page is known. */
  current() {
    const middle = this.#scroller.scrollTop + this.#scroller.clientHeight / 2;
    const empty = this.#sections.findIndex((section) => section.isEmptyAt(middle));
    if (empty >= 0) return { file: empty, page: null };
    const frame = this.#column.current();
    return frame && { file: frame.file, page: frame.number };
  }

  /** What is seen, to be given to `restore` by another page that shows the same files; null when no page is known. */
  view() {
    return this.#column.view();
  }

  /** Comes back to what `view` gave; false when it is not there. */
  restore(view) {
    if (!this.#column.restore(view)) return false;
    this.#toolbar.showZoom(this.#column.zoom);
    this.#resize();
    this.#move();
    return true;
  }

  /** True once the page in view is shown. */
  async ready() {
    this.#move();
    const frame = this.#column.current();
    return frame ? this.#drawing.whenDrawn(frame) : false;
  }

  /** Frees all that the viewer holds. */
  close() {
    this.#resized.disconnect();
    removeEventListener("online", this.#again);
    this.#stopMouse();
    this.#stopSelection();
    cancelAnimationFrame(this.#moving);
    clearTimeout(this.#redrawing);
    this.#drawing.close();
    this.#files.close();
  }

  #layPages() {
    this.#scroller.replaceChildren(...this.#sections.map(({ element }) => element));
    this.#takePages();
    for (const [file, section] of this.#sections.entries()) {
      if (section.frames.length === 0) this.#countPages(file, section);
    }
  }

  async #countPages(file, section) {
    await section.countPages(this.#files);
    this.#toolbar.setCount(file, section.frames.length);
    this.#takePages(); // those of other files have moved, even when this one shows none
    this.#move();
  }

  #takePages() {
    this.#column.setFrames(this.#sections.flatMap(({ frames }) => frames));
    this.show(this.#shown);
  }

  #listen() {
    this.#scroller.addEventListener("scroll", () => {
      cancelAnimationFrame(this.#moving);
      this.#moving = requestAnimationFrame(() => this.#move());
    });
    this.#scroller.addEventListener("click", (event) => this.#click(event));
    this.#scroller.addEventListener("wheel", (event) => this.#wheel(event), { passive: false });
    this.#resized.observe(this.#scroller);
    addEventListener("online", this.#again);
    this.#stopMouse = followMouse(this.#scroller);
    this.#stopSelection = watchSelection(this.#scroller, this.#column, (place) => this.#events.emit("select", place));
  }

  /** Follows the scroll: draws what is in view, tells which page it is. */
  #move() {
    this.#drawing.want(this.#column.wanted());
    this.#map.follow(this.#scroller);
    const page = this.current();
    if (!page || (page.file === this.#page?.file && page.page === this.#page.page)) return;
    this.#page = page;
    this.#toolbar.showPage(page);
    this.#events.emit("page", page);
  }

  #zoom(ratio) {
    this.#column.setZoom(ratio);
    this.#toolbar.showZoom(this.#column.zoom);
    this.#resize();
  }

  #fit() {
    if (this.#column.fit()) this.#resize();
  }

  /** Pages are stretched at once, and drawn again when sizes have settled. */
  #resize() {
    this.#highlights.arrange();
    this.#map.draw(this.#shown, this.#column.frames);
    this.#map.follow(this.#scroller);
    clearTimeout(this.#redrawing);
    this.#redrawing = setTimeout(() => this.#move(), REDRAW);
  }

  /** Two fingers on a touch pad arrive as a wheel with the control key. */
  #wheel(event) {
    if (!event.ctrlKey) return;
    event.preventDefault();
    this.#zoom(this.#column.zoom * Math.exp(-event.deltaY * WHEEL));
  }

  #click(event) {
    const element = event.target.closest(".viewer-page");
    if (!element || event.target.closest("button") || !document.getSelection().isCollapsed) return;
    const frame = this.#column.frames.find((one) => one.element === element);
    const { clientX: x, clientY: y } = event;
    const [left, top] = fromWindow({ left: x, right: x, top: y, bottom: y }, element.getBoundingClientRect(), frame);
    const id = this.#highlights.at(frame, [left, top]);
    if (id !== null) this.#activate(id);
  }

  #goToMark(id) {
    this.goTo(id);
    this.#activate(id);
  }

  #activate(id) {
    this.#highlights.point(id);
    this.#events.emit("activate", id);
  }
}
