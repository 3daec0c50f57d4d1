// Paper: title, dates and address in the margins, everything unfolded, the addresses of links.
(function () {
  "use strict";
  var paper = document.querySelector(".paper");
  if (!paper) return;
  var print = paper.querySelector(".paper-print");
  print.hidden = false;
  print.addEventListener("click", function () { window.print(); });

  // Margin boxes inherit from the root element, and their text can only come from a property. In
  // a sheet of its own: the page has no style attribute.
  var sheet = new CSSStyleSheet();
  sheet.replaceSync(":root{" + ["title", "dates", "address"].map(function (name) {
    return "--paper-" + name + ":" + JSON.stringify(paper.dataset[name]);
  }).join(";") + "}");
  document.adoptedStyleSheets = [sheet];
  // Where margins are printed they say what the page's foot says.
  if (window.CSSMarginRule) document.documentElement.classList.add("paper-margins");

  // A link to what lies folded opens it; browsers that do so themselves lose nothing.
  function unfold() {
    var id = location.hash.slice(1);
    try { id = decodeURIComponent(id); } catch (error) { /* not encoded right: nobody's id */ }
    var at = document.getElementById(id);
    for (; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
  }
  addEventListener("hashchange", unfold);
  unfold();

  var undo = [];
  addEventListener("beforeprint", function () {
    if (undo.length) return;
    document.querySelectorAll("details:not([open])").forEach(function (box) {
      box.open = true;
      undo.push(function () { box.open = false; });
    });
    listLinks();
  });
  addEventListener("afterprint", function () {
    undo.splice(0).forEach(function (back) { back(); });
  });

  // Each link to another page gets a letter, and the letters' addresses stand last.
  // Sources are numbered, and have their addresses already (markdown_registers.py).
  function listLinks() {
    var content = document.querySelector(".md-content__inner");
    var here = "https://" + (paper.dataset.base || paper.dataset.address); // build_embeds.py
    var letters = {};
    var list = document.createElement("ol");
    content.querySelectorAll("a[href]").forEach(function (link) {
      var href = link.getAttribute("href");
      if (/^([a-z]+:|#)/i.test(href) || link.closest(".crumbs, .contents, .paper, .terms, .link-list")) return;
      var address = new URL(href, here).href.replace("https://", "").replace("index.html", "");
      if (address.split("#")[0] === here.replace("https://", "")) return; // a place on this paper
      if (!letters[address]) {
        var row = document.createElement("li");
        // A line breaks after a slash only.
        address.match(/[^/]+\/?/g).forEach(function (piece) {
          var part = document.createElement("span");
          part.textContent = piece;
          row.append(part, document.createElement("wbr"));
        });
        list.append(row);
        letters[address] = letter(list.children.length);
      }
      var mark = document.createElement("sup");
      mark.textContent = letters[address];
      link.append(mark);
      undo.push(function () { mark.remove(); });
    });
    if (!list.children.length) return;
    var box = document.createElement("section");
    var heading = document.createElement("h2");
    heading.textContent = paper.dataset.links;
    box.className = "paper-links";
    box.append(heading, list);
    content.querySelector(".page-foot").before(box);
    undo.push(function () { box.remove(); });
  }

  // As lower-alpha counts: a … z, aa, ab …
  function letter(number) {
    var text = "";
    for (; number > 0; number = Math.floor((number - 1) / 26)) {
      text = String.fromCharCode(97 + ((number - 1) % 26)) + text;
    }
    return text;
  }
})();
