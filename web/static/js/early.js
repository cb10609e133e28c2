/**
 * What a person presses before the scripts of the page have run waits for them: without them it would do something else (close
 * a call that asks first, leave for a file) or nothing. Single keys wait in their order, and of clicks the last one.
 * `<html data-ready>` says that they have run. In the head, no module: it is there before what can be pressed.
 */
(() => {
  const forms = "form:is([data-confirm], [data-choice], [data-decision], [data-logout]) button";
  const waits = `${forms}, button[type=button], button[data-confirm], a[data-confirm], a[data-place], a[data-keys-help]`;
  const typed = "input, textarea, select, [contenteditable]";
  let pressed = []; // {click} or {key}, to be done again

  const hold = (event, act) => {
    if (act.click) pressed = pressed.filter(({ click }) => !click);
    pressed.push(act);
    event.preventDefault();
    event.stopImmediatePropagation();
  };

  const holdClick = (event) => {
    const subject = event.target.closest(waits);
    if (!subject || event.ctrlKey || event.metaKey || event.shiftKey) return;
    hold(event, { click: () => subject.click() });
  };

  const holdKey = (event) => {
    const { target, key, code, shiftKey } = event;
    const single = key.length === 1 && key !== " " && !event.ctrlKey && !event.altKey && !event.metaKey && !event.isComposing;
    if (!single || event.repeat || target.closest(typed) || document.body?.dataset.keys !== "on") return;
    const again = { key, code, shiftKey, modifierCapsLock: event.getModifierState("CapsLock"), bubbles: true, cancelable: true };
    hold(event, { key: () => (target.isConnected ? target : document.body).dispatchEvent(new KeyboardEvent("keydown", again)) });
  };

  document.addEventListener("click", holdClick, true);
  document.addEventListener("keydown", holdKey, true);
  // Modules have run by then, or failed: what they do not do, the page does.
  addEventListener("load", () => {
    document.removeEventListener("click", holdClick, true);
    document.removeEventListener("keydown", holdKey, true);
    document.documentElement.dataset.ready = "";
    for (const { click, key } of pressed) (click ?? key)();
  });
})();
