const AWAY_FROM_LINE = 3; // how much more a pixel counts downwards than along a line
const OTHER_COLUMN = 400; // pixels that words count further when they are not over or under the line where it began
const WORD_GAP = 1.5; // times the height of a line

/**
 * While words are being selected with the mouse, the empty places around them stand for the nearest words: the end of a line,
 * the gap between two columns, the margin. Browsers select nothing there, or all that follows. Returns a function that stops it.
 */
export function followMouse(element) {
  const stop = new AbortController();
  const options = { signal: stop.signal };
  let begun = null; // the line where the selection begins, {left, right}; `from`: where, when the browser does not know
  let asked = 0;

  const begin = (event) => {
    begun = null;
    const layer = event.target.closest?.(".textLayer");
    if (!layer || event.pointerType !== "mouse" || event.button !== 0 || event.shiftKey) return;
    const words = wordsAt(event) ?? nearest(layer, event, null);
    if (words) begun = { ...lineOf(words, layer), from: wordsAt(event) ? null : caret(words, event) };
  };
  const go = (event) => {
    if (!begun || (wordsAt(event) && !begun.from)) return;
    const layer = layerAt(element, event);
    const words = wordsAt(event) ?? (layer && nearest(layer, event, begun));
    if (!words) return;
    const { from } = begun;
    cancelAnimationFrame(asked);
    asked = requestAnimationFrame(() => reach(from, caret(words, event))); // after the browser's own doing
  };
  element.addEventListener("pointerdown", begin, options);
  addEventListener("pointermove", go, options);
  addEventListener("pointerup", () => (begun = null), options);
  stop.signal.addEventListener("abort", () => cancelAnimationFrame(asked));
  return () => stop.abort();
}

function reach(from, to) {
  const selection = document.getSelection();
  if (from) selection.setBaseAndExtent(from.node, from.offset, to.node, to.offset);
  else if (selection.anchorNode) selection.extend(to.node, to.offset);
}

/** The run of words under the pointer, or null. */
function wordsAt({ target }) {
  return target.closest?.(".textLayer") && target.firstChild?.nodeType === Node.TEXT_NODE ? target : null;
}

/** The text layer of the page at the height of the pointer. */
function layerAt(element, { clientY: y }) {
  const away = (layer) => outside(y, layer.getBoundingClientRect(), "top", "bottom");
  const layers = [...element.querySelectorAll(".textLayer")];
  return layers.reduce((best, layer) => (best && away(best) <= away(layer) ? best : layer), null);
}

/** The words of a layer that the pointer means when it is over none, or null. */
function nearest(layer, { clientX: x, clientY: y }, begun) {
  let best = null;
  for (const words of layer.querySelectorAll("span:not(.markedContent)")) {
    if (!words.firstChild || !words.textContent.trim()) continue;
    const box = words.getBoundingClientRect();
    const elsewhere = begun && (box.left >= begun.right || box.right <= begun.left);
    const away =
      outside(x, box, "left", "right") +
      AWAY_FROM_LINE * outside(y, box, "top", "bottom") +
      (elsewhere ? OTHER_COLUMN : 0);
    if (!best || away < best.away) best = { words, away };
  }
  return best?.words ?? null;
}

/** How far the line of `words` goes: to the gap between columns, or the margin. */
function lineOf(words, layer) {
  const { left, right, top, bottom } = words.getBoundingClientRect();
  const gap = WORD_GAP * (bottom - top);
  const line = [...layer.querySelectorAll("span:not(.markedContent)")]
    .map((span) => span.getBoundingClientRect())
    .filter((box) => box.top < (top + bottom) / 2 && (top + bottom) / 2 < box.bottom)
    .sort((one, other) => one.left - other.left);
  const reached = { left, right };
  for (const box of line) if (box.left < reached.right + gap) reached.right = Math.max(reached.right, box.right);
  for (const box of line.reverse()) if (box.right > reached.left - gap) reached.left = Math.min(reached.left, box.left);
  return reached;
}

/** Where in `words` the pointer is, or its nearer end. */
function caret(words, { clientX: x }) {
  const { left, width } = words.getBoundingClientRect();
  const node = words.firstChild;
  const share = width > 0 ? Math.min(1, Math.max(0, (x - left) / width)) : 0;
  return { node, offset: Math.round(share * node.length) };
}

function outside(value, box, start, end) {
  return Math.max(0, box[start] - value, value - box[end]);
}
