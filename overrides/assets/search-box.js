// Shows the search box, and loads the search engine when the field gets the focus, not before.
(function () {
  "use strict";
  const form = document.querySelector(".search");
  if (!form || !document.currentScript) return;
  const link = document.querySelector(".search-link"); // opens the box on a narrow screen
  const field = form.querySelector(".search__field");
  const resultsPage = document.querySelector(".results"); // on the page of results only
  const base = new URL("../", document.currentScript.src).href; // the site: this file is in assets/
  let started = false;

  // Shows a message where the hits will come, above links that lead on without a search.
  function announce(text) {
    if (resultsPage) {
      resultsPage.querySelector(".results__count").textContent = text;
      return;
    }
    form.querySelector(".search__panel").hidden = false;
    form.querySelector(".search__count").textContent = form.querySelector(".search__status").textContent = text;
  }
  // Loads scripts, all at once but run in order, then starts the search; announces it if that is slow or fails.
  // With script elements: a page opened from file:// may not fetch data.
  function load(paths) {
    const slow = setTimeout(announce, 400, "Hämtar sökningen …");
    let left = paths.length;
    const scripts = paths.map((path) => {
      const script = dom.make("script", { src: base + path, async: false });
      script.onload = () => {
        left--;
        if (left) return;
        clearTimeout(slow);
        const hits = self.searchHits(base);
        self.searchBox(form, link, hits);
        if (resultsPage) self.searchPage(resultsPage, hits);
      };
      script.onerror = () => {
        clearTimeout(slow);
        scripts.forEach((element) => element.remove());
        started = false; // tries again when the field gets the focus, or is written in
        announce("Sökningen gick inte att hämta. Här nedanför finns andra vägar.");
      };
      return script;
    });
    document.head.append(...scripts);
  }
  function start() {
    if (started) return;
    started = true;
    load(["assets/search-index.js", "assets/search-engine.js", "assets/search-results.js"]);
  }
  function open() {
    form.classList.add("search--open");
    link.setAttribute("aria-expanded", "true");
    field.focus();
    start(); // an iframe that isn't active gets no focus event
  }
  function toggle(event) {
    event.preventDefault();
    if (!form.classList.contains("search--open")) return open();
    form.classList.remove("search--open");
    link.setAttribute("aria-expanded", "false");
  }

  form.hidden = false;
  link.classList.add("search-link--closed");
  link.setAttribute("role", "button");
  link.setAttribute("aria-expanded", "false");
  field.addEventListener("focus", start);
  field.addEventListener("input", start);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    open(); // the hits come with the focus
  });
  link.addEventListener("click", toggle);
  link.addEventListener("keydown", (event) => {
    if (event.key === " ") toggle(event); // as a button does, unlike a link
  });
  // No shortcut of a single letter: those get in the way of speech input (WCAG 2.1.4).
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k") {
      event.preventDefault();
      open();
      field.select();
    }
  });
  if (resultsPage) start(); // the page of results needs it at once
})();
