// A checklist that is worked with: counts, filters, copies, prints, clears, and remembers if asked.
// Ticks live in this page's memory. Only after the reader has ticked "Kom ihåg" are row ids, and
// nothing else, written under KEY, for DAYS days from that choice. exit.js and "Rensa allt" remove it.
(function () {
  "use strict";
  var KEY = document.querySelector("meta[name=site-key]").content + "-kryss";
  var DAYS = 30;
  var list = document.querySelector(".checklist");
  var foot = document.querySelector(".check-foot");
  if (!list || !foot) return;
  var framed = document.documentElement.dataset.embed; // on another site nothing is kept
  var name = list.dataset.checklist;
  var title = document.querySelector("h1").textContent.trim();
  var boxes = Array.from(list.querySelectorAll('input[type="checkbox"]'));
  var undo = null;
  // A reload in Firefox else brings the ticks back.
  boxes.forEach(function (box) { box.checked = false; });

  // Controls: before the list what is shown, a bar with what is done most, after it the rest.
  var status = make("p", { className: "check-status" });
  status.setAttribute("role", "status");
  var total = make("p", { className: "check-total" });
  var bar = make("div", { className: "check-bar" });
  bar.append(total, button("Kopiera till journalen", copy), button("Skriv ut", print), status);
  var remember = make("input", { type: "checkbox", id: "kom-ihag", autocomplete: "off" });
  var undoButton = button("Ångra rensningen", restore);
  undoButton.hidden = true;
  var clearButton = button("Rensa allt", clear);
  var after = make("div", { className: "check-tools" });
  var filter = makeFilter();
  if (filter) list.before(filter);
  var label = make("label", { htmlFor: remember.id, textContent: "Kom ihåg mina kryss i den här webbläsaren" });
  var row = make("span", { className: "tick" });
  row.append(remember, label);
  var words = make("p", { id: "kom-ihag-ord", textContent:
    "Då sparas vilka rader du har kryssat, och inget annat, här i webbläsaren i högst " + DAYS +
    " dagar. Rensa allt tar bort det, och det gör Lämna sidan också." });
  remember.setAttribute("aria-describedby", words.id);
  after.append(clearButton, undoButton);
  var links = button("Länka till en rad", showLinks);
  links.ariaPressed = "false";
  if (!framed) after.append(links, row, words);
  list.after(bar, after);
  var groups = Array.from(list.querySelectorAll(".check-rows")).map(function (rows) {
    return { heading: rows.previousElementSibling, uncounted: "uncounted" in rows.dataset,
      boxes: Array.from(rows.querySelectorAll("input")) };
  });
  load();
  show();
  list.addEventListener("change", function (event) {
    forgetUndo();
    unmark(event.target);
    show();
    if (remember.checked) save();
  });
  remember.addEventListener("change", function () {
    if (remember.checked) {
      if (save(true)) say("Kryssen sparas i den här webbläsaren i högst " + DAYS + " dagar.");
    } else {
      forget();
      say("Inget är sparat längre. Kryssen finns kvar så länge sidan är öppen.");
    }
  });

  function make(tag, properties) {
    return Object.assign(document.createElement(tag), properties);
  }
  function button(text, action) {
    var element = make("button", { type: "button", textContent: text });
    element.addEventListener("click", action);
    return element;
  }
  function say(text) {
    status.textContent = text;
  }

  // Adult or child: only where the list has rows for one of them.
  function makeFilter() {
    var kinds = new Set(boxes.map(function (box) { return box.dataset.applies; }));
    if (kinds.size < 2) return null;
    var set = make("fieldset", { className: "check-filter" });
    set.append(make("legend", { textContent: "Visa rader för" }));
    [["", "Alla"], ["vuxen", "Vuxen"], ["barn", "Barn"]].forEach(function (choice) {
      var radio = make("input", { type: "radio", name: "visa", id: "visa-" + choice[0],
        value: choice[0], checked: !choice[0], autocomplete: "off" });
      radio.addEventListener("change", function () {
        boxes.forEach(function (box) {
          var fits = !choice[0] || box.dataset.applies.split(" ").includes(choice[0]);
          box.closest("li").hidden = !fits;
        });
        show();
      });
      var text = make("label", { htmlFor: radio.id, textContent: choice[1] });
      var pair = make("span", {});
      pair.append(radio, text);
      set.append(pair);
    });
    return set;
  }
  function shown(box) {
    return !box.closest("li").hidden;
  }
  function isTicked(box) {
    return box.checked && shown(box);
  }
  function show() {
    var sum = 0, all = 0;
    groups.forEach(function (group) {
      if (group.uncounted) return; // signs are never counted: a sum would be read as a score
      var visible = group.boxes.filter(shown);
      sum += visible.filter(isTicked).length;
      all += visible.length;
    });
    total.textContent = sum + " av " + all;
  }

  // The address of each row, for copy.js.
  function showLinks() {
    var on = links.ariaPressed === "false";
    links.ariaPressed = String(on);
    boxes.forEach(function (box) {
      if (!on) return box.parentElement.lastChild.remove();
      var name = "Kopiera länk till raden " + box.labels[0].textContent;
      box.parentElement.append(make("a", {
        className: "copy-link", href: "#" + box.closest("li").id, title: name, ariaLabel: name }));
    });
  }

  // Copy: the rows and the list's version; nothing about the person.
  function text() {
    var lines = [title + ", kryssade rader (listans version " + list.dataset.version + ")"];
    groups.forEach(function (group) {
      var ticked = group.boxes.filter(isTicked);
      if (!ticked.length) return;
      lines.push("", group.heading.textContent.trim());
      ticked.forEach(function (box) { lines.push("[x] " + box.labels[0].textContent); });
    });
    if (lines.length === 1) lines.push("Inga rader är kryssade.");
    return lines.join("\n") + "\n";
  }
  function copy() {
    var value = text();
    var done = function () { say("Texten är kopierad. Klistra in den i ärendet."); };
    if (!navigator.clipboard) return showText(value);
    navigator.clipboard.writeText(value).then(done, function () { showText(value); });
  }
  function showText(value) {
    var area = after.querySelector("textarea") || make("textarea", { readOnly: true, rows: 8 });
    area.setAttribute("aria-label", "Kryssade rader som text");
    area.value = value;
    after.prepend(area);
    area.select();
    say("Webbläsaren tillåter inte kopiering härifrån. Texten är markerad: tryck Ctrl + C.");
  }

  // As the list stands: without ticks it is an empty form.
  function print() {
    var started = false;
    var note = function () { started = true; };
    addEventListener("beforeprint", note, { once: true });
    window.print();
    removeEventListener("beforeprint", note);
    // A sandboxed frame may not open the dialog, and says so to the console only.
    if (!started) say("Sidan får inte öppna utskriften. Välj Skriv ut i webbläsarens meny.");
  }

  function clear() {
    var ticks = boxes.filter(function (box) { return box.checked; });
    var stored = read();
    undo = function () {
      ticks.forEach(function (box) { box.checked = true; });
      remember.checked = Boolean(stored);
      if (stored) write(stored);
    };
    boxes.forEach(function (box) { box.checked = false; unmark(box); });
    remember.checked = false;
    forget();
    undoButton.hidden = false;
    show();
    say("Alla kryss är borta, och inget är sparat.");
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
      var state = JSON.parse(localStorage.getItem(KEY));
      var age = (Date.now() - Date.parse(state.saved)) / 864e5;
      if (age >= 0 && age < DAYS && state.lists) return state;
    } catch (error) { /* nothing there, not ours, or blocked */ }
    forget();
    return null;
  }
  function write(state) {
    try {
      localStorage.setItem(KEY, JSON.stringify(state));
      return true;
    } catch (error) {
      remember.checked = false;
      say("Webbläsaren kan inte spara kryssen. De finns kvar så länge sidan är öppen.");
      return false;
    }
  }
  function save(chosenNow) {
    // Without the key another tab has cleared it, or the days are out: the choice is over.
    var state = read();
    if (!state && !chosenNow) {
      remember.checked = false;
      return false;
    }
    state = state || { saved: new Date().toISOString().slice(0, 10), lists: {} };
    state.lists[name] = {};
    boxes.forEach(function (box) {
      if (box.checked) state.lists[name][box.closest("li").id] = box.dataset.changed;
    });
    return write(state);
  }
  function forget() {
    if (framed) return;
    try { localStorage.removeItem(KEY); } catch (error) { /* blocked: nothing is there */ }
  }
  function load() {
    var state = read();
    if (!state) return;
    remember.checked = true;
    var mine = state.lists[name] || {};
    boxes.forEach(function (box) {
      var id = box.closest("li").id;
      if (!(id in mine)) return;
      if (mine[id] === box.dataset.changed) box.checked = true;
      else box.labels[0].append(make("span", { className: "check-changed", textContent: " (ändrad, kryssa igen)" }));
    });
  }
  function unmark(box) {
    var mark = box.labels[0].querySelector(".check-changed");
    if (mark) mark.remove();
  }
})();
