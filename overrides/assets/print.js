// Paper: title, dates and address in the margins, and everything unfolded.
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
    // Where margins are printed they repeat the page's foot.
    if (window.CSSMarginRule) document.documentElement.classList.add("paper-margins");
  }
  addEventListener("beforeprint", () => {
    if (undo.length) return;
    margins();
    document.querySelectorAll("details:not([open])").forEach(box => {
      box.open = true;
      undo.push(() => { box.open = false; });
    });
  });
  addEventListener("afterprint", () => {
    undo.splice(0).forEach(back => { back(); });
  });
})();
