// Hits as elements, for the list below the search box and for the page of results. Names and texts are put in
// as text, never as HTML.
self.searchHits = function (base) {
  "use strict";
  const CONTEXT = innerWidth < 600 ? 90 : 150; // letters of a section's text that a hit shows
  const engine = self.searchModule.searchEngine(self.searchIndex);
  const { tokens, stem } = engine;
  const { make } = dom;
  // What a hit is for, in the order of PAGE_KINDS in scripts/content/field_types.py.
  const KINDS = ["Gör", "Ring", "Checklista", "Regel", "Läs", "Öppen fråga", "Ord", "Öva", "Till den utsatta", "Om sajten", "Lagrum"];
  // Sections that are sought by themselves. Of the others the page comes first: a step is to be read after what
  // its page asks first.
  const ALONE = ["Ring", "Öppen fråga", "Ord", "Lagrum"];
  const texts = Object.create(null); // page → {id: text}, as far as they have come
  let waiting = []; // hits whose excerpts aren't filled in, with the elements

  // The URL of a section. With file:// a folder's URL would show its files, so it has index.html.
  function addressOf({ address, id }) {
    const folder = /(?:^|\/)$/.test(address);
    const file = folder && location.protocol === "file:" ? "index.html" : "";
    return base + address + file + (id ? "#" + encodeURIComponent(id) : "");
  }
  // The address of a page of results. What stands after # is sent to no server.
  const addressOfQuery = (query) => addressOf({ address: "sok/", id: "" }) + "#q=" + encodeURIComponent(query);

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
  /** Fills in the excerpt of a hit. Returns whether its text has come. */
  function fill(hit, excerpt) {
    if (!texts[hit.address]) return false;
    if (excerpt.firstChild) return true;
    const text = texts[hit.address][hit.id] || "";
    const stems = stemsOf(hit);
    marked(excerpt, context(text, stems), stems);
    excerpt.hidden = !text;
    return true;
  }
  /**
   * Fetches the texts of the hits' sections, a file a page, and fills in the excerpts. By script elements: a page
   * opened from a disk may not fetch data.
   * @param {{hit: object, excerpt: Element}[]} rows
   */
  function fetchTexts(rows) {
    const fillAll = () => { waiting = waiting.filter(({ hit, excerpt }) => excerpt.isConnected && !fill(hit, excerpt)); };
    waiting.push(...rows);
    for (const address of new Set(rows.map(({ hit }) => hit.address))) {
      if (texts[address] !== undefined) continue;
      texts[address] = null; // on its way
      const script = make("script", { src: base + "sok/" + (address.replace(/\/$/, "") || "index") + ".js" });
      script.onload = fillAll;
      script.onerror = () => { delete texts[address]; };
      document.head.append(script);
    }
    fillAll();
  }
  self.searchText = (address, sections) => { texts[address] = sections; };

  /** Returns the parts of a hit: its first name, the line below it, the excerpt, and why it was found. */
  function partsOf(hit) {
    const stems = stemsOf(hit), kind = KINDS[hit.kind];
    const pageFirst = hit.common || !ALONE.includes(kind);
    const names = hit.top ? [hit.heading] : pageFirst ? [hit.title, hit.heading] : [hit.heading, hit.title];
    const name = make("span", { className: "search__heading" });
    let seen = marked(name, names[0], stems);
    const below = make("span", {});
    if (names[1]) seen += marked(below, names[1], stems);
    const excerpt = make("span", { className: "search__excerpt" });
    fill(hit, excerpt);
    const why = hit.notes.length
      ? "Hittades via synonym: " + hit.notes.join("; ")
      : seen || !hit.asked.length ? "" : "Hittades via sökord: " + hit.asked.slice(0, 4).join(", ");
    return {
      pageFirst: pageFirst && !hit.top, name: name, below: below, excerpt: excerpt,
      kind: kind ? make("span", { className: "search__kind" }, kind) : "",
      why: why ? make("span", { className: "search__why" }, why) : "",
    };
  }

  /** Returns how many hits a query has, as a sentence. */
  function countOf(total, query) {
    const count = total === 1 ? "En träff" : total ? total + " träffar" : "Inga träffar";
    return count + " på ”" + query + "”.";
  }
  return { search: engine.search, addressOf, addressOfQuery, partsOf, fetchTexts, countOf };
};
