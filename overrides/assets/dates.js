// The date help: the days of docs/_data/dates.yml, worked out from what the reader fills in. Everything
// happens here; nothing is stored or sent, or left in a page that the browser keeps for Back.
(() => {
  "use strict";
  const root = document.querySelector(".dates");
  if (!root) return;
  const { make, button } = dom;
  const { words } = days;
  const rules = JSON.parse(root.dataset.rules);

  // No <form>: a frame without allow-forms would swallow it.
  const form = make("div", { className: "dates-form" });
  const inputs = {}, errors = {};
  rules.fields.forEach(({ key, label, hint }) => {
    const input = make("input", { type: "date", id: key, autocomplete: "off", min: rules.first, max: "2099-12-31" });
    const help = make("p", { id: key + "-hjalp" }, hint);
    const error = make("p", { id: key + "-fel", className: "dates-error" });
    input.setAttribute("aria-describedby", error.id + " " + help.id);
    inputs[key] = input;
    errors[key] = error;
    form.append(make("div", { className: "dates-field" }, make("label", { htmlFor: key }, label), help, error, input));
  });
  form.append(button("Räkna", count), button("Töm", empty));
  form.addEventListener("keydown", event => {
    if (event.key === "Enter" && event.target.tagName === "INPUT") count();
  });
  const result = make("div", { className: "dates-result", hidden: true });
  root.replaceChildren(form, result);
  addEventListener("pagehide", wipe);
  function count() {
    const values = read();
    if (values) show(values);
  }
  function empty() {
    wipe();
    inputs[rules.fields[0].key].focus();
  }
  function wipe() {
    result.hidden = true;
    fill({});
    result.replaceChildren();
    rules.fields.forEach(({ key }) => {
      inputs[key].value = "";
      fail(key, "");
    });
  }

  function fail(key, message) {
    errors[key].textContent = message;
    if (message) inputs[key].setAttribute("aria-invalid", "true");
    else inputs[key].removeAttribute("aria-invalid");
  }
  // Returns the days by field, null where it is empty; or null with each fault said at its field and
  // focus on the first.
  function read() {
    const values = {};
    rules.fields.forEach(({ key }) => { values[key] = days.parse(inputs[key].value); });
    const wrong = rules.fields.filter(field => {
      const message = fault(field, values);
      fail(field.key, message);
      return message;
    });
    if (wrong.length) inputs[wrong[0].key].focus();
    return wrong.length ? null : values;
  }
  function fault(field, values) {
    const input = inputs[field.key], value = values[field.key];
    if (value === null) {
      return input.value || input.validity.badInput ? "Datumet finns inte. Skriv år, månad och dag." : field.required;
    }
    if (input.value < input.min || input.value > input.max) return rules.wrong_year;
    const least = values[field.not_before] ?? value, most = values[field.not_after] ?? value;
    return value < least || value > most ? field.wrong : "";
  }

  // What a rule gives: nothing where what it counts from is empty, of quarters one a quarter.
  function answers(rule, values) {
    const filled = keys => keys.map(key => values[key]).find(value => value !== null);
    const from = filled(rule.count_from);
    if (from === undefined) return [];
    if (rule.quarters_to.length) {
      return days.quarters(from, filled(rule.quarters_to) ?? from).map(({ quarter, year, end }) =>
        deadline(rule, end, { kvartal: "kvartal " + quarter + " " + year, kvartalsslut: words(end) }));
    }
    if (rule.time) return [deadline(rule, from, {})];
    const since = values[rule.since], span = from - since;
    if (span < rule.least) return [];
    const day = rule.halfway ? since + Math.floor(span / 2) : from - rule.before;
    return [answer(rule, day, rule.text, { dagar: span + (span === 1 ? " dag" : " dagar"), kvar: left(day) })];
  }
  // The day a time ends, or the working day before: said with why.
  function deadline(rule, from, said) {
    const end = days.later(from, rule.time), helg = days.holiday(end), day = days.workday(end, -1);
    const texts = [rule.counted, ...(helg ? [rules.holiday] : []), ...rule.text];
    const found = answer(rule, day, texts,
      { ...said, dag: words(end), frist: rule.time, helg, vardag: words(days.workday(end, 1)) });
    const short = (said.kvartal ? said.kvartal + ": " : "") + "senast " + words(day);
    return { ...found, short: short[0].toUpperCase() + short.slice(1) };
  }
  function answer(rule, day, texts, said) {
    const put = text => text.replace(/\{([a-z]+)\}/g, (_, name) => said[name]);
    return { day, title: put(rule.title), lines: texts.map(put), rule: rule.rule, event: put(rule.event), short: words(day) };
  }
  function left(day) {
    const number = day - days.of(new Date());
    return number > 1 ? "Det är " + number + " dagar kvar, räknat från idag." : number === 1 ? "Det är i morgon."
      : number === 0 ? "Det är idag." : "Dagen har passerat.";
  }

  function show(values) {
    const heading = make("h2", { tabIndex: -1, id: "era-datum" }, "Era datum");
    const slots = {};
    rules.fields.forEach(({ key, shown }) => {
      slots[key] = values[key] === null ? "" : shown.replace("{dag}", words(values[key]));
    });
    const found = rules.days.flatMap(rule => {
      const all = answers(rule, values);
      slots[rule.key] = all.map(one => one.short).join(". ");
      return all;
    });
    fill(slots);
    const status = make("p", { role: "status" }), place = make("div");
    const save = button("Lägg i kalendern (.ics)", () => { toCalendar(found, status, place); });
    result.replaceChildren(heading, ...found.map(section), make("div", { className: "dates-tools" }, save), status, place);
    result.hidden = false;
    heading.focus();
  }
  // The same days in a figure on the page (render/figures.py), where there is one.
  function fill(slots) {
    document.querySelectorAll("[data-date]").forEach(slot => {
      slot.textContent = slots[slot.dataset.date] || "";
      slot.hidden = !slot.textContent;
    });
  }
  function section({ title, day, lines, rule }) {
    const box = make("section", {}, make("h3", {}, title), make("p", { className: "dates-day" }, words(day)),
      ...lines.map(line => make("p", {}, line)));
    box.lastElementChild.append(" ", make("a", { href: rule }, "Regel och källa"));
    return box;
  }
  function toCalendar(found, status, place) {
    const events = found.map(({ day, event }) => ({ day, title: event }));
    const stamp = new Date().toISOString().replace(/[-:]|\.\d+/g, "");
    const uid = crypto.getRandomValues(new Uint32Array(4)).join("-");
    const url = URL.createObjectURL(new Blob([days.calendar(events, stamp, uid)], { type: "text/calendar" }));
    make("a", { href: url, download: "datum.ics" }).click();
    setTimeout(() => { URL.revokeObjectURL(url); }, 60000);
    if (window.top === window) {
      return dom.say(status, "Filen datum.ics är gjord. Öppna den så läggs datumen i din kalender. Titlarna säger inget om ärendet.");
    }
    // A frame may forbid downloads, and doesn't tell us.
    dom.say(status, "Kom det ingen fil? Då tillåter inte sidan runt om nedladdning. Kopiera datumen härifrån.");
    dom.showText(place, "Datumen som text", events.map(({ day, title }) => days.iso(day) + " " + title).join("\n"));
  }
})();
