/**
 * The form of a session: `data-tick="dossier"` on a button ticks all boxes of this name, or unticks them when all are.
 */

for (const button of document.querySelectorAll("[data-tick]")) {
  const boxes = [...document.querySelectorAll(`input[type=checkbox][name=${button.dataset.tick}]`)];
  button.hidden = boxes.length < 2;
  button.addEventListener("click", () => {
    const ticked = !boxes.every((box) => box.checked);
    for (const box of boxes) box.checked = ticked;
  });
}
