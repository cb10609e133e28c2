/** Boxes of the fields of a form that hold words, in points: the page shows these, the text layer of pdf.js has none. */
export async function filledFields(page) {
  const viewport = page.getViewport({ scale: 1 });
  const filled = (await page.getAnnotations()).filter(({ fieldType, fieldValue }) => ["Tx", "Ch"].includes(fieldType) && String(fieldValue ?? "").trim());
  return filled.map(({ rect }) => {
    const [one, other] = [rect.slice(0, 2), rect.slice(2)].map(([x, y]) => viewport.convertToViewportPoint(x, y));
    return [Math.min(one[0], other[0]), Math.min(one[1], other[1]), Math.max(one[0], other[0]), Math.max(one[1], other[1])];
  });
}
