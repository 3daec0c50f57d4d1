// Checklists: counts ticks, copies, prints and clears the list, and remembers ticks if the reader asks.
//
// Without that, ticks last while the page is shown. A reader who follows a link to another page of the site
// gets them back with Back: they are in the tab's history (history.state). "Lämna sidan" on the other page
// can't clear that, so they are restored only if nothing else has happened in the tab; see historyPlace. The
// browser's own caches (bfcache, form restoration) keep no ticks.
//
// After the reader has ticked "Kom ihåg", row ids with hashes of the rows' texts are stored under TICKS in
// localStorage, and nothing else, for DAYS days from that choice. exit.js and "Rensa allt" remove them.
(() => {
  "use strict";
  const { TICKS, make, button } = dom;
  const DAYS = 30;
  const HOUR = 36e5; // milliseconds that ticks are kept in history.state
  const FULL_HISTORY = 50; // entries in a tab's history; the browser drops the first if there are more
  const SUMMARY_WORDS = 25; // at most, in the line that describes a checkbox
  const list = document.querySelector(".checklist");
  if (!list || !document.querySelector(".check-foot")) return;
  const framed = document.documentElement.classList.contains("framed"); // in an iframe nothing is stored
  const listKey = list.dataset.checklist;
  const title = document.querySelector("h1").textContent.trim();
  const boxes = Array.from(list.querySelectorAll('input[type="checkbox"]'));
  let undo = null; // a function that restores what "Rensa allt" removed
  boxes.forEach(box => {
    // Firefox restores ticks after a reload unless told not to. Not in the HTML, where the attribute is an
    // error on checkboxes.
    box.setAttribute("autocomplete", "off");
    const row = box.closest("li");
    const explanation = Array.from(row.querySelectorAll(":scope > p:not(:first-child)"));
    if (!explanation.length) return;
    const line = shortExplanation(row, explanation);
    line.id = box.id + "-ord";
    box.setAttribute("aria-describedby", line.id);
  });

  // The element that describes a row's checkbox: at most SUMMARY_WORDS words of its explanation, the rest of
  // which is folded. The explanation of a question at the top of the list stays open; its link, which the
  // reader comes to next, isn't part of the description.
  function shortExplanation(row, paragraphs) {
    if (!row.id.startsWith("forst-")) return isOneLink(paragraphs) ? paragraphs[0] : foldExplanation(paragraphs);
    const text = make("span");
    const link = paragraphs[0].querySelector(":scope > a:last-child:not(.tel)");
    text.append(...Array.from(paragraphs[0].childNodes).filter(node => node !== link));
    paragraphs[0].prepend(text);
    return text;
  }
  // Whether an explanation is one link and nothing else: that is one line already.
  function isOneLink(paragraphs) {
    const text = paragraphs[0].textContent.trim();
    return paragraphs.length === 1 && text === paragraphs[0].firstElementChild?.textContent.trim();
  }
  // Folds a row's explanation under its first sentence, on one line (checklist.css); returns that line. print.js
  // opens all for paper.
  function foldExplanation(paragraphs) {
    const text = paragraphs[0].textContent.trim();
    // up to a full stop before a capital letter: "Ring oss. Vänta inte." gives "Ring oss."
    const sentence = text.match(/^.+?[.!?](?=\s+\p{Lu})/u)?.[0] || text;
    const line = make("span", { className: "check-line" }, sentence.split(/\s+/).slice(0, SUMMARY_WORDS).join(" "));
    const folded = make("details", { className: "check-why" },
      make("summary", {}, line, make("span", { className: "check-less" }, "Visa mindre")));
    paragraphs[0].before(folded);
    folded.append(...paragraphs);
    return line;
  }

  // Controls: above the list the setting to remember ticks, below it a bar with what is used most, then the rest.
  const status = make("p", { className: "check-status", role: "status" });
  const total = make("p", { className: "check-total", ariaLive: "polite" });
  const bar = make("div", { className: "check-bar" },
    total, button("Kopiera till journalen", copy), button("Skriv ut", print), status);
  const remember = make("input", { type: "checkbox", id: "kom-ihag", autocomplete: "off" });
  const undoButton = button("Ångra rensningen", runUndo);
  undoButton.hidden = true;
  const clearButton = button("Rensa allt", clear);
  const tools = make("div", { className: "check-tools" });
  const rememberLabel = make("label", { htmlFor: remember.id, textContent: "Kom ihåg mina kryss i den här webbläsaren" });
  const rememberHelp = make("p", { id: "kom-ihag-ord", textContent:
    "Annars försvinner kryssen när du stänger listan. Sparas: vilka rader du har kryssat, högst " + DAYS +
    " dagar. Rensa allt och Lämna sidan tar bort det." });
  remember.setAttribute("aria-describedby", rememberHelp.id);
  if (!framed) {
    const row = make("span", { className: "tick" }, remember, rememberLabel);
    list.before(make("div", { className: "check-keep" }, row, rememberHelp));
  }
  tools.append(clearButton, undoButton);
  const linksButton = button("Länka till en rad", toggleRowLinks);
  linksButton.ariaPressed = "false";
  if (!framed) tools.append(linksButton);
  list.after(bar, tools);
  const headings = list.querySelectorAll("h2");
  const groups = Array.from(list.querySelectorAll(".check-rows")).map((rows, index) => ({
    heading: headings[index],
    uncounted: "uncounted" in rows.dataset,
    boxes: Array.from(rows.querySelectorAll("input"))
  }));
  loadRemembered();
  restoreAfterBack(self.navigation?.activation?.navigationType === "traverse");
  showTotal();
  list.addEventListener("change", event => {
    dropUndo();
    removeChangedNote(event.target);
    showTotal();
    if (remember.checked) save();
  });
  remember.addEventListener("change", () => {
    if (remember.checked) {
      if (save(true)) announce("Kryssen sparas i den här webbläsaren i högst " + DAYS + " dagar.");
    } else {
      forgetTicks();
      announce("Inget är sparat längre. Kryssen finns kvar så länge sidan är öppen.");
    }
  });
  // in another tab the reader has left the site or cleared its list: the setting changes here at once
  addEventListener("storage", () => {
    if (!remember.checked || readState()) return;
    remember.checked = false;
    announce("Inget är sparat längre. Kryssen finns kvar så länge sidan är öppen.");
  });
  document.addEventListener("click", event => {
    const link = event.target.closest("a[href]");
    if (!(link instanceof HTMLAnchorElement) || link.download || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (link.origin === location.origin && link.pathname !== location.pathname) keepForBack();
  });
  addEventListener("pagehide", () => {
    removeTicks();
    dropUndo();
    announce("");
  });
  addEventListener("pageshow", event => {
    if (!event.persisted) return; // a new page: the calls above have run
    loadRemembered();
    restoreAfterBack(true);
    showTotal();
  });

  function announce(text) {
    dom.announce(status, text);
  }

  // Shows how many rows are ticked, of how many. Signs aren't counted: a sum would be read as a score.
  function showTotal() {
    const counted = groups.filter(group => !group.uncounted).flatMap(group => group.boxes);
    total.textContent = counted.filter(box => box.checked).length + " av " + counted.length;
  }

  // Shows or hides a link to each row, which copy.js copies.
  function toggleRowLinks() {
    const visible = linksButton.ariaPressed === "false";
    linksButton.ariaPressed = String(visible);
    boxes.forEach(box => {
      if (!visible) return box.parentElement.lastChild.remove();
      const name = "Kopiera länk till raden " + box.labels[0].textContent;
      box.parentElement.append(make("a", {
        className: "copy-link", href: "#" + box.closest("li").id, title: name, ariaLabel: name }));
    });
  }

  // The ticked rows as text, with the list's version; nothing about the person.
  function asText() {
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
  // Copies that text; shows it, where the browser refuses.
  function copy() {
    dom.copy(asText()).then(() => { announce("Texten är kopierad. Klistra in den i ärendet."); }, () => {
      dom.showText(tools, "Kryssade rader som text", asText());
      announce("Webbläsaren tillåter inte kopiering härifrån. Texten är markerad: tryck Ctrl + C.");
    });
  }

  // Prints the list with its ticks; without ticks it is an empty form.
  function print() {
    if (!dom.print()) announce("Sidan får inte öppna utskriften. Välj Skriv ut i webbläsarens meny.");
  }

  // Removes all ticks, here and in storage, until the reader takes it back.
  function clear() {
    const ticked = boxes.filter(box => box.checked);
    const stored = readState();
    undo = () => {
      ticked.forEach(box => { box.checked = true; });
      remember.checked = Boolean(stored);
      if (stored) writeState(stored);
    };
    removeTicks();
    forgetTicks();
    undoButton.hidden = false;
    announce("Alla kryss är borta, och inget är sparat.");
  }
  // Removes all that the reader has put on the page; not what is stored.
  function removeTicks() {
    boxes.forEach(box => { box.checked = false; removeChangedNote(box); });
    remember.checked = false;
    dom.hideText(tools);
    showTotal();
  }
  function runUndo() {
    if (undo) undo();
    dropUndo();
    showTotal();
    announce("Kryssen är tillbaka.");
    clearButton.focus();
  }
  function dropUndo() {
    undo = null;
    undoButton.hidden = true;
  }

  // The stored state, or null: { saved: "2026-05-01", lists: { list key: { row id: hash } } }. State that is too
  // old, or dated in the future, is removed. Storage may be blocked, by an iframe or a setting.
  function readState() {
    if (framed) return null;
    try {
      const state = JSON.parse(localStorage.getItem(TICKS));
      const age = (Date.now() - Date.parse(state.saved)) / 864e5; // days
      if (age >= 0 && age < DAYS) return state;
    } catch (error) { /* nothing there, or blocked */ }
    forgetTicks();
    return null;
  }
  // Stores the state. Returns whether it could; if not, the reader is told, and the setting is off again.
  function writeState(state) {
    try {
      localStorage.setItem(TICKS, JSON.stringify(state));
      return true;
    } catch (error) {
      remember.checked = false;
      announce("Webbläsaren kan inte spara kryssen. De finns kvar så länge sidan är öppen.");
      return false;
    }
  }
  // Stores this list's ticks; returns whether it could. If nothing is stored, and the reader hasn't chosen just
  // now, another tab has cleared it or the days are over: then the setting is off again.
  function save(chosenNow) {
    let state = readState();
    if (!state && !chosenNow) {
      remember.checked = false;
      return false;
    }
    state = state || { saved: new Date().toISOString().slice(0, 10), lists: {} };
    state.lists[listKey] = tickedRows();
    return writeState(state);
  }
  // Row id → hash of the row's text (data-mark), for each ticked row.
  function tickedRows() {
    return Object.fromEntries(boxes.filter(box => box.checked).map(box => [box.closest("li").id, box.dataset.mark]));
  }
  function forgetTicks() {
    if (!framed) dom.forgetTicks();
  }
  function loadRemembered() {
    const state = readState();
    if (!state) return;
    remember.checked = true;
    tickRows(state.lists[listKey] || {});
  }
  // Ticks rows (row id → hash). A row whose text has changed since isn't ticked, but gets a note.
  function tickRows(rows) {
    boxes.forEach(box => {
      const id = box.closest("li").id;
      if (!(id in rows)) return;
      if (rows[id] === box.dataset.mark) box.checked = true;
      else box.labels[0].append(make("span", { className: "check-changed", textContent: " (ändrad, kryssa igen)" }));
    });
  }
  function removeChangedNote(box) {
    box.labels[0].querySelector(".check-changed")?.remove();
  }

  // This page's place in the tab's history, as text: the number of other sites' pages, then the ids of this
  // site's pages before it. "Lämna sidan" changes one or the other, on whichever page it is pressed: it
  // replaces that page by one of another site. "" where the place can't be known: then no ticks are kept.
  function historyPlace() {
    const exit = document.querySelector(".exit");
    const pages = self.navigation?.entries() || []; // none with file://
    if (framed || !pages.length || history.length >= FULL_HISTORY) return "";
    if (exit && new URL(exit.href).origin === location.origin) return ""; // its page would count as ours
    const before = pages.slice(0, self.navigation.currentEntry.index);
    return [history.length - pages.length, ...before.map(page => page.id)].join(" ");
  }
  // Keeps the ticks in the tab's history for Back, unless they are remembered anyway.
  function keepForBack() {
    const place = historyPlace(), rows = tickedRows();
    if (!place || remember.checked || !Object.keys(rows).length) return;
    try {
      history.replaceState({ [TICKS]: { at: Date.now(), place, rows } }, "");
    } catch (error) { /* a sandbox may forbid it: the ticks are lost */ }
  }
  // Removes the ticks from the tab's history; restores them if the reader has come with Back, within an hour,
  // and hasn't left the site in between.
  function restoreAfterBack(cameBack) {
    const kept = history.state?.[TICKS];
    if (!kept) return;
    history.replaceState(null, "");
    const valid = kept.place === historyPlace() && Date.now() - kept.at < HOUR;
    if (cameBack && valid && !remember.checked) tickRows(kept.rows);
  }
})();
