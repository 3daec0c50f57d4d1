// A trial's tables become fields, and below each stand its sums. A number is seconds to the right answer,
// below zero to a wrong one, 0 an answer that wasn't found. Nothing is stored or sent, or left in a page
// that the browser keeps for Back.
(() => {
  "use strict";
  const { make, say } = dom;
  document.querySelectorAll(".trial table").forEach(table => {
    const columns = Array.from(table.tHead.rows[0].cells).map(cell => cell.textContent);
    const sums = make("p", { role: "status" });
    const fields = Array.from(table.tBodies[0].rows).flatMap(row => Array.from(row.cells).slice(1).map((cell, n) => {
      const name = columns[0] + ", " + row.cells[0].textContent + ", fråga " + columns[n + 1];
      const field = make("input", { inputMode: "text", autocomplete: "off", size: 3, ariaLabel: name });
      cell.append(field);
      return field;
    }));
    table.after(sums);
    table.addEventListener("input", count);
    addEventListener("pagehide", () => {
      fields.forEach(field => { field.value = ""; });
      count();
    });

    function count() {
      const written = fields.filter(field => field.value.trim());
      const numbers = written.map(field => Number(field.value.trim().replace(/^[−–]/, "-").replace(",", ".")));
      written.forEach((field, n) => { field.setAttribute("aria-invalid", String(isNaN(numbers[n]))); });
      const right = numbers.filter(number => number > 0).sort((a, b) => a - b);
      const middle = right.length / 2;
      const median = (right[Math.ceil(middle) - 1] + right[Math.floor(middle)]) / 2;
      say(sums, !written.length ? "" : numbers.some(isNaN) ? "Skriv sekunder med siffror: 45, 0 eller −45." :
        right.length + " rätta svar av " + numbers.length + (right.length ? ", mediantid " + String(median).replace(".", ",") + " sekunder" : "") +
        ". Fel: " + numbers.filter(number => number < 0).length + ". Hittades inte: " + numbers.filter(number => !number).length + ".");
    }
  });
})();
