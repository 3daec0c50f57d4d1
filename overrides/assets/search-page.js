// The page of results, sok/#q=tolk: a search with an address, to return to and to send to a colleague. What comes
// after # isn't sent to the server. ``?q=`` is read too: browsers' own search fields write it.
self.searchPage = function (page, hits) {
  "use strict";
  const MOST = 100; // hits; nobody reads further
  const SHOWN = 3; // sections below a hit; the others are folded
  const { make } = dom;
  const part = (name) => page.querySelector(".results__" + name);
  const form = part("form"), field = part("field"), count = part("count"), list = part("hits");
  const title = document.title;

  function linkTo(section, ...content) {
    return make("a", { href: hits.addressOf(section) }, ...content);
  }
  // A hit as a list item, with what hits.fetchTexts needs.
  function itemOf(hit) {
    const { pageFirst, name, below, excerpt, kind, why } = hits.partsOf(hit);
    const pageTop = { address: hit.address, id: "" };
    const item = make("li", { className: "results__hit" }, linkTo(pageFirst ? pageTop : hit, name));
    const line = make("p", { className: "search__page" }, kind, " ");
    if (below.textContent) line.append(pageFirst ? linkTo(hit, below) : below);
    item.append(line, excerpt, why);
    const sections = hit.also.map((section) => make("li", {}, linkTo(section, nameBelow(section, hit))));
    if (sections.length) item.append(make("ul", {}, ...sections.slice(0, SHOWN)));
    if (sections.length > SHOWN) {
      const folded = make("ul", {}, ...sections.slice(SHOWN));
      item.append(make("details", {}, make("summary", {}, "Fler ställen: " + (sections.length - SHOWN)), folded));
    }
    return { item, hit, excerpt };
  }
  // The name of a section below a hit: with its page's title if that is another page.
  function nameBelow(section, hit) {
    if (section.address !== hit.address) return section.heading + " – " + section.title;
    return section.id ? section.heading : "Sidans början";
  }

  function queryOf(url) {
    const query = new URLSearchParams(url.hash.slice(1)).get("q") || new URLSearchParams(url.search).get("q") || "";
    return query.trim().slice(0, field.maxLength);
  }
  // Searches for the URL's query, and shows the hits.
  function show() {
    const query = queryOf(location);
    field.value = query;
    document.title = query ? query + " - " + title : title;
    list.replaceChildren();
    count.replaceChildren();
    if (!query) return;
    const found = hits.search(query, MOST);
    const items = found.hits.map(itemOf);
    list.append(...items.map(({ item }) => item));
    count.append(hits.countOf(found.total, query));
    if (found.instead) count.append(" Menade du ", make("a", { href: hits.addressOfQuery(found.instead) }, found.instead), "?");
    if (!found.total) count.append(" Pröva ett annat ord, eller färre ord.");
    hits.fetchTexts(items);
  }

  part("without").remove();
  form.hidden = false;
  // No <form>: a sandboxed frame without allow-forms gets no "submit" event.
  const searchAgain = () => { location.hash = "q=" + encodeURIComponent(field.value.trim()); };
  part("go").addEventListener("click", searchAgain);
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    searchAgain();
  });
  addEventListener("hashchange", show);
  show();
};
