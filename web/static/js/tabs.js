/**
 * `<div data-tabs><ul class="tabs__list"><li><a href="#champs">…` and the sections that the links name.
 * Without script they are links to parts of the page. The address keeps the tab that is open.
 * A panel that opens hears `panel-opened`, which goes up to the document.
 */

function setUp(tabs) {
  const list = tabs.querySelector(".tabs__list");
  const links = [...list.querySelectorAll("a")];
  const panels = links.map((link) => document.getElementById(link.hash.slice(1)));
  list.role = "tablist";

  const open = (index, { focus = false } = {}) => {
    links.forEach((link, each) => {
      link.ariaSelected = String(each === index);
      link.tabIndex = each === index ? 0 : -1;
      panels[each].hidden = each !== index;
    });
    if (focus) links[index].focus();
    history.replaceState(history.state, "", links[index].hash);
    panels[index].dispatchEvent(new Event("panel-opened", { bubbles: true }));
  };

  links.forEach((link, index) => {
    link.parentElement.role = "presentation";
    link.role = "tab";
    link.id ||= `onglet-${panels[index].id}`;
    link.setAttribute("aria-controls", panels[index].id);
    panels[index].role = "tabpanel";
    panels[index].setAttribute("aria-labelledby", link.id);
    link.addEventListener("click", (event) => {
      event.preventDefault();
      open(index);
    });
    link.addEventListener("keydown", (event) => {
      const steps = { ArrowRight: index + 1, ArrowLeft: index - 1, Home: 0, End: links.length - 1 };
      if (!(event.key in steps)) return;
      event.preventDefault();
      open((steps[event.key] + links.length) % links.length, { focus: true });
    });
  });

  // A place inside a panel opens the panel that holds it.
  const follow = () => {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const index = panels.findIndex((panel) => target && panel.contains(target));
    links.forEach((link, each) => {
      const chosen = each === Math.max(index, 0);
      link.ariaSelected = String(chosen);
      link.tabIndex = chosen ? 0 : -1;
      panels[each].hidden = !chosen;
    });
    if (index >= 0 && target !== panels[index]) target.scrollIntoView();
    panels[Math.max(index, 0)].dispatchEvent(new Event("panel-opened", { bubbles: true }));
  };
  addEventListener("hashchange", follow);
  follow();
}

document.querySelectorAll("[data-tabs]").forEach(setUp);
