// Measures the open page and finds its faults. A fault is [rule, Swedish message, id of the nearest
// heading above it ("" before the first)].
const audit = (() => {
  "use strict";
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const main = () => document.querySelector("#innehall") || document.body;
  const words = (text) => text.match(/[\p{L}\p{N}][\p{L}\p{N}\-.:/]*/gu) || [];
  const isBefore = (a, b) =>
    Boolean(a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING) && !a.contains(b);

  // Returns the id of the heading that the element is, or that is nearest above it.
  const headingId = (element) => {
    const headings = all("h1[id], h2[id], h3[id]", main());
    const above = headings.filter((heading) => heading.contains(element) || isBefore(heading, element));
    return above.length ? above.at(-1).id : "";
  };

  function* visibleTexts(root) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode())
      if (walker.currentNode.parentElement.checkVisibility()) yield walker.currentNode;
  }

  // Words that a reader reads: no citation markers, no choices of a menu.
  function* readTexts(root) {
    for (const text of visibleTexts(root))
      if (!text.parentElement.closest(".cite, select")) yield text;
  }

  // Words that are broken over two lines without a hyphen of their own. Code may be, and the
  // labels of a drawing aren't lines of text.
  const brokenWords = () => {
    const faults = [], range = document.createRange();
    for (const text of visibleTexts(document.body)) {
      if (text.parentElement.closest("code, pre, option, svg")) continue;
      for (const word of text.data.matchAll(/[\p{L}\p{N}]+/gu)) {
        range.setStart(text, word.index);
        range.setEnd(text, word.index + word[0].length);
        const boxes = [...range.getClientRects()].filter((box) => box.width > 0.5);
        const lines = new Set(boxes.map((box) => Math.round(box.top)));
        if (lines.size > 1)
          faults.push(["broken-word", `ordet "${word[0]}" står på två rader`, headingId(text.parentElement)]);
      }
    }
    return faults;
  };

  // The page scrolls sideways.
  const sideways = () => {
    const excess = document.documentElement.scrollWidth - innerWidth;
    return excess > 0 ? [["sideways", `${excess} px sticker ut i sidled`, ""]] : [];
  };

  // Links with the same name to different pages (WCAG 2.2, 2.4.4).
  const ambiguousLinks = () => {
    const faults = [], targets = new Map();
    for (const link of all("a[href]", main())) {
      if (link.closest(".cite, .sources") || !link.checkVisibility()) continue;
      const name = (link.getAttribute("aria-label") || link.textContent).trim().toLowerCase();
      const target = link.href.split("#")[0];
      const other = targets.get(name) ?? target;
      if (other !== target)
        faults.push(["same-name", `länkarna "${name}" leder både till ${target} och till ${other}`, headingId(link)]);
      targets.set(name, target);
    }
    return faults;
  };

  const titles = () => {
    const isRight = all("h1").length === 1 && document.title;
    return isRight ? [] : [["title", "sidan har inte en rubrik och en titel", ""]];
  };

  // The measures of a page that budget.toml has limits for.
  const measures = () => {
    const top = (element) => element ? element.getBoundingClientRect().top : 0;
    const height = (element) => element.getBoundingClientRect().height;
    const doubt = ".uncertain, .certainty, .source-box, .law-notice";
    const outermost = all(doubt, main()).filter((box) => !box.parentElement.closest(doubt));
    const lines = all(":is(p, li, label, td, th)", main());
    let wordCount = 0;
    for (const text of readTexts(main())) wordCount += words(text.data).length;
    return {
      words: wordCount,
      screens: document.documentElement.scrollHeight / innerHeight,
      first_line: top(lines.find((line) => line.checkVisibility() && line.textContent.trim())),
      first_step: top(all(".step", main())[0]),
      doubt: outermost.reduce((sum, box) => sum + height(box), 0) / height(main()),
      open_doubts: all("div.uncertain", main()).length,
    };
  };

  // Does the page scroll sideways with a reader's own styles (WCAG 2.2, 1.4.4 and 1.4.12)? A
  // constructed stylesheet, since the Content-Security-Policy stops a <style>.
  const sidewaysWith = (css) => {
    const stylesheet = new CSSStyleSheet();
    stylesheet.replaceSync(css);
    document.adoptedStyleSheets = [stylesheet];
    return sideways();
  };

  // The visit left something in the browser, though the reader hasn't asked for it.
  const stored = () => {
    const counts = [localStorage.length, sessionStorage.length, document.cookie.length];
    return counts.some(Boolean) ? [["stored", `besöket lämnade något kvar: ${counts}`, ""]] : [];
  };

  // The violations of WCAG 2.2 A and AA that axe finds.
  const accessibility = async () => {
    const runOnly = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
    const { violations } = await window.axe.run({ runOnly, resultTypes: ["violations"] });
    return violations.flatMap((violation) => violation.nodes.map((node) => {
      const element = document.querySelector(node.target[0]) || document.body;
      return ["accessibility", `${violation.id}: ${node.html.slice(0, 150)}`, headingId(element)];
    }));
  };

  // Returns how many words a reader of the page reads from its top, or from the heading in its
  // address, to the end of the target. A target that stays in view is found without reading.
  const wordsTo = (target) => {
    for (let box = target; box; box = box.parentElement)
      if (/sticky|fixed/.test(getComputedStyle(box).position)) return words(target.textContent).length;
    const id = decodeURIComponent(location.hash.slice(1));
    const start = (id && document.getElementById(id)) || main();
    let count = 0;
    for (const text of readTexts(main()))
      if (!isBefore(text, start) && !isBefore(target, text)) count += words(text.data).length;
    return count;
  };

  return { accessibility, ambiguousLinks, brokenWords, measures, sideways, sidewaysWith, stored, titles, wordsTo };
})();
