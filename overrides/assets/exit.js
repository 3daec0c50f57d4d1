// Leaves the site at once: blanks the page, forgets remembered ticks, and takes the page's place in
// the history of this tab. It can't clear the browser's history, and /om/integritet/ says so.
(() => {
  "use strict";
  const TIMES = 3, WITHIN = 5000; // Shift, milliseconds
  const link = document.querySelector(".exit");
  const status = document.querySelector(".exit-status");
  if (!link) return;
  let presses = [];

  link.addEventListener("click", event => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return; // a new tab, as asked
    event.preventDefault();
    leave();
  });
  document.addEventListener("keydown", event => {
    if (document.documentElement.classList.contains("framed")) return; // the page around it would stay
    if (event.key !== "Shift") {
      presses = []; // a capital letter
      return;
    }
    if (event.repeat) return;
    const now = performance.now();
    presses = presses.filter(time => now - time < WITHIN);
    presses.push(now);
    const left = TIMES - presses.length;
    if (left === 0) leave();
    else if (left === 1) dom.say(status, "Tryck Skift en gång till för att lämna sidan.", WITHIN);
  });

  function leave() {
    const address = link.href;
    document.title = "";
    document.body.replaceChildren();
    dom.forget();
    // In a frame the page around it gives the site away. A sandbox may forbid leaving with it.
    try { window.top.location.replace(address); } catch (error) { location.replace(address); }
  }
})();
