// Checklists: counts ticks, copies, prints and clears the list, and remembers ticks if the reader asks.
// Without that, ticks last while the page is shown. A reader who follows a link to another page of the
// site gets them back with Back: they are in the tab's history (history.state). "Lämna sidan" on the
// other page can't clear that, so they are restored only if nothing else has happened in the tab; see
// `place`. The browser's own caches (bfcache, form restoration) keep no ticks. Only after the reader has
// ticked "Kom ihåg" are row ids, and nothing else, stored under TICKS, for DAYS days from that choice.
// exit.js and "Rensa allt" remove them.
(() => {
  "use strict";
  const { TICKS, make, button } = dom;
  const DAYS = 30;
  const VISIT = 36e5; // milliseconds that ticks are kept in history.state
  const FULL = 50; // entries in a tab's history; the browser drops the first of more
  const list = document.querySelector(".checklist");
  const foot = document.querySelector(".check-foot");
  if (!list || !foot) return;
  const framed = document.documentElement.classList.contains("framed"); // in an iframe nothing is stored
  const name = list.dataset.checklist;
  const title = document.querySelector("h1").textContent.trim();
  const boxes = Array.from(list.querySelectorAll('input[type="checkbox"]'));
  let undo = null;
  boxes.forEach(box => {
    // Here and not in the HTML, which allows it on no tick box (and on radio buttons neither).
    box.setAttribute("autocomplete", "off");
    const row = box.closest("li");
    const told = Array.from(row.querySelectorAll(":scope > p:not(:first-child)"));
    if (!told.length) return;
    const asks = row.id.startsWith("forst-");
    const alone = told.length === 1 && told[0].textContent.trim() === told[0].firstElementChild?.textContent.trim();
    const line = asks || alone ? told[0] : fold(told); // a link alone is one line already
    line.id = box.id + "-ord";
    box.setAttribute("aria-describedby", line.id);
  });

  // Folds a row's explanation under its first sentence, on one line (checklist.css); returns that line.
  // The explanation of a question at the top stays open. print.js opens all for paper.
  function fold(told) {
    const words = told[0].textContent.trim();
    const first = words.match(/^.+?[.!?](?=\s+\p{Lu})/u)?.[0] || words;
    const line = make("span", { className: "check-line" }, first.split(/\s+/).slice(0, 25).join(" "));
    const box = make("details", { className: "check-why" },
      make("summary", {}, line, make("span", { className: "check-less" }, "Visa mindre")));
    told[0].before(box);
    box.append(...told);
    return line;
  }

  // Controls: the setting to remember ticks above the list, and below it a bar with the common actions.
  const status = make("p", { className: "check-status", role: "status" });
  const total = make("p", { className: "check-total", ariaLive: "polite" });
  const bar = make("div", { className: "check-bar" },
    total, button("Kopiera till journalen", copy), button("Skriv ut", print), status);
  const remember = make("input", { type: "checkbox", id: "kom-ihag", autocomplete: "off" });
  const undoButton = button("Ångra rensningen", restore);
  undoButton.hidden = true;
  const clearButton = button("Rensa allt", clear);
  const after = make("div", { className: "check-tools" });
  const label = make("label", { htmlFor: remember.id, textContent: "Kom ihåg mina kryss i den här webbläsaren" });
  const row = make("span", { className: "tick" }, remember, label);
  const words = make("p", { id: "kom-ihag-ord", textContent:
    "Annars försvinner kryssen när du stänger listan. Sparas: vilka rader du har kryssat, högst " + DAYS +
    " dagar. Rensa allt och Lämna sidan tar bort det." });
  remember.setAttribute("aria-describedby", words.id);
  if (!framed) list.before(make("div", { className: "check-keep" }, row, words));
  after.append(clearButton, undoButton);
  const links = button("Länka till en rad", showLinks);
  links.ariaPressed = "false";
  if (!framed) after.append(links);
  list.after(bar, after);
  const headings = list.querySelectorAll("h2");
  const groups = Array.from(list.querySelectorAll(".check-rows")).map((rows, n) => ({
    heading: headings[n],
    uncounted: "uncounted" in rows.dataset,
    boxes: Array.from(rows.querySelectorAll("input"))
  }));
  load();
  comeBack(self.navigation?.activation?.navigationType === "traverse");
  show();
  list.addEventListener("change", event => {
    forgetUndo();
    unmark(event.target);
    show();
    if (remember.checked) save();
  });
  remember.addEventListener("change", () => {
    if (remember.checked) {
      if (save(true)) say("Kryssen sparas i den här webbläsaren i högst " + DAYS + " dagar.");
    } else {
      forget();
      say("Inget är sparat längre. Kryssen finns kvar så länge sidan är öppen.");
    }
  });
  // Another tab has left the site or cleared its list: the switch is updated at once.
  addEventListener("storage", () => {
    if (!remember.checked || read()) return;
    remember.checked = false;
    say("Inget är sparat längre. Kryssen finns kvar så länge sidan är öppen.");
  });
  document.addEventListener("click", event => {
    const link = event.target.closest("a[href]");
    if (!(link instanceof HTMLAnchorElement) || link.download || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (link.origin === location.origin && link.pathname !== location.pathname) waitForBack();
  });
  addEventListener("pagehide", () => {
    empty();
    forgetUndo();
    say("");
  });
  addEventListener("pageshow", event => {
    if (!event.persisted) return;
    load();
    comeBack(true);
    show();
  });

  function say(text) {
    dom.say(status, text);
  }

  function show() {
    let sum = 0, all = 0;
    groups.forEach(group => {
      if (group.uncounted) return; // signs are never counted: a sum would be read as a score
      sum += group.boxes.filter(box => box.checked).length;
      all += group.boxes.length;
    });
    total.textContent = sum + " av " + all;
  }

  // The address of each row, for copy.js.
  function showLinks() {
    const on = links.ariaPressed === "false";
    links.ariaPressed = String(on);
    boxes.forEach(box => {
      if (!on) return box.parentElement.lastChild.remove();
      const name = "Kopiera länk till raden " + box.labels[0].textContent;
      box.parentElement.append(make("a", {
        className: "copy-link", href: "#" + box.closest("li").id, title: name, ariaLabel: name }));
    });
  }

  // Copy: the rows and the list's version; nothing about the person.
  function text() {
    const lines = [title + ", kryssade rader (listans version " + list.dataset.version + ")"];
    groups.forEach(group => {
      const ticked = group.boxes.filter(box => box.checked);
      if (!ticked.length) return;
      lines.push("", group.heading.textContent.trim());
      ticked.forEach(box => { lines.push("[x] " + box.labels[0].textContent); });
    });
    if (lines.length === 1) lines.push("Inga rader är kryssade.");
    return lines.join("\n") + "\n";
  }
  function copy() {
    dom.copy(text()).then(() => { say("Texten är kopierad. Klistra in den i ärendet."); }, () => {
      dom.showText(after, "Kryssade rader som text", text());
      say("Webbläsaren tillåter inte kopiering härifrån. Texten är markerad: tryck Ctrl + C.");
    });
  }

  // Prints the list with its ticks; without ticks it is an empty form.
  function print() {
    if (!dom.print()) say("Sidan får inte öppna utskriften. Välj Skriv ut i webbläsarens meny.");
  }

  function clear() {
    const ticks = boxes.filter(box => box.checked);
    const stored = read();
    undo = () => {
      ticks.forEach(box => { box.checked = true; });
      remember.checked = Boolean(stored);
      if (stored) write(stored);
    };
    empty();
    forget();
    undoButton.hidden = false;
    say("Alla kryss är borta, och inget är sparat.");
  }
  function empty() {
    boxes.forEach(box => { box.checked = false; unmark(box); });
    remember.checked = false;
    dom.hideText(after);
    show();
  }
  function restore() {
    if (undo) undo();
    forgetUndo();
    show();
    say("Kryssen är tillbaka.");
    clearButton.focus();
  }
  function forgetUndo() {
    undo = null;
    undoButton.hidden = true;
  }

  // Storage may be blocked (frame, setting) or full: then everything else still works.
  function read() {
    if (framed) return null;
    try {
      const state = JSON.parse(localStorage.getItem(TICKS));
      const age = (Date.now() - Date.parse(state.saved)) / 864e5;
      const whole = [state.lists, ...Object.values(state.lists)].every(one => one instanceof Object);
      if (age >= 0 && age < DAYS && whole) return state;
    } catch (error) { /* nothing there, not ours, or blocked */ }
    forget();
    return null;
  }
  function write(state) {
    try {
      localStorage.setItem(TICKS, JSON.stringify(state));
      return true;
    } catch (error) {
      remember.checked = false;
      say("Webbläsaren kan inte spara kryssen. De finns kvar så länge sidan är öppen.");
      return false;
    }
  }
  function save(chosenNow) {
    // Without the key another tab has cleared it, or the days are out: the choice is over.
    let state = read();
    if (!state && !chosenNow) {
      remember.checked = false;
      return false;
    }
    state = state || { saved: new Date().toISOString().slice(0, 10), lists: {} };
    state.lists[name] = ticked();
    return write(state);
  }
  // Row id → hash of the row's text (data-mark), of each ticked row.
  function ticked() {
    return Object.fromEntries(boxes.filter(box => box.checked).map(box => [box.closest("li").id, box.dataset.mark]));
  }
  function forget() {
    if (!framed) dom.forget();
  }
  function load() {
    const state = read();
    if (!state) return;
    remember.checked = true;
    tick(state.lists[name] || {});
  }
  function tick(mine) {
    boxes.forEach(box => {
      const id = box.closest("li").id;
      if (!(id in mine)) return;
      if (mine[id] === box.dataset.mark) box.checked = true;
      else box.labels[0].append(make("span", { className: "check-changed", textContent: " (ändrad, kryssa igen)" }));
    });
  }

  // Where this page stands in the tab's history: the pages of ours before it, and how many pages of
  // others there are. "Lämna sidan" changes one or the other, on whichever page it is pressed: it puts
  // a page of another site in that page's place. "" where that can't be known: then nothing waits.
  function place() {
    const way = document.querySelector(".exit");
    const pages = self.navigation?.entries() || []; // none from a disk
    if (framed || !pages.length || history.length >= FULL) return "";
    if (way && new URL(way.href).origin === location.origin) return "";
    const before = pages.slice(0, self.navigation.currentEntry.index);
    return [history.length - pages.length, ...before.map(page => page.id)].join(" ");
  }
  function waitForBack() {
    const here = place(), rows = ticked();
    if (!here || remember.checked || !Object.keys(rows).length) return;
    try {
      history.replaceState({ [TICKS]: { at: Date.now(), here, rows } }, "");
    } catch (error) { /* the page may not: the ticks are gone */ }
  }
  function comeBack(isBack) {
    const held = history.state?.[TICKS];
    if (!held) return;
    history.replaceState(null, "");
    if (isBack && held.here === place() && Date.now() - held.at < VISIT && !remember.checked) tick(held.rows);
  }
  function unmark(box) {
    const mark = box.labels[0].querySelector(".check-changed");
    if (mark) mark.remove();
  }
})();
