// A select element for the county: shows the chosen region and its coordinators, from the page's table and
// sections. The URL isn't changed: a county in the browser's history would reveal where the reader works.
(() => {
  "use strict";
  const table = document.querySelector(".counties");
  if (!table) return;
  const rows = Array.from(table.querySelectorAll("tbody tr"));
  const select = dom.make("select", { id: "valj-lan", autocomplete: "off" }, new Option("Välj län", ""));
  rows.forEach(row => {
    const cell = row.cells[0];
    select.append(new Option(cell.textContent.trim(), cell.id));
  });
  const answer = dom.make("div", { className: "county-answer", role: "status" });
  const box = dom.make("div", { className: "county" }, dom.make("label", { htmlFor: select.id }, "Ditt län"), select, answer);
  table.before(box);
  select.addEventListener("change", show);
  addEventListener("hashchange", fromAddress);
  fromAddress();

  // A link to #norrbotten opens with the answer.
  function fromAddress() {
    const id = location.hash.slice(1);
    if (!rows.some(row => row.cells[0].id === id)) return;
    select.value = id;
    show();
    box.scrollIntoView();
    // The browser goes to the row in the table when the page has loaded: come back after it.
    if (document.readyState !== "complete") {
      addEventListener("load", () => { requestAnimationFrame(() => { box.scrollIntoView(); }); });
    }
  }
  function show() {
    answer.replaceChildren();
    if (!select.value) return;
    const row = rows.find(row => row.cells[0].id === select.value);
    const link = row.cells[1].querySelector("a");
    answer.append(dom.make("p", { className: "county-title" },
      row.cells[0].textContent.trim() + ": region " + link.textContent));
    if (row.cells[1].textContent.includes("*")) {
      answer.append(twin(table.querySelector(".county-note")));
    }
    answer.append(twin(document.querySelector(link.hash + " ~ ul")));
  }
  // Without ids: each stands once on a page.
  function twin(element) {
    const made = element.cloneNode(true);
    made.querySelectorAll("[id]").forEach(child => { child.removeAttribute("id"); });
    return made;
  }
})();
