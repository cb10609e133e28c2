/** The letter is copied and printed as it was changed on the page. */

const text = document.querySelector("[data-letter]");

if (text) {
  const copy = document.querySelector("[data-copy]");
  const print = document.querySelector("[data-print]");
  const said = document.querySelector("[data-said]");
  const paper = document.querySelector("[data-paper]");
  copy.hidden = print.hidden = false;
  text.addEventListener("input", () => (paper.textContent = text.value));
  print.addEventListener("click", () => window.print());
  copy.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text.value);
      said.textContent = "Le texte est copié.";
    } catch {
      text.select(); // Without TLS the browser does not let a page copy by itself.
      said.textContent = "Le texte est sélectionné\u00a0: copiez-le avec Ctrl + C.";
    }
  });
}
