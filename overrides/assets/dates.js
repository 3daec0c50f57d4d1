// The date help: the days of docs/_data/dates.yml, calculated from the dates that the reader fills in. Everything
// happens in the browser; nothing is stored or sent, or left in a page that the browser keeps for Back.
(() => {
  "use strict";
  const root = document.querySelector(".dates");
  if (!root) return;
  const { make, button } = dom;
  const { toWords } = days;
  const register = JSON.parse(root.dataset.rules); // dates.yml, with its texts

  // No <form>: a frame without allow-forms would not submit it.
  const form = make("div", { className: "dates-form" });
  const inputs = {}, errors = {}; // a field's key → its elements
  register.fields.forEach(({ key, label, hint }) => {
    const input = make("input", { type: "date", id: key, autocomplete: "off", min: register.first, max: "2099-12-31" });
    const help = make("p", { id: key + "-hjalp" }, hint);
    const error = make("p", { id: key + "-fel", className: "dates-error" });
    input.setAttribute("aria-describedby", error.id + " " + help.id);
    inputs[key] = input;
    errors[key] = error;
    form.append(make("div", { className: "dates-field" }, make("label", { htmlFor: key }, label), help, error, input));
  });
  form.append(button("Räkna", calculate), button("Töm", startOver));
  form.addEventListener("keydown", event => {
    if (event.key === "Enter" && event.target.tagName === "INPUT") calculate();
  });
  const result = make("div", { className: "dates-result", hidden: true });
  root.replaceChildren(form, result);
  addEventListener("pagehide", clear);

  // Shows the days of the dates that are filled in, or an error at each field that has one.
  function calculate() {
    const values = readFields();
    if (values) showResult(values);
  }
  function startOver() {
    clear();
    inputs[register.fields[0].key].focus();
  }
  // Empties the fields, and removes the result and the errors.
  function clear() {
    result.hidden = true;
    fillFigure({});
    result.replaceChildren();
    register.fields.forEach(({ key }) => {
      inputs[key].value = "";
      showError(key, "");
    });
  }

  // Shows a field's error; "" removes it.
  function showError(key, message) {
    errors[key].textContent = message;
    if (message) inputs[key].setAttribute("aria-invalid", "true");
    else inputs[key].removeAttribute("aria-invalid");
  }
  // The fields' days by key, null where a field is empty. Returns null if any field is wrong: then each has its
  // error, and the first has the focus.
  function readFields() {
    const values = {};
    register.fields.forEach(({ key }) => { values[key] = days.parse(inputs[key].value); });
    const wrong = register.fields.filter(field => {
      const message = errorOf(field, values);
      showError(field.key, message);
      return message;
    });
    if (wrong.length) inputs[wrong[0].key].focus();
    return wrong.length ? null : values;
  }
  // The error message of a field, or "". The days of the fields in not_before and not_after are its bounds.
  function errorOf(field, values) {
    const input = inputs[field.key], value = values[field.key];
    if (value === null) {
      const isWritten = input.value || input.validity.badInput; // a browser's value is "" for half a date
      return isWritten ? "Datumet finns inte. Skriv år, månad och dag." : field.required;
    }
    if (input.value < input.min || input.value > input.max) return register.wrong_year;
    const earliest = values[field.not_before] ?? value, latest = values[field.not_after] ?? value;
    return value < earliest || value > latest ? field.wrong : "";
  }

  // The answers of a rule. None if the fields that it counts from are empty, or less than `least` days have
  // passed since its first day; one for each quarter if it has quarters; else one.
  function answersOf(rule, values) {
    const firstFilled = keys => keys.map(key => values[key]).find(value => value !== null);
    const from = firstFilled(rule.count_from);
    if (from === undefined) return [];
    if (rule.quarters_to.length) {
      return days.quarters(from, firstFilled(rule.quarters_to) ?? from).map(({ quarter, year, end }) =>
        deadline(rule, end, { kvartal: "kvartal " + quarter + " " + year, kvartalsslut: toWords(end) }));
    }
    if (rule.time) return [deadline(rule, from, {})];
    const since = values[rule.since], span = from - since;
    if (span < rule.least) return [];
    const day = rule.halfway ? since + Math.floor(span / 2) : from - rule.before;
    const dagar = span + (span === 1 ? " dag" : " dagar");
    return [answer(rule, day, rule.text, { dagar, kvar: daysLeft(day) })];
  }
  // The answer of a rule with a time after a day. On a holiday its day is the working day before, and its text
  // says why. `slots`: more values for the rule's texts.
  function deadline(rule, from, slots) {
    const end = days.addTime(from, rule.time), helg = days.holiday(end), day = days.workday(end, -1);
    const texts = [rule.counted, ...(helg ? [register.holiday] : []), ...rule.text];
    const allSlots = { ...slots, dag: toWords(end), frist: rule.time, helg, vardag: toWords(days.workday(end, 1)) };
    const short = (slots.kvartal ? slots.kvartal + ": " : "") + "senast " + toWords(day);
    return { ...answer(rule, day, texts, allSlots), short: short[0].toUpperCase() + short.slice(1) };
  }
  // An answer: its day, its texts with the slots filled in ("{dagar}"), and `short`, its text in the figure.
  function answer(rule, day, texts, slots) {
    const fillIn = text => text.replace(/\{([a-z]+)\}/g, (_, name) => slots[name]);
    return {
      day, title: fillIn(rule.title), lines: texts.map(fillIn), rule: rule.rule, event: fillIn(rule.event),
      short: toWords(day),
    };
  }
  // A sentence on how many days from today a day is.
  function daysLeft(day) {
    const number = day - days.ofDate(new Date());
    if (number > 1) return "Det är " + number + " dagar kvar, räknat från idag.";
    if (number === 1) return "Det är i morgon.";
    return number === 0 ? "Det är idag." : "Dagen har passerat.";
  }

  // Shows each rule's answers below the form, and in the page's figure.
  function showResult(values) {
    const heading = make("h2", { tabIndex: -1, id: "era-datum" }, "Era datum");
    const figureTexts = {};
    register.fields.forEach(({ key, shown }) => {
      figureTexts[key] = values[key] === null ? "" : shown.replace("{dag}", toWords(values[key]));
    });
    const answers = register.days.flatMap(rule => {
      const ruleAnswers = answersOf(rule, values);
      figureTexts[rule.key] = ruleAnswers.map(({ short }) => short).join(". ");
      return ruleAnswers;
    });
    fillFigure(figureTexts);
    const status = make("p", { role: "status" }), textPlace = make("div");
    const save = button("Lägg i kalendern (.ics)", () => { saveCalendar(answers, status, textPlace); });
    result.replaceChildren(heading, ...answers.map(section), make("div", { className: "dates-tools" }, save), status, textPlace);
    result.hidden = false;
    heading.focus();
  }
  // Writes texts, by the key of a field or rule, in the page's figure (render/figures.py), if it has one; hides
  // the parts without a text.
  function fillFigure(texts) {
    document.querySelectorAll("[data-date]").forEach(part => {
      part.textContent = texts[part.dataset.date] || "";
      part.hidden = !part.textContent;
    });
  }
  // An answer as an element.
  function section({ title, day, lines, rule }) {
    const element = make("section", {}, make("h3", {}, title), make("p", { className: "dates-day" }, toWords(day)),
      ...lines.map(line => make("p", {}, line)));
    element.lastElementChild.append(" ", make("a", { href: rule }, "Regel och källa"));
    return element;
  }
  // Downloads a calendar file with the answers' days. In a frame it also shows them as text: the page around may
  // forbid downloads, and the browser doesn't tell.
  function saveCalendar(answers, status, textPlace) {
    const events = answers.map(({ day, event }) => ({ day, title: event }));
    const stamp = new Date().toISOString().replace(/[-:]|\.\d+/g, ""); // 20260203T120000Z
    const uid = crypto.getRandomValues(new Uint32Array(4)).join("-");
    const url = URL.createObjectURL(new Blob([days.calendar(events, stamp, uid)], { type: "text/calendar" }));
    make("a", { href: url, download: "datum.ics" }).click();
    setTimeout(() => { URL.revokeObjectURL(url); }, 60000);
    if (window.top === window) {
      return dom.announce(status, "Filen datum.ics är gjord. Öppna den så läggs datumen i din kalender. Titlarna säger inget om ärendet.");
    }
    dom.announce(status, "Kom det ingen fil? Då tillåter inte sidan runt om nedladdning. Kopiera datumen härifrån.");
    dom.showText(textPlace, "Datumen som text", events.map(({ day, title }) => days.toIso(day) + " " + title).join("\n"));
  }
})();
