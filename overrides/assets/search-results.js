// The list of hits below the search box, as the ARIA APG's combobox with a list: the focus stays in
// the field while the arrows go through the hits, which are links. Names and texts are put in as
// text, never as HTML.
self.searchBox = function (form, link, base) {
  "use strict";
  const MOST = 10;
  const CONTEXT = innerWidth < 600 ? 90 : 150; // letters of a section's text that a hit shows
  const engine = self.searchModule.searchEngine(self.searchIndex);
  const { tokens, stem } = engine;
  const { make, button } = dom;
  // What a hit is for, in the order of KINDS in scripts/site/search/registers.py.
  const KINDS = ["Gör", "Ring", "Checklista", "Regel", "Läs", "Öppen fråga", "Ord", "Öva", "Till den utsatta", "Om sajten", "Lagrum"];
  const part = (name) => form.querySelector(".search__" + name);
  const field = part("field"), panel = part("panel"), status = part("status");
  const list = part("hits"), rest = part("rest");
  let active = -1;
  let most = MOST;
  let said = 0;
  let shown = [];
  const texts = Object.create(null); // page → {id: text}, as far as they have come

  // The one place where a hit becomes an address. On a disk a folder shows its files, not its page.
  function addressOf(hit) {
    const folder = /(?:^|\/)$/.test(hit.address);
    const file = folder && location.protocol === "file:" ? "index.html" : "";
    return base + hit.address + file + (hit.id ? "#" + encodeURIComponent(hit.id) : "");
  }

  // Text with the found words marked, whatever form they have. Returns how many there were.
  function marked(element, text, stems) {
    let at = 0, count = 0;
    for (const [word, start, end] of tokens(text)) {
      if (!stems.has(stem(word)) || start < at) continue;
      element.append(text.slice(at, start), make("mark", {}, text.slice(start, end)));
      at = end;
      count++;
    }
    element.append(text.slice(at));
    return count;
  }

  // The sentence with most of the found words, else the first; after a question the next, and then those that
  // there is room for.
  function context(text, stems) {
    const sentences = text.match(/.+?[.?!][”")]*(?= [A-ZÅÄÖ”"(]|$)/g) || [];
    const says = sentences.map((one) => new Set(tokens(one).map(([word]) => stem(word)).filter((word) => stems.has(word))).size);
    let at = says.indexOf(Math.max(...says)), excerpt = sentences[at] || "";
    while (++at < sentences.length && (excerpt.endsWith("?") || (excerpt + sentences[at]).length < CONTEXT)) excerpt += sentences[at];
    return excerpt.trim();
  }

  const stemsOf = (hit) => new Set(hit.words.map(stem));
  function fill(hit, excerpt) {
    if (!texts[hit.address] || excerpt.firstChild) return;
    const text = texts[hit.address][hit.id] || "";
    const stems = stemsOf(hit);
    marked(excerpt, context(text, stems), stems);
    excerpt.hidden = !text;
  }
  // What stands in the hits' sections, a file a page: by script elements, as in search-box.js.
  function fetchTexts(hits) {
    const fillAll = () => hits.forEach((hit, at) => list.children[at] && fill(hit, list.children[at].querySelector(".search__excerpt")));
    for (const address of new Set(hits.map((hit) => hit.address))) {
      if (texts[address] !== undefined) continue;
      texts[address] = null; // on its way
      const script = make("script", { src: base + "sok/" + (address.replace(/\/$/, "") || "index") + ".js" });
      script.onload = () => { if (shown === hits) fillAll(); };
      script.onerror = () => { delete texts[address]; };
      document.head.append(script);
    }
    fillAll();
  }
  self.searchText = (address, sections) => { texts[address] = sections; };

  function option(hit, number) {
    const stems = stemsOf(hit);
    const a = make("a", { className: "search__hit", id: "traff-" + number, href: addressOf(hit),
      role: "option", ariaSelected: "false", tabIndex: -1 });
    // A heading that stands on more pages says nothing before its page's name, and a step of a page to act by is
    // to be read after what the page asks first.
    const pageFirst = hit.common || KINDS[hit.kind] === "Gör";
    const names = hit.top ? [hit.heading] : pageFirst ? [hit.title, hit.heading] : [hit.heading, hit.title];
    const heading = make("span", { className: "search__heading" });
    let seen = marked(heading, names[0], stems);
    a.append(heading);
    const page = make("span", { className: "search__page" });
    if (KINDS[hit.kind]) page.append(make("span", { className: "search__kind" }, KINDS[hit.kind]), " ");
    if (names[1]) seen += marked(page, names[1], stems);
    if (page.firstChild) a.append(page);
    const excerpt = make("span", { className: "search__excerpt" });
    a.append(excerpt);
    fill(hit, excerpt);
    const why = hit.notes.length
      ? "Hittades via synonym: " + hit.notes.join("; ")
      : seen || !hit.asked.length ? "" : "Hittades via sökord: " + hit.asked.slice(0, 4).join(", ");
    if (why) a.append(make("span", { className: "search__why" }, why));
    return a;
  }

  function show() {
    const query = field.value.trim();
    active = -1;
    field.removeAttribute("aria-activedescendant");
    if (!query) return close();
    const found = engine.search(query, most);
    const hits = found.hits;
    shown = hits;
    list.replaceChildren(...hits.map(option));
    rest.replaceChildren();
    if (found.total > hits.length) {
      const more = button("Visa fler träffar", () => {
        const next = most;
        most += 2 * MOST;
        show();
        list.children[next].focus();
      });
      more.className = "search__more";
      rest.append(more);
    }
    if (!found.total) rest.append(make("p", {}, "Pröva ett annat ord, eller färre ord. Du kan också gå till en av sidorna här nedanför."));
    panel.hidden = false;
    field.setAttribute("aria-expanded", String(found.total > 0));
    list.hidden = !found.total;
    const count = found.total === 1 ? "En träff" : found.total ? found.total + " träffar" : "Inga träffar";
    const line = count + " på ”" + query + "”.";
    part("count").replaceChildren(line);
    if (found.instead) {
      const instead = button(found.instead, () => {
        field.value = found.instead;
        field.focus();
        again();
      });
      part("count").append(" Menade du ", instead, "?");
    }
    // When the reader has stopped writing, not at each letter.
    clearTimeout(said);
    said = setTimeout(() => {
      fetchTexts(hits);
      status.textContent = line + (found.instead ? " Menade du " + found.instead + "?" : "");
    }, 300);
  }
  function again() {
    most = MOST;
    show();
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
    const hits = list.children;
    if (hits[active]) hits[active].setAttribute("aria-selected", "false");
    active = number;
    if (hits[active]) hits[active].setAttribute("aria-selected", "true");
    else field.removeAttribute("aria-activedescendant");
  }
  function go(to) {
    const hits = list.children;
    if (!hits.length || panel.hidden) return;
    select(to >= hits.length ? -1 : to); // after the last comes the field again
    if (active < 0) return field.focus();
    hits[active].scrollIntoView({ block: "nearest" });
    if (document.activeElement === field) field.setAttribute("aria-activedescendant", hits[active].id);
    else hits[active].focus();
  }

  field.addEventListener("input", again);
  field.addEventListener("focus", () => {
    if (panel.hidden && field.value.trim()) again();
    else select(-1);
  });
  form.addEventListener("keydown", (event) => {
    const inField = event.target === field;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!inField && event.target.parentNode !== list) return;
      event.preventDefault();
      if (panel.hidden) again();
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
  list.addEventListener("click", () => setTimeout(leave));

  if (document.activeElement === field && field.value.trim()) again();
  else close(); // it may have said that it was on its way
};
