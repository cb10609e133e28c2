/** Boxes `[x0, y0, x1, y1]`: PDF points from the top left of the page as it is shown. */

const SAME_LINE_OVERLAP = 0.5; // of the lower box
const SAME_LINE_GAP = 2; // times the higher box

/** Places an element over `box` of a page of that size, whatever the zoom. */
export function placeOver(element, [x0, y0, x1, y1], { width, height }) {
  element.style.left = `${(100 * x0) / width}%`;
  element.style.top = `${(100 * y0) / height}%`;
  element.style.width = `${(100 * (x1 - x0)) / width}%`;
  element.style.height = `${(100 * (y1 - y0)) / height}%`;
}

/** A box of a page from a rectangle of the window; `frame` is the page's own rectangle. */
export function fromWindow(rectangle, frame, { width, height }) {
  const x = (value) => Math.min(width, Math.max(0, ((value - frame.left) / frame.width) * width));
  const y = (value) => Math.min(height, Math.max(0, ((value - frame.top) / frame.height) * height));
  return [x(rectangle.left), y(rectangle.top), x(rectangle.right), y(rectangle.bottom)];
}

export function contains([x0, y0, x1, y1], [x, y]) {
  return x0 <= x && x <= x1 && y0 <= y && y <= y1;
}

/** Whether two boxes share a good part of the lower one's height, and some width. */
export function overlap([x0, y0, x1, y1], [left, top, right, bottom]) {
  const shared = Math.min(y1, bottom) - Math.max(y0, top);
  return x0 < right && left < x1 && shared > SAME_LINE_OVERLAP * Math.min(y1 - y0, bottom - top);
}

export const area = ([x0, y0, x1, y1]) => (x1 - x0) * (y1 - y0);

/** Joins boxes, given in reading order, that follow one another on a line. */
export function mergeAlongLines(boxes) {
  const merged = [];
  for (const box of boxes) {
    const last = merged.at(-1);
    if (last && follows(last, box)) merged[merged.length - 1] = union(last, box);
    else merged.push(box);
  }
  return merged;
}

function follows(last, box) {
  const heights = [last[3] - last[1], box[3] - box[1]];
  const overlap = Math.min(last[3], box[3]) - Math.max(last[1], box[1]);
  const gap = box[0] - last[2];
  return (
    overlap > SAME_LINE_OVERLAP * Math.min(...heights) &&
    gap >= -Math.min(...heights) &&
    gap < SAME_LINE_GAP * Math.max(...heights)
  );
}

/** The smallest box around all of `boxes`. */
export const around = (boxes) => boxes.reduce(union);

function union(one, other) {
  return [
    Math.min(one[0], other[0]),
    Math.min(one[1], other[1]),
    Math.max(one[2], other[2]),
    Math.max(one[3], other[3]),
  ];
}
