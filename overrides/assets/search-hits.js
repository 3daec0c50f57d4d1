// Hits as elements, for the list below the search box and for the page of results. Names and texts are added as
// text, never as HTML.
self.searchHits = function (base) {
  "use strict";
  const CONTEXT = innerWidth < 600 ? 90 : 150; // letters of a section's text in an excerpt, about
  const engine = self.searchModule.searchEngine(self.searchIndex);
  const { tokens, stem } = engine;
  const { make } = dom;
  // A page's kind as readers see it, in the order of PAGE_KINDS in scripts/content/field_types.py.
  const KINDS = ["Gör", "Ring", "Checklista", "Regel", "Läs", "Öppen fråga", "Ord", "Öva", "Till den utsatta", "Om sajten", "Lagrum"];
  // Kinds whose sections are sought by themselves, and are named first. A hit of another kind names its page
  // first: a step should be read after the questions at its page's top.
  const ALONE = ["Ring", "Öppen fråga", "Ord", "Lagrum"];
  const texts = Object.create(null); // page → { id: text }; null while they are loading
  let waiting = []; // hits whose excerpts aren't filled in, with the elements

  // The URL of a section, or of a page with id "". With file:// a folder's URL would show its files: index.html.
  function addressOf({ address, id }) {
    const isFolder = address === "" || address.endsWith("/");
    const file = isFolder && location.protocol === "file:" ? "index.html" : "";
    return base + address + file + (id ? "#" + encodeURIComponent(id) : "");
  }
  // The URL of a query's page of results. What comes after # isn't sent to the server.
  const addressOfQuery = (query) => addressOf({ address: "sok/", id: "" }) + "#q=" + encodeURIComponent(query);

  // Adds text to an element, with the words of these stems marked. Returns the number of marked words.
  function appendMarked(element, text, stems) {
    let position = 0, count = 0;
    for (const [word, start, end] of tokens(text)) {
      // "5 kap. 1 och 2 §§" is two words at one place: it is marked once
      if (!stems.has(stem(word)) || start < position) continue;
      element.append(text.slice(position, start), make("mark", {}, text.slice(start, end)));
      position = end;
      count++;
    }
    element.append(text.slice(position));
    return count;
  }

  // The excerpt of a text: the sentence with most of the stems, or else the first. After a question comes the
  // next sentence too, and then those that there is room for.
  function excerptOf(text, stems) {
    const sentences = text.match(/.+?[.?!][”")]*(?= [A-ZÅÄÖ”"(]|$)/g) || [];
    const counts = sentences.map((sentence) => {
      return new Set(tokens(sentence).map(([word]) => stem(word)).filter((word) => stems.has(word))).size;
    });
    let index = counts.indexOf(Math.max(...counts));
    let excerpt = sentences[index] || "";
    for (const sentence of sentences.slice(index + 1)) {
      if (!excerpt.endsWith("?") && (excerpt + sentence).length >= CONTEXT) break;
      excerpt += sentence;
    }
    return excerpt.trim();
  }

  const stemsOf = (hit) => new Set(hit.words.map(stem));
  // Fills in a hit's excerpt, if its text has been loaded; returns whether it has.
  function fillExcerpt(hit, excerpt) {
    if (!texts[hit.address]) return false;
    if (excerpt.firstChild) return true;
    const text = texts[hit.address][hit.id] || "";
    const stems = stemsOf(hit);
    appendMarked(excerpt, excerptOf(text, stems), stems);
    excerpt.hidden = !text;
    return true;
  }
  /**
   * Loads the texts of hits, a file for each page, and fills in their excerpts. With script elements: a page opened
   * from file:// may not fetch data.
   * @param {{hit: object, excerpt: Element}[]} rows
   */
  function fetchTexts(rows) {
    const fillAll = () => {
      // a row that a later search has removed needs no excerpt
      waiting = waiting.filter(({ hit, excerpt }) => excerpt.isConnected && !fillExcerpt(hit, excerpt));
    };
    waiting.push(...rows);
    for (const address of new Set(rows.map(({ hit }) => hit.address))) {
      if (texts[address] !== undefined) continue;
      texts[address] = null;
      const script = make("script", { src: base + "sok/" + (address.replace(/\/$/, "") || "index") + ".js" });
      script.onload = fillAll;
      script.onerror = () => { delete texts[address]; }; // the next search tries again
      document.head.append(script);
    }
    fillAll();
  }
  self.searchText = (address, sections) => { texts[address] = sections; }; // what those files call

  /**
   * The parts of a hit as elements; "" for a part that it lacks.
   * ``name`` and ``below``: the page's title and the section's heading, in the order that suits its kind.
   * ``pageFirst``: whether ``name`` is the title of the page, and ``below`` the section's heading.
   * ``why``: why it was found, if the reader can't see it.
   */
  function partsOf(hit) {
    const stems = stemsOf(hit), kind = KINDS[hit.kind];
    const pageFirst = !hit.top && (hit.common || !ALONE.includes(kind));
    let names = [hit.heading, hit.title];
    if (hit.top) names = [hit.heading];
    else if (pageFirst) names = [hit.title, hit.heading];
    const name = make("span", { className: "search__heading" });
    let marks = appendMarked(name, names[0], stems);
    const below = make("span", {});
    if (names[1]) marks += appendMarked(below, names[1], stems);
    const excerpt = make("span", { className: "search__excerpt" });
    fillExcerpt(hit, excerpt);
    let why = "";
    if (hit.notes.length) why = "Hittades via synonym: " + hit.notes.join("; ");
    else if (!marks && hit.asked.length) why = "Hittades via sökord: " + hit.asked.slice(0, 4).join(", ");
    return {
      pageFirst, name, below, excerpt,
      kind: kind ? make("span", { className: "search__kind" }, kind) : "",
      why: why ? make("span", { className: "search__why" }, why) : "",
    };
  }

  // A sentence on how many hits a query has.
  function countOf(total, query) {
    const count = total === 1 ? "En träff" : total ? total + " träffar" : "Inga träffar";
    return count + " på ”" + query + "”.";
  }
  return { search: engine.search, addressOf, addressOfQuery, partsOf, fetchTexts, countOf };
};
