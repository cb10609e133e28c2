import { make } from "../elements.js";
import { area, contains, placeOver } from "./boxes.js";
import { arrangeLabels, placeLabel } from "./labels.js";
import { phrases } from "./phrases.js";

const PULSE = 1600; // milliseconds

/** Passages drawn over their pages. Each is also a button in a list of its page, for those who do not see colours. */
export class Highlights {
  #highlights = new Map(); // id → {highlight, items}
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
    for (const frame of this.#frames) {
      frame.marks.replaceChildren();
      frame.marks.hidden = true;
    }
    this.#frames = frames;
    this.#highlights.clear();
    for (const highlight of highlights) {
      const items = highlight.regions.map((region, index) => this.#draw(highlight, region, index > 0));
      this.#highlights.set(highlight.id, { highlight, items: items.filter(Boolean) });
    }
    for (const frame of frames) arrangeLabels(frame);
    this.#markCurrent();
    this.#itemsOf(focused)[0]?.querySelector(".viewer-mark-label").focus({ preventScroll: true });
  }

  /** The first place of a highlight, {file, page, boxes}, or null when it has none. */
  placeOf(id) {
    return this.#highlights.get(id)?.highlight.regions[0] ?? null;
  }

  /** Makes a highlight the current one and draws the eye to it. */
  point(id) {
    this.#current = id;
    this.#markCurrent();
    for (const item of this.#itemsOf(id)) {
      item.classList.add("viewer-mark--pulse");
      setTimeout(() => item.classList.remove("viewer-mark--pulse"), PULSE);
    }
  }

  #markCurrent() {
    for (const [id, { items }] of this.#highlights) {
      for (const item of items) item.classList.toggle("viewer-mark--current", id === this.#current);
    }
  }

  #itemsOf(id) {
    return this.#highlights.get(id)?.items ?? [];
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

  #draw(highlight, region, continued) {
    const frame = this.#frames.find(({ file, number }) => file === region.file && number === region.page);
    if (!frame || region.boxes.length === 0) return null;
    const item = make("li", { class: "viewer-mark" });
    item.dataset.mark = highlight.id;
    item.dataset.kind = highlight.kind;
    item.dataset.colour = highlight.colour;
    item.append(this.#label(highlight, region.boxes[0], frame, continued));
    for (const box of region.boxes) {
      const drawn = make("span", { class: "viewer-mark-box", "aria-hidden": "true" });
      placeOver(drawn, box, frame);
      item.append(drawn);
    }
    frame.marks.append(item);
    frame.marks.hidden = frame.differs;
    return item;
  }

  #label(highlight, box, frame, continued) {
    const label = make(
      "button",
      {
        type: "button",
        class: "viewer-mark-label",
        "aria-label": spoken(highlight, continued),
        title: spoken(highlight, continued),
        onclick: () => this.#onActivate(highlight.id),
      },
      continued ? `${highlight.label}…` : highlight.label,
    );
    return placeLabel(label, box, frame);
  }
}

function spoken({ label, kind, note }, continued) {
  const parts = [label, phrases.kinds[kind], note, continued ? phrases.continued : null];
  return parts.filter(Boolean).join(", ");
}
