// A select element for the county: shows its region and the region's coordinators, from the page's table and
// sections. The choice isn't added to the URL: a county in the browser's history would reveal where the
// reader works.
(() => {
  "use strict";
  const table = document.querySelector(".counties");
  if (!table) return;
  // the cells of a row: county (with the id in links, "norrbotten"), region
  const rows = Array.from(table.querySelectorAll("tbody tr"));
  const select = dom.make("select", { id: "valj-lan", autocomplete: "off" }, new Option("Välj län", ""));
  rows.forEach(row => {
    const county = row.cells[0];
    select.append(new Option(county.textContent.trim(), county.id));
  });
  const answer = dom.make("div", { className: "county-answer", role: "status" });
  const box = dom.make("div", { className: "county" }, dom.make("label", { htmlFor: select.id }, "Ditt län"), select, answer);
  table.before(box);
  select.addEventListener("change", showAnswer);
  addEventListener("hashchange", selectFromUrl);
  selectFromUrl();

  // Selects the county that the URL's anchor names, if any: a link to #norrbotten opens with the answer.
  function selectFromUrl() {
    const id = location.hash.slice(1);
    if (!rows.some(row => row.cells[0].id === id)) return;
    select.value = id;
    showAnswer();
    box.scrollIntoView();
    // when the page has loaded, the browser scrolls to the row in the table: scroll back after that
    if (document.readyState !== "complete") {
      addEventListener("load", () => { requestAnimationFrame(() => { box.scrollIntoView(); }); });
    }
  }
  // Shows the region of the selected county, and its coordinators; nothing without a county.
  function showAnswer() {
    answer.replaceChildren();
    if (!select.value) return;
    const row = rows.find(row => row.cells[0].id === select.value);
    const [county, region] = row.cells;
    const link = region.querySelector("a"); // to the region's section, with its coordinators in a list
    answer.append(dom.make("p", { className: "county-title" },
      county.textContent.trim() + ": region " + link.textContent));
    if (region.textContent.includes("*")) {
      answer.append(copyWithoutIds(table.querySelector(".county-note")));
    }
    answer.append(copyWithoutIds(document.querySelector(link.hash + " ~ ul")));
  }
  // A copy of an element, without the ids: an id may occur once on a page.
  function copyWithoutIds(element) {
    const copy = element.cloneNode(true);
    copy.querySelectorAll("[id]").forEach(child => { child.removeAttribute("id"); });
    return copy;
  }
})();
