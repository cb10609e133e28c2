import { make } from "../elements.js";
import { area, contains, overlap, placeOver } from "./boxes.js";
import { arrangeLabels, labelOf } from "./labels.js";
import { phrases } from "./phrases.js";
import { blocksOf, outline } from "./shapes.js";

/**
 * Passages drawn over their pages. Each is also a button in a list of its page, for those who do not see colours.
 * Fillings lie under the lines of all of them, in a layer of their own: where two overlap, words are no darker than under one.
 */
export class Highlights {
  #highlights = new Map(); // id → {highlight, pieces: [{item, frame, blocks}]}
  #frames = [];
  #onActivate;
  #current = null;

  constructor(onActivate) {
    this.#onActivate = onActivate;
  }

  get all() {
    return [...this.#highlights.values()].map(({ highlight }) => highlight);
  }

  /** Draws `highlights` in place of the former; the current one and the focus stay where they are. */
  show(highlights, frames) {
    const focused = document.activeElement?.closest(".viewer-mark")?.dataset.mark;
    for (const frame of this.#frames) frame.clearMarks();
    this.#frames = frames;
    this.#highlights.clear();
    const drawn = new Map(); // frame → boxes of the highlights drawn before
    for (const highlight of highlights) {
      const pieces = highlight.regions.map((region, index) => this.#draw(highlight, region, index > 0, drawn));
      this.#highlights.set(highlight.id, { highlight, pieces: pieces.filter(Boolean) });
    }
    this.arrange();
    this.#markCurrent();
    this.#piecesOf(focused)[0]?.item.querySelector(".viewer-mark-label").focus({ preventScroll: true });
  }

  /** Places the labels again: the size of the pages has changed. */
  arrange() {
    for (const frame of this.#frames) arrangeLabels(frame);
  }

  /** The first place of a highlight, {file, page, boxes}, or null when it has none. */
  placeOf(id) {
    return this.#highlights.get(id)?.highlight.regions[0] ?? null;
  }

  /** Makes a highlight the current one and draws the eye to it. */
  point(id) {
    this.#current = id;
    this.#markCurrent();
    for (const { item } of this.#piecesOf(id)) {
      item.classList.remove("viewer-mark--pulse");
      void item.offsetWidth; // laid out without it, or a pulse under way would not begin again
      item.classList.add("viewer-mark--pulse");
      item.addEventListener("animationend", () => item.classList.remove("viewer-mark--pulse"), { once: true });
    }
  }

  #markCurrent() {
    for (const [id, { pieces }] of this.#highlights) {
      for (const piece of pieces) markCurrent(piece, id === this.#current);
    }
  }

  #piecesOf(id) {
    return this.#highlights.get(id)?.pieces ?? [];
  }

  /** Id of the smallest highlight at `point` (points) of a page, or null. */
  at(frame, point) {
    if (frame.differs) return null;
    const found = this.all.flatMap(({ id, regions }) =>
      regions
        .filter((region) => region.file === frame.file && region.page === frame.number)
        .flatMap((region) => region.boxes)
        .filter((box) => contains(box, point))
        .map((box) => ({ id, size: area(box) })),
    );
    return found.sort((one, other) => one.size - other.size)[0]?.id ?? null;
  }

  #draw(highlight, region, continued, drawn) {
    const frame = this.#frames.find(({ file, number }) => file === region.file && number === region.page);
    if (!frame || region.boxes.length === 0) return null;
    const blocks = blocksOf(region.boxes);
    const boxes = blocks.flat();
    const before = drawn.get(frame) ?? [];
    drawn.set(frame, [...before, ...boxes]);
    const item = make("li", { class: "viewer-mark" }, this.#label(highlight, region.boxes[0], continued));
    const filling = make("div", { class: "viewer-filling" });
    item.dataset.mark = highlight.id;
    for (const each of [item, filling]) Object.assign(each.dataset, { kind: highlight.kind, colour: highlight.colour });
    for (const box of boxes) {
      const over = before.some((other) => overlap(other, box));
      item.append(part("viewer-mark-box", box, frame, over));
      filling.append(part("viewer-fill", box, frame, over));
    }
    frame.addMark(item, filling);
    return { item, frame, blocks };
  }

  #label(highlight, box, continued) {
    const said = spoken(highlight, continued);
    const attributes = { "aria-label": said, title: said, onclick: () => this.#onActivate(highlight.id) };
    return labelOf(continued ? `${highlight.label}…` : highlight.label, box, attributes);
  }
}

/** A part of a highlight; one that lies `over` another's is striped, and its line is above its words. */
function part(name, box, frame, over) {
  const made = make("span", { class: over ? `${name} ${name}--over` : name, "aria-hidden": "true" });
  placeOver(made, box, frame);
  return made;
}

function markCurrent({ item, frame, blocks }, current) {
  item.classList.toggle("viewer-mark--current", current);
  const drawn = item.querySelector(".viewer-outline");
  if (current && !drawn) item.append(outline(blocks, frame));
  else if (!current) drawn?.remove();
}

function spoken({ label, kind, note }, continued) {
  const parts = [label, phrases.kinds[kind], note, continued ? phrases.continued : null];
  return parts.filter(Boolean).join(", ");
}
