const COMPONENTS = "/statique/vendor/pdfjs/legacy/web/pdf_viewer.mjs"; // asked for once the first page is drawn
const FONT = { fontFamily: "sans-serif", ascent: 0.8, descent: -0.2, vertical: false };
const DESCENT = 0.2; // of the height of a word

/**
 * The layer in which the words of a page are selected: pdf.js's own, over the text of the PDF or, where not all of
 * them are in that text, over the words that the server has read.
 */
export async function textLayer(frame, page, wordsUrl) {
  const scale = frame.cssWidth / frame.width;
  if (!frame.retold) return layerOf(page, page.getViewport({ scale }));
  const words = await fetchWords(wordsUrl, frame);
  const viewport = {
    scale,
    rotation: 0, // words are placed on the page as it is shown
    rawDims: { pageWidth: frame.width, pageHeight: frame.height, pageX: 0, pageY: 0 },
  };
  return layerOf({ streamTextContent: () => contentOf(words, frame.height) }, viewport);
}

async function layerOf(source, viewport) {
  const { TextLayerBuilder } = await import(COMPONENTS);
  const builder = new TextLayerBuilder({ pdfPage: source });
  builder.div.tabIndex = -1; // the column of pages is the one stop of the keyboard
  await builder.render({ viewport });
  return builder.div;
}

/** Words `[x0, y0, x1, y1, text]` of a page, in reading order. */
export async function fetchWords(wordsUrl, frame) {
  const url = new URL(wordsUrl, document.baseURI);
  url.searchParams.set("file", frame.file);
  url.searchParams.set("page", frame.number);
  const response = await fetch(url, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(`words: ${response.status}`);
  return (await response.json()).words;
}

/** Words `[x0, y0, x1, y1, text]` in reading order as pdf.js tells the text of a page. */
function contentOf(words, pageHeight) {
  const items = words.flatMap((word, index) => itemsOf(word, words[index + 1], pageHeight));
  return new ReadableStream({
    start(controller) {
      controller.enqueue({ items, styles: { read: FONT }, lang: "fr" });
      controller.close();
    },
  });
}

function itemsOf([x0, y0, x1, y1, text], next, pageHeight) {
  const height = y1 - y0;
  const baseline = pageHeight - y1 + DESCENT * height;
  const item = (str, x, width, hasEOL) => ({
    str,
    dir: "ltr",
    width,
    height,
    transform: [height, 0, 0, height, x, baseline],
    fontName: "read",
    hasEOL,
  });
  const lineEnds = !next || next[1] > y1 || next[0] < x0;
  return lineEnds ? [item(text, x0, x1 - x0, true)] : [item(text, x0, x1 - x0, false), item(" ", x1, 0, false)];
}
