/** The separator of two panes: dragged, or moved with the arrow keys; its place is kept on this machine for this screen. */

const STEP = 2; // percent

function setUp(split) {
  const separator = split.querySelector(":scope > [role=separator]");
  const place = `reperes:separateur:${split.dataset.split}`;
  const least = Number(separator.ariaValueMin);
  const most = Number(separator.ariaValueMax);

  const move = (percent) => {
    const kept = Math.round(Math.min(most, Math.max(least, percent)));
    separator.ariaValueNow = String(kept);
    separator.ariaValueText = `${kept} % de la largeur`;
    split.style.setProperty("--split", `${kept}%`);
    localStorage.setItem(place, String(kept));
  };

  separator.addEventListener("keydown", (event) => {
    const now = Number(separator.ariaValueNow);
    const places = { ArrowLeft: now - STEP, ArrowRight: now + STEP, Home: least, End: most };
    if (!(event.key in places)) return;
    event.preventDefault();
    move(places[event.key]);
  });
  separator.addEventListener("pointerdown", (event) => {
    separator.setPointerCapture(event.pointerId);
    split.classList.add("split--dragged");
  });
  separator.addEventListener("pointermove", (event) => {
    if (!separator.hasPointerCapture(event.pointerId)) return;
    const box = split.getBoundingClientRect();
    move((100 * (event.clientX - box.left)) / box.width);
  });
  separator.addEventListener("lostpointercapture", () => split.classList.remove("split--dragged"));

  const before = Number(localStorage.getItem(place));
  if (before) move(before);
}

document.querySelectorAll("[data-split]").forEach(setUp);
