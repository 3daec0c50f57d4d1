// The page on paper: title, dates and address in the margins, and every folded box open.
(() => {
  "use strict";
  const paper = document.querySelector(".paper");
  if (!paper) return;
  const printButton = paper.querySelector(".paper-print");
  printButton.hidden = false;
  const refusal = dom.make("span", { className: "paper-pdf", role: "alert" });
  printButton.addEventListener("click", () => {
    if (dom.print()) return;
    printButton.after(refusal);
    refusal.textContent = "Välj Skriv ut i webbläsarens meny.";
  });

  // Opens the folded boxes around the element that the URL's anchor names. Some browsers do so themselves.
  function openAroundTarget() {
    let id = location.hash.slice(1);
    try { id = decodeURIComponent(id); } catch (error) { /* not an encoded id, such as "100%" */ }
    let element = document.getElementById(id);
    for (; element; element = element.parentElement) if (element.tagName === "DETAILS") element.open = true;
  }
  addEventListener("hashchange", openAroundTarget);
  openAroundTarget();

  // Gives print.css the texts of the page margins. Margin boxes inherit from the root element, and CSS takes
  // text only from a property; in an adopted stylesheet, because the Content-Security-Policy allows no style
  // attribute. Only before printing: on a slow phone, a property that all elements inherit styles the page
  // twice.
  function setMarginTexts() {
    const properties = ["title", "dates", "address"].map(name => "--paper-" + name + ":" + JSON.stringify(paper.dataset[name]));
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(":root{" + properties.join(";") + "}");
    document.adoptedStyleSheets = [sheet];
    // where the browser prints margin boxes, they repeat the page's foot: print.css hides that
    if (window.CSSMarginRule) document.documentElement.classList.add("paper-margins");
  }
  const opened = []; // the boxes that are folded on screen
  addEventListener("beforeprint", () => {
    if (opened.length) return;
    setMarginTexts();
    opened.push(...document.querySelectorAll("details:not([open])"));
    opened.forEach(box => { box.open = true; });
  });
  addEventListener("afterprint", () => {
    opened.splice(0).forEach(box => { box.open = false; });
  });
})();
