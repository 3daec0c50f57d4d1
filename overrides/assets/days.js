// Days, as Sweden counts them. A day is the number of days since 1970-01-01: no clock, no time zone, no
// daylight saving time.
const days = (() => {
  "use strict";
  const DAY = 864e5; // milliseconds

  // The day of a date; months are 1–12, and a date out of the month counts on: 0 is the last of the one before.
  function dayOf(year, month, date) {
    return Math.round(Date.UTC(year, month - 1, date) / DAY);
  }
  // The local day of a Date object.
  function ofDate(date) {
    return dayOf(date.getFullYear(), date.getMonth() + 1, date.getDate());
  }
  // A day's year, month (1–12), date, and weekday (0 is Sunday).
  function parts(day) {
    const date = new Date(day * DAY);
    return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, date: date.getUTCDate(), weekday: date.getUTCDay() };
  }
  // The day of "2026-02-03", or null if it is no such date: "2026-02-30".
  function parse(text) {
    const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text.trim());
    if (!match) return null;
    const [iso, year, month, date] = match;
    const day = dayOf(+year, +month, +date);
    return toIso(day) === iso ? day : null;
  }
  // A day as "2026-02-03".
  function toIso(day) {
    return new Date(day * DAY).toISOString().slice(0, 10);
  }
  // A day in Swedish: "tisdag 3 februari 2026".
  function toWords(day) {
    return new Date(day * DAY).toLocaleDateString("sv-SE",
      { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  }

  // The day a number of months later, as in lag (1930:173) 1 §: the same date, or the month's last.
  function addMonths(day, months) {
    const { year, month, date } = parts(day);
    const lastDate = parts(dayOf(year, month + months + 1, 0)).date;
    return dayOf(year, month + months, Math.min(date, lastDate));
  }
  // The day when a time has passed. Times are written as in facts.yml: "3 veckor", "30 dagar", "2 år".
  function addTime(day, time) {
    const [number, unit] = time.split(" ");
    const count = parseInt(number);
    if (unit === "år") return addMonths(day, 12 * count);
    if (unit === "månader") return addMonths(day, count);
    return day + (unit === "veckor" ? 7 * count : count);
  }
  // The quarters from one day to another, each with its year, its number 1–4, and its last day as "end".
  function quarters(first, last) {
    const { year, month } = parts(first);
    const found = [];
    // quarters are counted from year 0, so that the next one may be in the next year
    for (let count = 4 * year + Math.floor((month - 1) / 3); ; count += 1) {
      const start = dayOf(Math.floor(count / 4), (count % 4) * 3 + 1, 1);
      if (start > last) return found;
      found.push({ year: Math.floor(count / 4), quarter: (count % 4) + 1, end: addMonths(start, 3) - 1 });
    }
  }

  // Easter Sunday of a year: the anonymous Gregorian algorithm, with its own letters (Meeus, Astronomical
  // Algorithms, ch. 8).
  function easter(year) {
    const a = year % 19, b = Math.floor(year / 100), c = year % 100;
    const d = Math.floor(b / 4), e = b % 4, f = Math.floor((b + 8) / 25);
    const g = Math.floor((b - f + 1) / 3), h = (19 * a + b - d - g + 15) % 30;
    const i = Math.floor(c / 4), k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7;
    const m = Math.floor((a + 11 * h + 22 * l) / 451), n = h + l - 7 * m + 114;
    return dayOf(year, Math.floor(n / 31), (n % 31) + 1);
  }
  const FIXED_HOLIDAYS = { // month-date → name
    "1-1": "nyårsdagen", "1-6": "trettondedag jul", "5-1": "första maj", "6-6": "nationaldagen",
    "12-24": "julafton", "12-25": "juldagen", "12-26": "annandag jul", "12-31": "nyårsafton"
  };
  const EASTER_HOLIDAYS = { // days after Easter Sunday → name
    "-2": "långfredagen", "0": "påskdagen", "1": "annandag påsk", "39": "Kristi himmelsfärdsdag", "49": "pingstdagen"
  };
  // The reason why a day is no working day, in Swedish: its holiday, or its weekday; "" for a working day. Lag
  // (1989:253) and lag (1930:173) 2 §.
  function holiday(day) {
    const { year, month, date, weekday } = parts(day);
    const name = FIXED_HOLIDAYS[month + "-" + date] || EASTER_HOLIDAYS[day - easter(year)];
    if (name) return name;
    if (weekday === 5 && month === 6 && date >= 19 && date <= 25) return "midsommarafton";
    if (weekday === 6) return "en lördag";
    return weekday === 0 ? "en söndag" : "";
  }
  // The day itself if it is a working day, else the nearest one before (step -1) or after (1).
  function workday(day, step) {
    while (holiday(day)) day += step;
    return day;
  }

  // An iCalendar file (RFC 5545) of all-day events, each with a reminder 15 hours before: at nine the day before.
  // Events have a day and a title; the time stamp is "20260203T120000Z", and uid makes their ids unique.
  function calendar(events, stamp, uid) {
    const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Datum//SV", "CALSCALE:GREGORIAN"];
    events.forEach((event, index) => {
      lines.push("BEGIN:VEVENT", "UID:" + uid + "-" + index + "@kalender.invalid", "DTSTAMP:" + stamp,
        "DTSTART;VALUE=DATE:" + toIso(event.day).replace(/-/g, ""),
        "DTEND;VALUE=DATE:" + toIso(event.day + 1).replace(/-/g, ""),
        "SUMMARY:" + event.title.replace(/[\\;,]/g, "\\$&").replace(/\n/g, "\\n"),
        "CLASS:PRIVATE", "TRANSP:TRANSPARENT",
        "BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-PT15H", "DESCRIPTION:Påminnelse", "END:VALARM",
        "END:VEVENT");
    });
    return lines.concat("END:VCALENDAR").map(foldLine).join("\r\n") + "\r\n";
  }
  // A line of an iCalendar file, broken so that no part has more than 75 bytes (3.1); never within a letter.
  function foldLine(line) {
    let folded = "", bytes = 0;
    Array.from(line).forEach(letter => {
      const size = new TextEncoder().encode(letter).length;
      if (bytes + size > 75) {
        folded += "\r\n "; // the next part begins with a space, which counts
        bytes = 1;
      }
      folded += letter;
      bytes += size;
    });
    return folded;
  }
  return { ofDate, parse, toIso, toWords, addMonths, addTime, quarters, easter, holiday, workday, calendar };
})();
