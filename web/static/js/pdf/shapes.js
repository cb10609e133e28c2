/** How a passage is drawn: its lines as one block, and the line around it. Boxes are those of `boxes.js`. */

const NEAR = 1.3; // of the lower box: lines no further apart make one block, up to a double spacing
const AWAY = 1.5; // points, or the line would lie on the letters
const SVG = "http://www.w3.org/2000/svg";

/** The boxes of a passage, with those of lines that follow one another stretched until they touch, so that none lies over the other's words. */
export function blocksOf(boxes) {
  const blocks = [];
  for (const box of boxes.map((each) => [...each])) {
    const last = blocks.at(-1)?.at(-1);
    if (last && isNextLine(last, box)) {
      last[3] = box[1] = (last[3] + box[1]) / 2;
      blocks.at(-1).push(box);
    } else blocks.push([box]);
  }
  return blocks;
}

/** A drawing of the size of the page with the line around `blocks`: in colour, on a light one that shows on dark pages. */
export function outline(blocks, { width, height }) {
  const drawing = element("svg", { class: "viewer-outline", viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: "none", "aria-hidden": "true" });
  const d = blocks.map(around).join("");
  drawing.append(element("path", { d, class: "viewer-outline-halo" }), element("path", { d }));
  return drawing;
}

function isNextLine(last, next) {
  const lower = Math.min(last[3] - last[1], next[3] - next[1]);
  const middle = (last[1] + last[3]) / 2;
  return next[1] > middle && Math.abs(next[1] - last[3]) < NEAR * lower;
}

/** Down the right sides of the lines, up the left ones. */
function around(block) {
  const right = withEdges(block).flatMap(([, y0, x1, y1]) => [[x1 + AWAY, y0], [x1 + AWAY, y1]]);
  const left = withEdges(block).reverse().flatMap(([x0, y0, , y1]) => [[x0 - AWAY, y1], [x0 - AWAY, y0]]);
  return `M${[...right, ...left].map((point) => point.join(" ")).join("L")}Z`;
}

/** The lines of a block, the first a little higher and the last a little lower. */
function withEdges(block) {
  const lines = block.map((box) => [...box]);
  lines[0][1] -= AWAY;
  lines.at(-1)[3] += AWAY;
  return lines;
}

function element(tag, attributes) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}
