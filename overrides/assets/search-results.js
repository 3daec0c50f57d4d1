// The list of hits below the search box, as the ARIA APG's combobox with a list: the focus stays in
// the field while the arrows go through the hits, which are links. Names and texts are put in as
// text, never as HTML.
self.searchBox = function (form, link, hits) {
  "use strict";
  const MOST = 10; // hits in the list; the page of results has all
  const { make, button } = dom;
  const part = (name) => form.querySelector(".search__" + name);
  const field = part("field"), panel = part("panel"), status = part("status");
  const list = part("hits"), rest = part("rest");
  let active = -1;
  let said = 0;

  function option(hit, number) {
    const { name, below, excerpt, kind, why } = hits.partsOf(hit);
    const a = make("a", { className: "search__hit", id: "traff-" + number, href: hits.addressOf(hit),
      role: "option", ariaSelected: "false", tabIndex: -1 });
    const page = make("span", { className: "search__page" });
    if (kind) page.append(kind, " ");
    page.append(below);
    a.append(name);
    if (page.textContent) a.append(page);
    a.append(excerpt, why);
    return { a: a, hit: hit, excerpt: excerpt };
  }

  function show() {
    const query = field.value.trim();
    active = -1;
    field.removeAttribute("aria-activedescendant");
    if (!query) return close();
    const found = hits.search(query, MOST);
    const rows = found.hits.map(option);
    list.replaceChildren(...rows.map(({ a }) => a));
    rest.replaceChildren();
    if (found.total) {
      rest.append(make("a", { className: "search__all", href: hits.addressOfQuery(query) }, "Visa alla träffar på en egen sida"));
    } else {
      rest.append(make("p", {}, "Pröva ett annat ord, eller färre ord. Du kan också gå till en av sidorna här nedanför."));
    }
    panel.hidden = false;
    field.setAttribute("aria-expanded", String(found.total > 0));
    list.hidden = !found.total;
    const line = hits.countOf(found.total, query);
    part("count").replaceChildren(line);
    if (found.instead) {
      const instead = button(found.instead, () => {
        field.value = found.instead;
        field.focus();
        show();
      });
      part("count").append(" Menade du ", instead, "?");
    }
    // When the reader has stopped writing, not at each letter.
    clearTimeout(said);
    said = setTimeout(() => {
      hits.fetchTexts(rows);
      status.textContent = line + (found.instead ? " Menade du " + found.instead + "?" : "");
    }, 300);
  }

  function close() {
    clearTimeout(said);
    panel.hidden = true;
    status.textContent = "";
    active = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  }
  // On a narrow screen the whole box goes away.
  function leave() {
    close();
    form.classList.remove("search--open");
    link.setAttribute("aria-expanded", "false");
  }

  function select(number) {
    const options = list.children;
    if (options[active]) options[active].setAttribute("aria-selected", "false");
    active = number;
    if (options[active]) options[active].setAttribute("aria-selected", "true");
    else field.removeAttribute("aria-activedescendant");
  }
  function go(to) {
    const options = list.children;
    if (!options.length || panel.hidden) return;
    select(to >= options.length ? -1 : to); // after the last comes the field again
    if (active < 0) return field.focus();
    options[active].scrollIntoView({ block: "nearest" });
    if (document.activeElement === field) field.setAttribute("aria-activedescendant", options[active].id);
    else options[active].focus();
  }

  field.addEventListener("input", show);
  field.addEventListener("focus", () => {
    if (panel.hidden && field.value.trim()) show();
    else select(-1);
  });
  form.addEventListener("keydown", (event) => {
    const inField = event.target === field;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!inField && event.target.parentNode !== list) return;
      event.preventDefault();
      if (panel.hidden) show();
      go(event.key === "ArrowDown" ? active + 1 : active < 0 ? list.children.length - 1 : active - 1);
    } else if (event.key === "Enter" && inField) {
      event.preventDefault();
      if (active >= 0) list.children[active].click();
      else if (list.children.length && !panel.hidden) list.children[0].focus(); // a phone's keyboard goes away
    } else if (event.key === "Escape") {
      event.preventDefault();
      if (!panel.hidden && !inField) {
        field.focus();
      } else if (!panel.hidden) close();
      else {
        field.value = "";
        leave();
        if (link.offsetParent) link.focus();
      }
    }
  });
  list.addEventListener("focusin", (event) => select([...list.children].indexOf(event.target)));
  part("close").addEventListener("click", () => {
    leave();
    link.focus();
  });
  form.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !form.contains(event.relatedTarget)) leave();
  });
  document.addEventListener("pointerdown", (event) => {
    if (!form.contains(event.target) && event.target !== link) leave();
  });
  // Back from a hit, the page may come out of the browser's cache with the list still open.
  for (const links of [list, rest]) links.addEventListener("click", (event) => event.target.closest("a") && setTimeout(leave));

  if (document.activeElement === field && field.value.trim()) show();
  else close(); // it may have said that it was on its way
};
