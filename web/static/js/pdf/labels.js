import { make } from "../elements.js";
import { fromWindow, overlap } from "./boxes.js";

const MARGIN = 30; // pixels beside the page where a label may still hang: less than the column leaves (column.js)
const GAP = 3; // pixels between a label and what stands beside it
const WORD_GAP = 12; // points between words of one line
const RIGHT = 60; // pixels that a label goes further to stand before a line rather than after it
const ROWS = [0, -1, 1, -2, 2, -3, 3]; // heights of a label, from its line
const boxes = new WeakMap(); // label → the box that it belongs to

/** The label of a highlight whose first box is `box`; `arrangeLabels` gives it its place. */
export function labelOf(text, box, attributes) {
  const label = make("button", { type: "button", class: "viewer-mark-label", ...attributes }, text);
  boxes.set(label, box);
  return label;
}

/**
 * Places the labels of a page beside their lines: over no word that is known, over no other label, cut nowhere.
 * Where a line leaves no room, they stand a little higher or lower.
 */
export function arrangeLabels(frame) {
  const labels = [...frame.marks.querySelectorAll(".viewer-mark-label")];
  if (labels.length === 0) return;
  const scale = frame.cssWidth / frame.width;
  const page = { left: -MARGIN, right: frame.cssWidth + MARGIN, bottom: frame.cssHeight };
  const words = frame.text ? [...wordsOf(frame), ...frame.fields] : [];
  const inWay = words.map((word) => word.map((value) => value * scale));
  const placed = [];
  const sizes = labels.map((label) => [label.offsetWidth, label.offsetHeight]); // all read before any is moved
  for (const [index, label] of labels.entries()) {
    const line = lineOf(boxes.get(label), words).map((value) => value * scale);
    const spot = bestSpot(line, sizes[index], [...inWay, ...placed], page) ?? atTheEdge(line, sizes[index], placed, page);
    label.style.left = `${spot[0]}px`;
    label.style.top = `${spot[1]}px`;
    placed.push(spot);
  }
}

/** The words that run on around `box`, as one box. */
function lineOf([x0, y0, x1, y1], words) {
  const near = words.filter((word) => overlap(word, [x0 - WORD_GAP, y0, x1 + WORD_GAP, y1]));
  const left = Math.min(x0, ...near.map((word) => word[0]));
  const right = Math.max(x1, ...near.map((word) => word[2]));
  return left < x0 || right > x1 ? lineOf([left, y0, right, y1], words) : [x0, y0, x1, y1];
}

/** All in pixels: the free spot nearest to `line`, if there is one. */
function bestSpot(line, [width, height], taken, page) {
  const middle = (line[1] + line[3] - height) / 2;
  const spots = ROWS.flatMap((row) => {
    const y = Math.min(page.bottom - height, Math.max(0, middle + row * (height + 1)));
    const far = 2 * Math.abs(row) * height; // beside its line rather than over it
    const before = slide(line[0] - GAP - width, y, -1);
    const after = slide(line[2] + GAP, y, 1);
    return [
      { at: before, cost: line[0] - GAP - before[2] + far },
      { at: after, cost: after[0] - line[2] + RIGHT + far },
    ];
  });
  const within = spots.filter(({ at }) => at[0] >= page.left && at[2] <= page.right);
  return within.sort((one, other) => one.cost - other.cost)[0]?.at;

  /** From `x` on in one direction, until nothing is in the way. */
  function slide(x, y, direction) {
    const spot = [x, y, x + width, y + height];
    const other = taken.find((each) => cross(each, spot));
    if (!other) return spot;
    return slide(direction < 0 ? other[0] - GAP - width : other[2] + GAP, y, direction);
  }
}

/** A page full of words: the label stands at its edge, under those that are there already. */
function atTheEdge([, top], [width, height], placed, page) {
  const spot = [page.left, top, page.left + width, top + height];
  const other = placed.find((each) => cross(each, spot));
  return other ? atTheEdge([0, other[3] + 1], [width, height], placed, page) : spot;
}

const cross = (one, other) => one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3];

/** Boxes of the runs of words of a text layer. */
function wordsOf(frame) {
  const page = frame.element.getBoundingClientRect();
  return [...frame.text.querySelectorAll("span:not(.markedContent)")]
    .filter((span) => span.textContent.trim())
    .map((span) => fromWindow(span.getBoundingClientRect(), page, frame));
}
