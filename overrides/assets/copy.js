// Copies addresses: the page's at its foot, a link beside each heading for those with a mouse or a keyboard
// (site.css), and the links and buttons that checklist.js and link-list.js add.
(() => {
  "use strict";
  const content = document.getElementById("innehall");
  if (!content) return;
  const status = dom.make("p", { className: "copied", role: "status" });
  content.after(status);
  const pageButton = content.querySelector(".copy-page");
  if (pageButton) pageButton.hidden = false;
  content.querySelectorAll(":is(h2, h3)[id]:not(summary *)").forEach(heading => {
    const name = "Kopiera länk till " + heading.textContent;
    heading.after(dom.make("a", { className: "copy-link", href: "#" + heading.id, title: name, ariaLabel: name, lang: "sv" }));
  });

  content.addEventListener("click", event => {
    const control = event.target.closest(".copy-link, .copy-button");
    if (!control || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    dom.copy(control.value || addressOf(control.href)).then(() => { announce("Länken är kopierad."); }, () => {
      if (control.hash) location.hash = control.hash; // for the reader to copy from the address bar
      announce("Webbläsaren tillåter inte kopiering.");
    });
  });

  // The address to copy for a link, or for the page's button, which has no href. Without the query, which
  // would reveal a search.
  function addressOf(href) {
    const url = new URL(href || location.href);
    url.search = "";
    if (!href) url.hash = "";
    return url.href;
  }
  function announce(text) {
    dom.announce(status, text, 5000);
  }
})();
