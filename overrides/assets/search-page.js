// The page of results, sok/#q=tolk: a search that has an address, to go back to and to send to a colleague. What
// stands after # is sent to no server. ``?q=`` is read too: browsers' own search fields write it.
self.searchPage = function (page, hits) {
  "use strict";
  const MOST = 100; // hits; nobody reads further
  const BELOW = 3; // sections below a hit that are seen at once
  const { make } = dom;
  const part = (name) => page.querySelector(".results__" + name);
  const form = part("form"), field = part("field"), count = part("count"), list = part("hits");
  const title = document.title;

  function linkTo(place, ...content) {
    return make("a", { href: hits.addressOf(place) }, ...content);
  }
  function itemOf(hit) {
    const { pageFirst, name, below, excerpt, kind, why } = hits.partsOf(hit);
    const top = { address: hit.address, id: "" };
    const item = make("li", { className: "results__hit" }, linkTo(pageFirst ? top : hit, name));
    const line = make("p", { className: "search__page" }, kind, " ");
    if (below.textContent) line.append(pageFirst ? linkTo(hit, below) : below);
    item.append(line, excerpt, why);
    const places = hit.also.map((place) => {
      const text = place.address !== hit.address ? place.heading + " – " + place.title : place.id ? place.heading : "Sidans början";
      return make("li", {}, linkTo(place, text));
    });
    if (places.length) item.append(make("ul", {}, ...places.slice(0, BELOW)));
    if (places.length > BELOW) {
      const more = make("ul", {}, ...places.slice(BELOW));
      item.append(make("details", {}, make("summary", {}, "Fler ställen: " + (places.length - BELOW)), more));
    }
    return { item: item, hit: hit, excerpt: excerpt };
  }

  function queryOf(address) {
    const given = new URLSearchParams(address.hash.slice(1)).get("q") || new URLSearchParams(address.search).get("q") || "";
    return given.trim().slice(0, field.maxLength);
  }
  function show() {
    const query = queryOf(location);
    field.value = query;
    document.title = query ? query + " - " + title : title;
    list.replaceChildren();
    count.replaceChildren();
    if (!query) return;
    const found = hits.search(query, MOST);
    const rows = found.hits.map(itemOf);
    list.append(...rows.map(({ item }) => item));
    count.append(hits.countOf(found.total, query));
    if (found.instead) count.append(" Menade du ", make("a", { href: hits.addressOfQuery(found.instead) }, found.instead), "?");
    if (!found.total) count.append(" Pröva ett annat ord, eller färre ord.");
    hits.fetchTexts(rows);
  }

  part("without").remove();
  form.hidden = false;
  // No form: a sandboxed frame that may send no forms gets no "submit".
  const go = () => { location.hash = "q=" + encodeURIComponent(field.value.trim()); };
  part("go").addEventListener("click", go);
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    go();
  });
  addEventListener("hashchange", show);
  show();
};
