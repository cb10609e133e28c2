import { make } from "../elements.js";
import { phrases } from "./phrases.js";

const NEAR_TICK = 6; // pixels

/** A narrow picture of the whole column: its pages, the highlights as ticks, and what is in view. */
export class MiniMap {
  #column;
  #ticks = [];
  #pages = make("div", { class: "viewer-map-pages" });
  #marks = make("div", { class: "viewer-map-marks" });
  #view = make("div", { class: "viewer-map-view" });

  /** `onMark(id)` when a tick is clicked. */
  constructor(column, onMark) {
    this.#column = column;
    this.element = make("div", { class: "viewer-map", role: "img" }, this.#pages, this.#marks, this.#view);
    this.element.addEventListener("pointerdown", (event) => this.#press(event, onMark));
    this.element.addEventListener("pointermove", (event) => {
      if (event.buttons === 1) column.goToShare(this.#shareAt(event));
    });
  }

  /** Draws pages and ticks again: sizes or highlights have changed. */
  draw(highlights, frames) {
    this.#pages.replaceChildren(
      ...frames.map((frame) => this.#block("viewer-map-page", frame.top, frame.cssHeight, frame)),
    );
    this.#ticks = highlights.flatMap((highlight) => this.#ticksOf(highlight, frames));
    this.#marks.replaceChildren(...this.#ticks.map(({ element }) => element));
    this.element.setAttribute("aria-label", spoken(highlights, frames));
  }

  /** Follows the reader. */
  follow({ scrollTop, clientHeight }) {
    this.#view.style.top = `${(100 * scrollTop) / this.#column.height}%`;
    this.#view.style.height = `${(100 * clientHeight) / this.#column.height}%`;
  }

  #ticksOf(highlight, frames) {
    return highlight.regions.flatMap((region) => {
      const frame = frames.find(({ file, number }) => file === region.file && number === region.page);
      if (!frame || frame.differs || region.boxes.length === 0) return [];
      const top = frame.top + (region.boxes[0][1] / frame.height) * frame.cssHeight;
      const element = this.#block("viewer-map-mark", top, 0, frame);
      element.dataset.kind = highlight.kind;
      element.dataset.colour = highlight.colour;
      return [{ id: highlight.id, share: top / this.#column.height, element }];
    });
  }

  #block(name, top, height, frame) {
    const block = make("div", { class: name });
    block.style.top = `${(100 * top) / this.#column.height}%`;
    if (height > 0) block.style.height = `${(100 * height) / this.#column.height}%`;
    if (name === "viewer-map-page") block.dataset.file = frame.file % 2;
    return block;
  }

  #press(event, onMark) {
    if (event.button !== 0) return;
    this.element.setPointerCapture(event.pointerId);
    const share = this.#shareAt(event);
    const distance = (tick) => Math.abs(tick.share - share) * this.element.clientHeight;
    const nearest = [...this.#ticks].sort((one, other) => distance(one) - distance(other))[0];
    if (nearest && distance(nearest) <= NEAR_TICK) onMark(nearest.id);
    else this.#column.goToShare(share);
  }

  #shareAt(event) {
    const { top, height } = this.element.getBoundingClientRect();
    return (event.clientY - top) / height;
  }
}

function spoken(highlights, frames) {
  const byFile = new Map();
  for (const { file, page } of highlights.flatMap(({ regions }) => regions)) {
    byFile.set(file, (byFile.get(file) ?? new Set()).add(page));
  }
  const where = [...byFile]
    .sort(([one], [other]) => one - other)
    .map(([file, pages]) => {
      const name = frames.find((frame) => frame.file === file)?.fileName ?? "";
      return phrases.mapPages(name, [...pages].sort((one, other) => one - other));
    });
  return phrases.map(frames.length, highlights.length, where.join(" ; "));
}
