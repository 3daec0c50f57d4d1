// Counts days from what a decision says. Everything happens here; nothing is stored or sent, or left
// in a page that the browser keeps for Back.
// A day is the number of days since 1970-01-01: no clock, no time zone, no daylight saving time.
// Rules: the text of the page, with sources.
(() => {
  "use strict";
  const root = document.querySelector(".dates");
  if (!root) return;
  const { overklagandeFrist: APPEAL, ersattningFrist: CLAIM } = root.dataset; // of facts.yml: "3 veckor"

  function day(year, month, date) {
    return Math.round(Date.UTC(year, month - 1, date) / 864e5);
  }
  function parts(number) {
    const d = new Date(number * 864e5);
    return { year: d.getUTCFullYear(), month: d.getUTCMonth() + 1, date: d.getUTCDate(), weekday: d.getUTCDay() };
  }
  function parse(text) {
    const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text.trim());
    if (!match) return null;
    const number = day(+match[1], +match[2], +match[3]);
    return iso(number) === match[0] ? number : null;
  }
  function iso(number) {
    return new Date(number * 864e5).toISOString().slice(0, 10);
  }
  function today() {
    const now = new Date();
    return day(now.getFullYear(), now.getMonth() + 1, now.getDate());
  }
  // Lag (1930:173) 1 §: the day with the same number, or the month's last.
  function addMonths(number, months) {
    const p = parts(number);
    const last = parts(day(p.year, p.month + months + 1, 0)).date;
    return day(p.year, p.month + months, Math.min(p.date, last));
  }
  function later(number, limit) {
    const count = parseInt(limit), unit = limit.split(" ")[1];
    if (unit === "månader" || unit === "år") return addMonths(number, unit === "år" ? 12 * count : count);
    return number + (unit === "veckor" ? 7 * count : count);
  }
  // Gregorian Easter Sunday, the anonymous algorithm (Meeus, Astronomical Algorithms, ch. 8).
  function easter(year) {
    const a = year % 19, b = Math.floor(year / 100), c = year % 100;
    const d = Math.floor(b / 4), e = b % 4, f = Math.floor((b + 8) / 25);
    const g = Math.floor((b - f + 1) / 3), h = (19 * a + b - d - g + 15) % 30;
    const i = Math.floor(c / 4), k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7;
    const m = Math.floor((a + 11 * h + 22 * l) / 451), n = h + l - 7 * m + 114;
    return day(year, Math.floor(n / 31), (n % 31) + 1);
  }
  // Why a day is no working day, or "": lag (1989:253) and lag (1930:173) 2 §.
  function holiday(number) {
    const p = parts(number), fixed = p.month + "-" + p.date, e = easter(p.year);
    const names = {
      "1-1": "nyårsdagen", "1-6": "trettondedag jul", "5-1": "första maj", "6-6": "nationaldagen",
      "12-24": "julafton", "12-25": "juldagen", "12-26": "annandag jul", "12-31": "nyårsafton" };
    const moving = {};
    moving[e - 2] = "långfredagen";
    moving[e] = "påskdagen";
    moving[e + 1] = "annandag påsk";
    moving[e + 39] = "Kristi himmelsfärdsdag";
    moving[e + 49] = "pingstdagen";
    if (names[fixed] || moving[number]) return names[fixed] || moving[number];
    if (p.weekday === 5 && p.month === 6 && p.date >= 19 && p.date <= 25) return "midsommarafton";
    return p.weekday === 6 ? "en lördag" : p.weekday === 0 ? "en söndag" : "";
  }
  function appeal(number) {
    return later(number, APPEAL);
  }
  function workday(number, step) {
    while (holiday(number)) number += step;
    return number;
  }
  // The quarters from the first day to the last, and the last day to claim for each.
  function claims(first, last) {
    const result = [];
    const p = parts(first);
    let quarter = Math.floor((p.month - 1) / 3), year = p.year;
    while (day(year, quarter * 3 + 1, 1) <= last) {
      const end = day(year, quarter * 3 + 4, 0);
      result.push({ quarter: quarter + 1, year, end, latest: later(end, CLAIM) });
      quarter += 1;
      if (quarter === 4) { quarter = 0; year += 1; }
    }
    return result;
  }
  function words(number) {
    return new Date(number * 864e5).toLocaleDateString("sv-SE",
      { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  }

  // RFC 5545. Titles say nothing of what it is about: the calendar may be shared.
  function calendar(events, stamp, uid) {
    const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Datum//SV", "CALSCALE:GREGORIAN"];
    events.forEach((event, index) => {
      lines.push("BEGIN:VEVENT", "UID:" + uid + "-" + index + "@kalender.invalid", "DTSTAMP:" + stamp,
        "DTSTART;VALUE=DATE:" + iso(event.day).replace(/-/g, ""),
        "DTEND;VALUE=DATE:" + iso(event.day + 1).replace(/-/g, ""),
        "SUMMARY:" + event.title.replace(/[\\;,]/g, "\\$&").replace(/\n/g, "\\n"),
        "CLASS:PRIVATE", "TRANSP:TRANSPARENT",
        "BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-PT15H", "DESCRIPTION:Påminnelse", "END:VALARM",
        "END:VEVENT");
    });
    return lines.concat("END:VCALENDAR").map(fold).join("\r\n") + "\r\n";
  }
  // 3.1: no line over 75 octets; a letter is never split.
  function fold(line) {
    let folded = "", octets = 0;
    Array.from(line).forEach(letter => {
      const size = new TextEncoder().encode(letter).length;
      if (octets + size > 75) {
        folded += "\r\n ";
        octets = 1;
      }
      folded += letter;
      octets += size;
    });
    return folded;
  }

  window.datum = { parse, iso, addMonths, easter, holiday,
    workday, claims, words, calendar, fold, today,
    appeal };

  // The form
  function make(tag, properties, ...children) {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  }
  // No <form>: a frame without allow-forms would swallow it.
  const form = make("div", { className: "dates-form" });
  const fields = {};
  [["beslut", "Beslutets datum", "Står på beslutet. Inte dagen då det kom till er."],
    ["slut", "Tillståndets sista dag", "Står i beslutet. Lämna tomt om svaret blev nej."],
    ["ansokan", "Dagen då ni ansökte", "Frivilligt. Behövs om pengarna ska räknas från ansökan."]
  ].forEach(field => {
    const input = make("input", { type: "date", id: field[0], autocomplete: "off", min: "2022-08-01", max: "2099-12-31" });
    const hint = make("p", { id: field[0] + "-hjalp", textContent: field[2] });
    const error = make("p", { id: field[0] + "-fel", className: "dates-error" });
    input.setAttribute("aria-describedby", error.id + " " + hint.id);
    fields[field[0]] = { input, error };
    form.append(make("div", { className: "dates-field" },
      make("label", { htmlFor: field[0], textContent: field[1] }), hint, error, input));
  });
  form.append(tool("Räkna", count), tool("Töm", empty));
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
    fields.beslut.input.focus();
  }
  function wipe() {
    result.hidden = true;
    fill({});
    result.replaceChildren();
    Object.keys(fields).forEach(name => {
      fields[name].input.value = "";
      fail(name, "");
    });
  }

  function fail(name, message) {
    fields[name].error.textContent = message;
    if (message) fields[name].input.setAttribute("aria-invalid", "true");
    else fields[name].input.removeAttribute("aria-invalid");
  }
  // Returns the days, or null with each fault said at its field and focus on the first.
  function read() {
    const values = {};
    let first = /** @type {Element | null} */ (null);
    Object.keys(fields).forEach(name => {
      const input = fields[name].input;
      let message = "";
      values[name] = parse(input.value);
      if (values[name] === null && (input.value || input.validity.badInput)) {
        message = "Datumet finns inte. Skriv år, månad och dag.";
      } else if (values[name] !== null && (input.value < input.min || input.value > input.max)) {
        message = "Kontrollera årtalet. Nämnden har kunnat ansöka sedan augusti 2022.";
      } else if (name === "beslut" && values[name] === null) {
        message = "Fyll i datumet som står på beslutet.";
      } else if (name === "slut" && values.slut !== null && values.beslut !== null && values.slut < values.beslut) {
        message = "Sista dagen kan inte vara före beslutets datum.";
      } else if (name === "ansokan" && values.ansokan !== null && values.beslut !== null && values.ansokan > values.beslut) {
        message = "Ansökan kan inte vara gjord efter beslutet.";
      }
      fail(name, message);
      if (message && !first) first = input;
    });
    if (first) first.focus();
    return first ? null : values;
  }

  function show(values) {
    const events = [];
    const heading = make("h2", { textContent: "Era datum", tabIndex: -1, id: "era-datum" });
    result.replaceChildren(heading);
    if (values.slut !== null) {
      const left = values.slut - today();
      const span = values.slut - values.beslut;
      section("Tillståndets sista dag", values.slut, [
        left > 1 ? "Det är " + left + " dagar kvar, räknat från idag." : left === 1 ? "Det är i morgon."
          : left === 0 ? "Det är idag." : "Dagen har passerat.",
        "Från beslutets datum är det " + span + (span === 1 ? " dag." : " dagar.") + " Stämmer det inte med beslutet? Läs det igen.",
        "Dagen kommer från beslutet. Vi räknar inte ut den."], "#dagar");
      events.push({ day: values.slut, title: "Sista dagen (se akten)" });
      const half = values.beslut + Math.floor(span / 2);
      if (span >= 14) {
        section("Halvvägs", half, ["Vårt förslag: ha mötet om vad som ska hända sedan före den här dagen."], "#dagar");
        section("En vecka kvar", values.slut - 7, ["Vårt förslag: stäm av boende, pengar och nästa steg."], "#dagar");
        events.push({ day: half, title: "Halvvägs (se akten)" }, { day: values.slut - 7, title: "En vecka kvar (se akten)" });
      }
    }
    const out = appeal(values.beslut), answer = workday(out, -1);
    section("Om ni vill överklaga: senast", answer,
      [APPEAL + " från beslutets datum är " + words(out) + ".", ...moved(out),
        "Gäller avslag och återkallelse. Vilken dag en domstol räknar från är osäkert, så vi tar den tidigaste."], "#overklaga");
    events.push({ day: answer, title: "Svara senast (se akten)" });
    const money = claims(values.ansokan ?? values.beslut, values.slut ?? values.beslut).map(claim => {
      const quarter = "kvartal " + claim.quarter + " " + claim.year, last = workday(claim.latest, -1);
      section("Ersättning för " + quarter + ": framme senast", last,
        ["Kvartalet slutar " + words(claim.end) + ". " + CLAIM + " senare är " + words(claim.latest) + ".", ...moved(claim.latest)], "#ersattning");
      events.push({ day: last, title: "Ekonomi, " + quarter + " (se akten)" });
      return "K" + quarter.slice(1) + ": senast " + words(last);
    });
    fill({
      ansokan: values.ansokan === null ? "" : words(values.ansokan), beslut: words(values.beslut),
      slut: values.slut === null ? "" : "Till och med " + words(values.slut),
      overklaga: "Senast " + words(answer), ersattning: money.join(". ")
    });
    const status = make("p", {});
    status.setAttribute("role", "status");
    result.append(make("div", { className: "dates-tools" }, tool("Lägg i kalendern (.ics)", () => { save(events, status); })), status);
    result.hidden = false;
    heading.focus();
  }
  // The same days in a figure on the page (render_figures.py), where there is one.
  function fill(days) {
    document.querySelectorAll("[data-date]").forEach(slot => {
      slot.textContent = days[slot.dataset.date] || "";
      slot.hidden = !slot.textContent;
    });
  }
  function moved(number) {
    const why = holiday(number);
    if (!why) return [];
    return ["Det är " + why + ". Enligt lagen får det då göras nästa vardag, " + words(workday(number, 1)) +
      ". Vårt råd är vardagen före."];
  }
  function section(title, number, lines, rule) {
    const box = make("section", {}, make("h3", { textContent: title }),
      make("p", { className: "dates-day", textContent: words(number) }));
    lines.forEach(line => { box.append(make("p", { textContent: line })); });
    box.lastChild.append(" ", make("a", { href: rule, textContent: "Regel och källa" }));
    result.append(box);
  }
  function tool(text, action) {
    const button = make("button", { type: "button", textContent: text });
    button.addEventListener("click", action);
    return button;
  }
  function save(events, status) {
    const stamp = new Date().toISOString().replace(/[-:]|\.\d+/g, "");
    const uid = crypto.getRandomValues(new Uint32Array(4)).join("-");
    const url = URL.createObjectURL(new Blob([calendar(events, stamp, uid)], { type: "text/calendar" }));
    make("a", { href: url, download: "datum.ics" }).click();
    setTimeout(() => { URL.revokeObjectURL(url); }, 60000);
    status.textContent = "Filen datum.ics är gjord. Öppna den så läggs datumen i din kalender. Titlarna säger inget om ärendet.";
    if (window.top === window) return;
    // A frame may forbid downloads, and doesn't tell us.
    status.textContent = "Kom det ingen fil? Då tillåter inte sidan runt om nedladdning. Kopiera datumen härifrån.";
    const area = result.querySelector("textarea") || make("textarea", { readOnly: true, rows: events.length + 1 });
    area.setAttribute("aria-label", "Datumen som text");
    area.value = events.map(event => iso(event.day) + " " + event.title).join("\n");
    status.after(area);
    area.select();
  }
})();
