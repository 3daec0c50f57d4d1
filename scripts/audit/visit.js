// What one visit measures on the page that is open. Each fault is [rule, words, id], the id of the
// heading it stands under.
const audit = (() => {
  "use strict";
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const content = () => document.querySelector("#innehall") || document.body;
  const words = (text) => text.match(/[\p{L}\p{N}][\p{L}\p{N}\-.:/]*/gu) || [];

  const under = (element) => {
    const before = all("h1[id], h2[id], h3[id]", content()).filter(
      (h) => h === element || h.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING);
    return before.length ? before.at(-1).id : "";
  };

  function* texts(root) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let text; (text = walker.nextNode());)
      if (text.parentElement.checkVisibility()) yield text;
  }

  // Words on two lines though nobody has put a hyphen in them, and what sticks out sideways.
  // The map's letters are cut on purpose.
  const width = () => {
    const found = [], range = document.createRange();
    for (const text of texts(document.body)) {
      const parent = text.parentElement;
      if (parent.closest("code, pre, option, svg")) continue;
      for (const word of text.data.matchAll(/[\p{L}\p{N}]+/gu)) {
        range.setStart(text, word.index);
        range.setEnd(text, word.index + word[0].length);
        const rows = [...range.getClientRects()].filter((r) => r.width > 0.5).map((r) => Math.round(r.top));
        if (new Set(rows).size > 1)
          found.push(["broken-word", `ordet "${word[0]}" står på två rader`, under(parent)]);
      }
    }
    return [...found, ...sideways()];
  };

  const sideways = () => {
    const wide = document.documentElement.scrollWidth - innerWidth;
    return wide > 0 ? [["sideways", `${wide} px sticker ut i sidled`, ""]] : [];
  };

  // Two links with one name that lead to different places (WCAG 2.4.4), Markdown nobody rendered,
  // styles and scripts that the policy stops.
  const markup = () => {
    const found = all('[style], style, script:not([src], [type="application/ld+json"])')
      .map((e) => ["inline", `inbäddat: ${e.outerHTML.slice(0, 80)}`, under(e)]);
    for (const e of all(":is(p, li, dd, td, h1, h2, h3)", content()))
      if (/\{[:#.%{]|\[\[|\]\(/.test(e.innerText) && !e.querySelector("code") && !e.closest("code"))
        found.push(["raw-markdown", `Markdown syns: ${e.innerText.slice(0, 80)}`, under(e)]);
    const places = new Map();
    for (const a of all("a[href]", content())) {
      if (a.closest(".cite, .sources") || !a.checkVisibility()) continue;
      const name = (a.getAttribute("aria-label") || a.textContent).trim().toLowerCase();
      const place = a.href.split("#")[0];
      if (!name) found.push(["nameless-link", `länken till ${a.href} saknar namn`, under(a)]);
      if (places.has(name) && places.get(name) !== place)
        found.push(["same-name", `länkarna "${name}" leder både till ${place} och till ${places.get(name)}`, under(a)]);
      places.set(name, place);
    }
    if (all("h1").length !== 1 || !document.title)
      found.push(["title", "sidan har inte en rubrik och en titel", ""]);
    return found;
  };

  // What budget.toml has limits for.
  const figures = () => {
    const root = content(), height = (e) => e.getBoundingClientRect().height;
    const boxes = all(".uncertain, .certainty, .source-box, .law-notice", root)
      .filter((box) => !box.parentElement.closest(".uncertain, .certainty, .source-box"));
    const first = all(":is(p, li, label, td, th)", root).find((e) => e.checkVisibility() && e.textContent.trim());
    const step = all(".step", root)[0];
    let open = 0;
    for (const text of texts(root))
      if (!text.parentElement.closest(".cite, select")) open += words(text.data).length;
    return {
      words: open,
      screens: document.documentElement.scrollHeight / innerHeight,
      first_line: first ? first.getBoundingClientRect().top : 0,
      first_step: step ? step.getBoundingClientRect().top : 0,
      doubt: boxes.reduce((sum, box) => sum + height(box), 0) / height(root),
      open_doubts: all("div.uncertain", root).length,
    };
  };

  // A reader's own styles (WCAG 1.4.4, 1.4.12). Made here: the policy stops what is written in a page.
  const enlarge = (css) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets = [sheet];
    return sideways();
  };

  const stored = () => {
    const left = [localStorage.length, sessionStorage.length, document.cookie.length];
    return left.some(Boolean) ? [["stored", `besöket lämnade något kvar: ${left}`, ""]] : [];
  };

  const axe = async () => {
    const run = { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], resultTypes: ["violations"] };
    const { violations } = await window.axe.run(run);
    return violations.flatMap((v) => v.nodes.map((node) =>
      ["accessibility", `${v.id}: ${node.html.slice(0, 150)}`, under(document.querySelector(node.target[0]) || document.body)]));
  };

  // Of a task: the words a reader passes from where the view begins to the end of what she looks for.
  // What stays in sight is found without reading the page.
  const passed = (target) => {
    for (let box = target; box; box = box.parentElement)
      if (/sticky|fixed/.test(getComputedStyle(box).position)) return words(target.textContent).length;
    const place = location.hash.slice(1);
    const start = (place && document.getElementById(decodeURIComponent(place))) || content();
    let count = 0;
    for (const text of texts(content())) {
      const follows = (a, b) => !a.contains(b) && a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING;
      const before = !start.contains(text) && start.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_PRECEDING;
      if (before || follows(target, text) || text.parentElement.closest(".cite, select")) continue;
      count += words(text.data).length;
    }
    return count;
  };

  return { width, markup, figures, enlarge, stored, axe, passed };
})();
