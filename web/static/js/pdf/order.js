import { make } from "../elements.js";
import { contains, fromWindow } from "./boxes.js";
import { fetchWords } from "./text.js";

const JUMPS = 3; // from one column to the other, in the order of the file
const GUTTER = 1; // times the height of a line: no narrower between columns

/**
 * Some files print two columns line by line: what is selected in one would run through the other. Their words are put in the
 * order in which the server read them, of which `wordsUrl` tells; other pages are left as they are.
 */
export async function inReadingOrder(frame, wordsUrl) {
  if (frame.retold || !wordsUrl) return; // their words come in that order
  const runs = runsOf(frame);
  if (runs.filter((run, index) => jumps(runs[index - 1], run)).length < JUMPS) return;
  const words = await fetchWords(wordsUrl, frame);
  let last = 0;
  for (const run of runs) {
    const found = words.findIndex(([x0, y0, x1, y1]) => contains(run.box, [(x0 + x1) / 2, (y0 + y1) / 2]));
    run.place = last = found >= 0 ? found : last; // what the server did not read goes with what comes before it
  }
  if (runs.every((run, index) => index === 0 || runs[index - 1].place <= run.place)) return;
  const sorted = runs.toSorted((one, other) => one.place - other.place);
  const lineEnd = () => make("br", { role: "presentation" }); // or what is copied would run on without a space
  frame.text.prepend(...sorted.flatMap(({ nodes }) => (nodes.length > 1 ? nodes : [...nodes, lineEnd()])));
}

/** The words of the layer as the file gives them: `nodes` are a stretch of text and the end of line that follows it. */
function runsOf(frame) {
  const page = frame.element.getBoundingClientRect();
  const runs = [];
  for (const node of frame.text.querySelectorAll("span:not(.markedContent), br")) {
    if (node.localName === "br") runs.at(-1)?.nodes.push(node);
    else if (node.textContent.trim()) runs.push({ nodes: [node], box: fromWindow(node.getBoundingClientRect(), page, frame) });
  }
  return runs;
}

/** Whether `next` stands on the line of `run`, beyond a gap. */
function jumps(run, next) {
  if (!run) return false;
  const [, top, right, bottom] = run.box;
  const middle = (next.box[1] + next.box[3]) / 2;
  return top < middle && middle < bottom && next.box[0] - right > GUTTER * (bottom - top);
}
