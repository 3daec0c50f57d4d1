// Choose a county: its region and how to reach the coordinators, out of the table and the regions
// that stand on the page. The address is left alone: a county in the history says where you work.
(() => {
  "use strict";
  const table = document.querySelector(".counties");
  if (!table) return;
  const rows = Array.from(table.querySelectorAll("tbody tr"));
  const select = document.createElement("select");
  select.id = "valj-lan";
  select.autocomplete = "off";
  select.append(new Option("Välj län", ""));
  rows.forEach(row => {
    const cell = row.cells[0];
    select.append(new Option(cell.textContent.trim(), cell.id));
  });
  const label = document.createElement("label");
  label.htmlFor = select.id;
  label.textContent = "Ditt län";
  const answer = document.createElement("div");
  answer.className = "county-answer";
  answer.setAttribute("role", "status");
  const box = document.createElement("div");
  box.className = "county";
  box.append(label, select, answer);
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
    const title = document.createElement("p");
    title.className = "county-title";
    title.textContent = row.cells[0].textContent.trim() + ": region " + link.textContent;
    answer.append(title);
    if (row.cells[1].textContent.includes("*")) {
      answer.append(copy(table.querySelector(".county-note")));
    }
    answer.append(copy(document.querySelector(link.hash + " ~ ul")));
  }
  // Without ids: each stands once on a page.
  function copy(element) {
    const twin = element.cloneNode(true);
    twin.querySelectorAll("[id]").forEach(child => { child.removeAttribute("id"); });
    return twin;
  }
})();
