/**
 * What a person presses before the scripts of the page have run waits for them: without them it would do something else (close
 * a call that asks first, leave for a file) or nothing. `<html data-ready>` says that they have run.
 * In the head, no module: it is there before what can be pressed.
 */
(() => {
  const forms = "form:is([data-confirm], [data-choice], [data-decision], [data-logout]) button";
  const waits = `${forms}, button[type=button], button[data-confirm], a[data-confirm], a[data-place], a[data-keys-help]`;
  let pressed = null;

  const hold = (event) => {
    const subject = event.target.closest(waits);
    if (!subject || event.ctrlKey || event.metaKey || event.shiftKey) return;
    pressed = subject;
    event.preventDefault();
    event.stopImmediatePropagation();
  };

  document.addEventListener("click", hold, true);
  // Modules have run by then, or failed: what they do not do, the page does.
  addEventListener("load", () => {
    document.removeEventListener("click", hold, true);
    document.documentElement.dataset.ready = "";
    pressed?.click();
  });
})();
