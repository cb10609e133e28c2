import { fromWindow, mergeAlongLines } from "./boxes.js";

const SETTLED = 250; // milliseconds without a change

/**
 * Watches the pages of `column`, which are in `element`.
 * Calls `onSelect(place)` when the reader has selected words of the pages: {regions: [{file, page, boxes}], text},
 * and `onSelect(null)` when nothing is selected any more. Returns a function that stops it.
 */
export function watchSelection(element, column, onSelect) {
  const stop = new AbortController();
  const options = { signal: stop.signal };
  let timer = 0;
  let pressed = false;
  let told = false;
  const tell = () => {
    if (pressed) return;
    const selection = document.getSelection();
    const place = placeOf(selection, column.frames);
    const elsewhere = selection.anchorNode && !element.contains(selection.anchorNode); // writing a note on the words
    if (!place && (elsewhere || !told)) return;
    told = Boolean(place);
    onSelect(place);
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(tell, SETTLED);
  };
  document.addEventListener("selectionchange", later, options);
  document.addEventListener("pointerdown", () => (pressed = true), options);
  for (const name of ["pointerup", "pointercancel"]) {
    document.addEventListener(name, () => ((pressed = false), later()), options);
  }
  stop.signal.addEventListener("abort", () => clearTimeout(timer));
  return () => stop.abort();
}

/** The place of what is selected on the pages, or null. */
export function placeOf(selection, frames) {
  if (!selection || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const regions = frames
    .filter((frame) => frame.text && range.intersectsNode(frame.text))
    .map((frame) => ({ file: frame.file, page: frame.number, boxes: boxesOn(frame, range) }))
    .filter(({ boxes }) => boxes.length > 0);
  const text = selection.toString().replace(/\s+/gu, " ").trim();
  return regions.length > 0 && text ? { regions, text } : null;
}

function boxesOn(frame, range) {
  const page = frame.element.getBoundingClientRect();
  const nodes = document.createTreeWalker(frame.text, NodeFilter.SHOW_TEXT);
  const boxes = [];
  for (let node = nodes.nextNode(); node; node = nodes.nextNode()) {
    if (!range.intersectsNode(node) || !node.data.trim()) continue;
    for (const rectangle of partOf(node, range).getClientRects()) {
      if (rectangle.width > 0) boxes.push(fromWindow(rectangle, page, frame));
    }
  }
  return mergeAlongLines(boxes);
}

/** What `range` holds of a text node. */
function partOf(node, range) {
  const part = document.createRange();
  part.selectNodeContents(node);
  if (range.startContainer === node) part.setStart(node, range.startOffset);
  if (range.endContainer === node) part.setEnd(node, range.endOffset);
  return part;
}
