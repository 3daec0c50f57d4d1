// Paper: title, dates and address in the margins, everything unfolded, the addresses of links.
(() => {
  "use strict";
  const paper = document.querySelector(".paper");
  if (!paper) return;
  const print = paper.querySelector(".paper-print");
  print.hidden = false;
  const refused = dom.make("span", { className: "paper-pdf", role: "alert" });
  print.addEventListener("click", () => {
    if (dom.print()) return;
    print.after(refused);
    refused.textContent = "Välj Skriv ut i webbläsarens meny.";
  });

  // A link to what lies folded opens it; browsers that do so themselves lose nothing.
  function unfold() {
    let id = location.hash.slice(1);
    try { id = decodeURIComponent(id); } catch (error) { /* not encoded right: nobody's id */ }
    let at = document.getElementById(id);
    for (; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
  }
  addEventListener("hashchange", unfold);
  unfold();

  const undo = [];
  // Margin boxes inherit from the root element, and their text can only come from a property. In
  // a sheet of its own: the page has no style attribute. Not before: every element inherits it, too,
  // and a slow phone would style the page twice.
  function margins() {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(":root{" + ["title", "dates", "address"].map(name => "--paper-" + name + ":" + JSON.stringify(paper.dataset[name])).join(";") + "}");
    document.adoptedStyleSheets = [sheet];
    // Where margins are printed they say what the page's foot says.
    if (window.CSSMarginRule) document.documentElement.classList.add("paper-margins");
  }
  addEventListener("beforeprint", () => {
    if (undo.length) return;
    margins();
    document.querySelectorAll("details:not([open])").forEach(box => {
      box.open = true;
      undo.push(() => { box.open = false; });
    });
    listLinks();
  });
  addEventListener("afterprint", () => {
    undo.splice(0).forEach(back => { back(); });
  });

  // Each link to another page gets a letter, and the letters' addresses stand last.
  // Sources are numbered, and have their addresses already.
  function listLinks() {
    const content = document.querySelector(".md-content__inner");
    const here = "https://" + paper.dataset.address;
    const letters = {};
    const list = dom.make("ol");
    content.querySelectorAll("a[href]").forEach(link => {
      const href = link.getAttribute("href");
      if (/^([a-z]+:|#)/i.test(href) || link.closest(".crumbs, .contents, .paper, .terms, .sources, .link-list")) return;
      const address = new URL(href, here).href.replace("https://", "").replace("index.html", "");
      if (address.split("#")[0] === here.replace("https://", "")) return; // a place on this paper
      if (!letters[address]) {
        // A line breaks after a slash only.
        const pieces = address.match(/[^/]+\/?/g).flatMap(piece => [dom.make("span", {}, piece), dom.make("wbr")]);
        list.append(dom.make("li", {}, ...pieces));
        letters[address] = letter(list.children.length);
      }
      const mark = dom.make("sup", {}, letters[address]);
      link.append(mark);
      undo.push(() => { mark.remove(); });
    });
    if (!list.children.length) return;
    const box = dom.make("section", { className: "paper-links" }, dom.make("h2", {}, paper.dataset.links), list);
    content.querySelector(".page-foot").before(box);
    undo.push(() => { box.remove(); });
  }

  // As lower-alpha counts: a … z, aa, ab …
  function letter(number) {
    let text = "";
    for (; number > 0; number = Math.floor((number - 1) / 26)) {
      text = String.fromCharCode(97 + ((number - 1) % 26)) + text;
    }
    return text;
  }
})();
