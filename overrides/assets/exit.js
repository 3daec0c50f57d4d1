// Leaves the site at once: blanks the page, forgets remembered ticks, and replaces the page in this tab's
// history. It can't clear the browser's history, and /om/integritet/ says so.
(() => {
  "use strict";
  const PRESSES = 3, WITHIN = 5000; // presses of Shift that leave the site; milliseconds
  const link = document.querySelector(".exit");
  const status = document.querySelector(".exit-status");
  if (!link) return;
  let pressTimes = [];

  link.addEventListener("click", event => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return; // a new tab, as asked
    event.preventDefault();
    leave();
  });
  document.addEventListener("keydown", event => {
    if (document.documentElement.classList.contains("framed")) return; // the page around it would stay
    if (event.key !== "Shift") {
      pressTimes = []; // that Shift was for a capital letter
      return;
    }
    if (event.repeat) return; // held down
    const now = performance.now();
    pressTimes = pressTimes.filter(time => now - time < WITHIN);
    pressTimes.push(now);
    const left = PRESSES - pressTimes.length;
    if (left === 0) leave();
    else if (left === 1) dom.announce(status, "Tryck Skift en gång till för att lämna sidan.", WITHIN);
  });

  // Blanks the page at once, then loads the other site.
  function leave() {
    const address = link.href;
    document.title = "";
    document.body.replaceChildren();
    dom.forgetTicks();
    // In a frame the page around it would still show where the reader was. A sandbox may forbid replacing it.
    try { window.top.location.replace(address); } catch (error) { location.replace(address); }
  }
})();
