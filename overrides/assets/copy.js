// Copies addresses: the page's at its foot, a link beside each heading where there is a mouse or a
// keyboard (site.css), and what checklist.js and link-list.js add.
(() => {
  "use strict";
  const place = document.getElementById("innehall");
  if (!place) return;
  const status = dom.make("p", { className: "copied", role: "status" });
  place.after(status);
  const whole = place.querySelector(".copy-page");
  if (whole) whole.hidden = false;
  place.querySelectorAll(":is(h2, h3)[id]:not(summary *)").forEach(heading => {
    const name = "Kopiera länk till " + heading.textContent;
    heading.after(dom.make("a", { className: "copy-link", href: "#" + heading.id, title: name, ariaLabel: name, lang: "sv" }));
  });

  place.addEventListener("click", event => {
    const link = event.target.closest(".copy-link, .copy-button");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    dom.copy(link.value || address(link.href)).then(() => { say("Länken är kopierad."); }, () => {
      if (link.hash) location.hash = link.hash; // now it stands in the browser's address bar
      say("Webbläsaren tillåter inte kopiering.");
    });
  });

  // A button without an address has the page's. What somebody searched for is left out.
  function address(href) {
    const url = new URL(href || location.href);
    url.search = "";
    if (!href) url.hash = "";
    return url.href;
  }
  function say(text) {
    dom.say(status, text, 5000);
  }
})();
