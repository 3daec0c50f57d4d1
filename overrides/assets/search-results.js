// The list of hits below the search box: the combobox with a list of the ARIA Authoring Practices. The focus stays
// in the field while the arrows go through the hits, which are links. Names and texts are added as text, never
// as HTML.
self.searchBox = function (form, link, hits) {
  "use strict";
  const MOST = 10; // hits in the list; the page of results has all
  const DELAY = 300; // milliseconds after the last letter: then the reader has stopped writing
  const { make, button } = dom;
  const part = (name) => form.querySelector(".search__" + name);
  const field = part("field"), panel = part("panel"), status = part("status");
  const list = part("hits"), more = part("rest");
  let active = -1; // index of the selected hit; -1 for none: the field
  let delayed = 0; // timer that announces the hits

  // A hit as an element of the list, with what hits.fetchTexts needs.
  function optionOf(hit, number) {
    const { name, below, excerpt, kind, why } = hits.partsOf(hit);
    const element = make("a", { className: "search__hit", id: "traff-" + number, href: hits.addressOf(hit),
      role: "option", ariaSelected: "false", tabIndex: -1 });
    const page = make("span", { className: "search__page" });
    if (kind) page.append(kind, " ");
    page.append(below);
    element.append(name);
    if (page.textContent) element.append(page);
    element.append(excerpt, why);
    return { element, hit, excerpt };
  }

  // Searches for what the field has, and shows the hits; announces them when the reader has stopped writing.
  function show() {
    const query = field.value.trim();
    active = -1;
    field.removeAttribute("aria-activedescendant");
    if (!query) return closeList();
    const found = hits.search(query, MOST);
    const options = found.hits.map(optionOf);
    list.replaceChildren(...options.map(({ element }) => element));
    more.replaceChildren(found.total
      ? make("a", { className: "search__all", href: hits.addressOfQuery(query) }, "Visa alla träffar på en egen sida")
      : make("p", {}, "Pröva ett annat ord, eller färre ord. Du kan också gå till en av sidorna här nedanför."));
    panel.hidden = false;
    field.setAttribute("aria-expanded", String(found.total > 0));
    list.hidden = !found.total;
    const count = hits.countOf(found.total, query);
    part("count").replaceChildren(count);
    if (found.instead) {
      const searchInstead = button(found.instead, () => {
        field.value = found.instead;
        field.focus();
        show();
      });
      part("count").append(" Menade du ", searchInstead, "?");
    }
    clearTimeout(delayed);
    delayed = setTimeout(() => {
      hits.fetchTexts(options);
      status.textContent = count + (found.instead ? " Menade du " + found.instead + "?" : "");
    }, DELAY);
  }

  function closeList() {
    clearTimeout(delayed);
    panel.hidden = true;
    status.textContent = "";
    active = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  }
  // Closes the list, and on a narrow screen the whole box.
  function closeBox() {
    closeList();
    form.classList.remove("search--open");
    link.setAttribute("aria-expanded", "false");
  }

  // Marks a hit as selected, without moving the focus; -1 for none.
  function select(index) {
    const options = list.children;
    if (options[active]) options[active].setAttribute("aria-selected", "false");
    active = index;
    if (options[active]) options[active].setAttribute("aria-selected", "true");
    else field.removeAttribute("aria-activedescendant");
  }
  // Selects a hit, and shows it: the focus goes there too, unless it is in the field. Before the first hit and
  // after the last comes the field.
  function moveTo(index) {
    const options = list.children;
    if (!options.length || panel.hidden) return;
    select(index >= options.length ? -1 : index);
    if (active < 0) return field.focus();
    options[active].scrollIntoView({ block: "nearest" });
    if (document.activeElement === field) field.setAttribute("aria-activedescendant", options[active].id);
    else options[active].focus();
  }
  function onArrow(event) {
    if (event.target !== field && event.target.parentNode !== list) return;
    event.preventDefault();
    if (panel.hidden) show();
    if (event.key === "ArrowDown") moveTo(active + 1);
    else moveTo(active < 0 ? list.children.length - 1 : active - 1); // from the field to the last hit
  }
  // Goes to the selected hit; without one to the list, so that a phone's keyboard goes away.
  function onEnter(event) {
    if (event.target !== field) return;
    event.preventDefault();
    if (active >= 0) list.children[active].click();
    else if (list.children.length && !panel.hidden) list.children[0].focus();
  }
  // One step back: from the list to the field, then the list closes, then the box.
  function onEscape(event) {
    event.preventDefault();
    if (panel.hidden) {
      field.value = "";
      closeBox();
      if (link.offsetParent) link.focus();
    } else if (event.target === field) closeList();
    else field.focus();
  }

  field.addEventListener("input", show);
  field.addEventListener("focus", () => {
    if (panel.hidden && field.value.trim()) show();
    else select(-1);
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") onArrow(event);
    else if (event.key === "Enter") onEnter(event);
    else if (event.key === "Escape") onEscape(event);
  });
  list.addEventListener("focusin", (event) => select([...list.children].indexOf(event.target)));
  part("close").addEventListener("click", () => {
    closeBox();
    link.focus();
  });
  form.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !form.contains(event.relatedTarget)) closeBox();
  });
  document.addEventListener("pointerdown", (event) => {
    if (!form.contains(event.target) && event.target !== link) closeBox();
  });
  // With Back from a hit, the browser may show the page as it was left: with the list open.
  for (const links of [list, more]) links.addEventListener("click", (event) => event.target.closest("a") && setTimeout(closeBox));

  if (document.activeElement === field && field.value.trim()) show();
  else closeList(); // removes the message that the search was loading
};
