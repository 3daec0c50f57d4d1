// Leaves the site at once: blanks the page, forgets remembered ticks, and takes the page's place in
// the history of this tab. It can't clear the browser's history, and /om/integritet/ says so.
(function () {
  "use strict";
  var KEY = document.querySelector("meta[name=site-key]").content + "-kryss"; // as in checklist.js
  var TIMES = 3, WITHIN = 5000; // Shift, milliseconds
  var link = document.querySelector(".exit");
  var status = document.querySelector(".exit-status");
  if (!link) return;
  var presses = [];

  link.addEventListener("click", function (event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return; // a new tab, as asked
    event.preventDefault();
    leave();
  });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Shift") {
      presses = []; // a capital letter
      return;
    }
    if (event.repeat) return;
    var now = performance.now();
    presses = presses.filter(function (time) { return now - time < WITHIN; });
    presses.push(now);
    var left = TIMES - presses.length;
    if (left === 0) leave();
    else if (left === 1) announce("Tryck Skift en gång till för att lämna sidan.");
  });

  function announce(text) {
    status.textContent = text;
    setTimeout(function () { if (status.textContent === text) status.textContent = ""; }, WITHIN);
  }
  function leave() {
    var address = link.href;
    document.title = "";
    document.body.replaceChildren();
    try { localStorage.removeItem(KEY); } catch (error) { /* blocked: nothing is there */ }
    // In a frame the page around it gives the site away. A sandbox may forbid leaving with it.
    try { window.top.location.replace(address); } catch (error) { location.replace(address); }
  }
})();
