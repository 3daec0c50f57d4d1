// A trial's table becomes fields, with the sums of each column below. A number is seconds to the right
// answer, below zero to a wrong one, 0 an answer that wasn't found; a field holds one for each person.
// Nothing is stored or sent, or left in a page that the browser keeps for Back.
(() => {
  "use strict";
  const { make, say } = dom;
  const tables = /** @type {NodeListOf<HTMLTableElement>} */ (document.querySelectorAll(".trial table"));
  tables.forEach(table => {
    const [question, ...places] = Array.from(table.tHead.rows[0].cells).map(cell => cell.textContent);
    const columns = places.map(name => ({ name, fields: [], sums: make("p", { role: "status" }) }));
    Array.from(table.tBodies[0].rows).forEach(row => {
      columns.forEach(({ name, fields }, n) => {
        const ariaLabel = name + ", " + question + " " + row.cells[0].textContent;
        fields.push(make("input", { autocomplete: "off", size: 10, ariaLabel }));
        row.cells[n + 1].append(fields[fields.length - 1]);
      });
    });
    table.after(...columns.map(({ sums }) => sums));
    table.addEventListener("input", () => { columns.forEach(count); });
    addEventListener("pagehide", () => {
      columns.forEach(column => {
        column.fields.forEach(field => { field.value = ""; });
        count(column);
      });
    });
  });

  function count({ name, fields, sums }) {
    const numbers = fields.flatMap(field => {
      const written = field.value.split(/[\s,;]+/).filter(Boolean).map(text => Number(text.replace(/^[−–]/, "-")));
      field.setAttribute("aria-invalid", String(written.some(isNaN)));
      return written;
    });
    const right = numbers.filter(number => number > 0).sort((a, b) => a - b);
    const median = (right[Math.ceil(right.length / 2) - 1] + right[Math.floor(right.length / 2)]) / 2;
    say(sums, !numbers.length ? "" : name + ": " + (numbers.some(isNaN) ? "skriv sekunder med siffror, 45, 0 eller −45." :
      right.length + " rätta svar av " + numbers.length + (right.length ? ", mediantid " + String(median).replace(".", ",") + " sekunder" : "") +
      ". Fel: " + numbers.filter(number => number < 0).length + ". Hittades inte: " + numbers.filter(number => !number).length + "."));
  }
})();
