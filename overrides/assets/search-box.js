// Shows the search box, and loads the search engine when the field gets the focus, not before.
(function () {
  "use strict";
  const form = document.querySelector(".search");
  if (!form || !document.currentScript) return;
  const link = document.querySelector(".search-link");
  const field = form.querySelector(".search__field");
  const results = document.querySelector(".results"); // on the page of results only
  const base = new URL("../", document.currentScript.src).href; // the site: this file is in assets/
  let started = false;

  // Where hits come: with links below that lead on without a search.
  function say(text) {
    if (results) {
      results.querySelector(".results__count").textContent = text;
      return;
    }
    form.querySelector(".search__panel").hidden = false;
    form.querySelector(".search__count").textContent = form.querySelector(".search__status").textContent = text;
  }
  // By script elements, all at once but run in order: a page opened from a disk may not fetch data.
  function load(files) {
    const slow = setTimeout(say, 400, "Hämtar sökningen …");
    let left = files.length;
    const scripts = files.map((file) => {
      const script = dom.make("script", { src: base + file, async: false });
      script.onload = () => {
        if (--left) return;
        clearTimeout(slow);
        const hits = self.searchHits(base);
        self.searchBox(form, link, hits);
        if (results) self.searchPage(results, hits);
      };
      script.onerror = () => {
        clearTimeout(slow);
        scripts.forEach((one) => one.remove());
        started = false; // the next time somebody comes to the field, or writes in it
        say("Sökningen gick inte att hämta. Här nedanför finns andra vägar.");
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
    start(); // in an iframe without the focus there is no focus event for the field
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
  function toggle(event) {
    event.preventDefault();
    if (!form.classList.contains("search--open")) return open();
    form.classList.remove("search--open");
    link.setAttribute("aria-expanded", "false");
  }
  link.addEventListener("click", toggle);
  link.addEventListener("keydown", (event) => {
    if (event.key === " ") toggle(event); // a button answers to the space bar, too
  });
  // No shortcut of a single letter: those get in the way of speech input (WCAG 2.1.4).
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k") {
      event.preventDefault();
      open();
      field.select();
    }
  });
  if (results) start(); // the page of results needs it at once
})();
