// Days, as Sweden counts them. A day is the number of days since 1970-01-01: no clock, no time zone, no
// daylight saving time.
const days = (() => {
  "use strict";
  function day(year, month, date) {
    return Math.round(Date.UTC(year, month - 1, date) / 864e5);
  }
  // The day it is where the clock is. @param {Date} time
  function of(time) {
    return day(time.getFullYear(), time.getMonth() + 1, time.getDate());
  }
  function parts(number) {
    const d = new Date(number * 864e5);
    return { year: d.getUTCFullYear(), month: d.getUTCMonth() + 1, date: d.getUTCDate(), weekday: d.getUTCDay() };
  }
  // The day of "2026-02-03", or null for an invalid date.
  function parse(text) {
    const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text.trim());
    if (!match) return null;
    const number = day(+match[1], +match[2], +match[3]);
    return iso(number) === match[0] ? number : null;
  }
  function iso(number) {
    return new Date(number * 864e5).toISOString().slice(0, 10);
  }
  function words(number) {
    return new Date(number * 864e5).toLocaleDateString("sv-SE",
      { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  }

  // Lag (1930:173) 1 §: the day with the same number, or the month's last.
  function addMonths(number, months) {
    const p = parts(number);
    const last = parts(day(p.year, p.month + months + 1, 0)).date;
    return day(p.year, p.month + months, Math.min(p.date, last));
  }
  // A time of facts.yml after a day: "3 veckor".
  function later(number, time) {
    const count = parseInt(time), unit = time.split(" ")[1];
    if (unit === "månader" || unit === "år") return addMonths(number, unit === "år" ? 12 * count : count);
    return number + (unit === "veckor" ? 7 * count : count);
  }
  // The quarters that have a day from the first to the last.
  function quarters(first, last) {
    const { year, month } = parts(first);
    const found = [];
    for (let at = 4 * year + Math.floor((month - 1) / 3); ; at += 1) {
      const start = day(Math.floor(at / 4), (at % 4) * 3 + 1, 1);
      if (start > last) return found;
      found.push({ year: Math.floor(at / 4), quarter: (at % 4) + 1, end: addMonths(start, 3) - 1 });
    }
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
  // The reason why a day is not a working day, or "": lag (1989:253) and lag (1930:173) 2 §.
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
  // The day itself if it is a working day, else the nearest before (step -1) or after (1).
  function workday(number, step) {
    while (holiday(number)) number += step;
    return number;
  }

  // RFC 5545: all-day events, each with a reminder in the morning before.
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
  return { of, parse, iso, words, addMonths, later, quarters, easter, holiday, workday, calendar };
})();
