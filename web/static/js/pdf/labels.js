import { fromWindow, overlap } from "./boxes.js";

const WIDTH = 12; // points that a label takes, at the usual zoom
const SAME_SPOT = { x: 20, y: 8 }; // points within which labels would cover one another
const boxes = new WeakMap(); // label → the box that it belongs to

/** Hangs a label at the left of `box`, the first of a highlight. */
export function placeLabel(label, box, page) {
  boxes.set(label, box);
  label.style.top = `${(100 * box[1]) / page.height}%`;
  hang(label, box[0], page);
  return label;
}

/** Moves the labels that hide words to the beginning of their line, once the words are known; none hides another. */
export function arrangeLabels(frame) {
  const labels = [...frame.marks.querySelectorAll(".viewer-mark-label")];
  if (labels.length === 0) return;
  const words = frame.text ? wordsOf(frame) : [];
  const taken = [];
  for (const label of labels) {
    const box = boxes.get(label);
    const spot = [lineStart(box, words), box[1]];
    hang(label, spot[0], frame);
    label.style.setProperty("--rank", taken.filter((other) => near(other, spot)).length);
    taken.push(spot);
  }
}

function hang(label, x, { width }) {
  label.style.right = `${100 - (100 * x) / width}%`;
}

/** Where the words that run up to `box` begin: its own left side when nothing stands before it. */
function lineStart([x0, y0, , y1], words) {
  const before = words.filter((word) => overlap(word, [x0 - WIDTH, y0, x0 - 1, y1]));
  return before.length === 0 ? x0 : lineStart([Math.min(...before.map(([left]) => left)), y0, 0, y1], words);
}

function near([x, y], [otherX, otherY]) {
  return Math.abs(x - otherX) < SAME_SPOT.x && Math.abs(y - otherY) < SAME_SPOT.y;
}

/** Boxes of the runs of words of a text layer. */
function wordsOf(frame) {
  const page = frame.element.getBoundingClientRect();
  return [...frame.text.querySelectorAll("span:not(.markedContent)")]
    .filter((span) => span.textContent.trim())
    .map((span) => fromWindow(span.getBoundingClientRect(), page, frame));
}
