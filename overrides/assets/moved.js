// Sends the reader on from an address that has moved, with what stands after # and ? in it. Without
// JavaScript the page's meta refresh and the links do, but they can't know what stands there.
(() => {
  "use strict";
  function follow() {
    let id = location.hash.slice(1);
    try { id = decodeURIComponent(id); } catch (error) { /* a lone "%": taken as it stands */ }
    const note = id && document.getElementById(id);
    if (note && note.matches(".moved")) {
      // What is gone has a note to read, and none to follow.
      const there = note.querySelector(".moved-to");
      if (there) go(new URL(there.href));
      return;
    }
    const page = document.querySelector(".moved-page .moved-on");
    if (!page) return;
    const url = new URL(page.href);
    if (location.search) url.search = location.search;
    if (location.hash) url.hash = location.hash;
    go(url);
  }
  function go(url) {
    // From a folder of files there is no server that knows what a folder's page is called.
    if (url.protocol === "file:") url.pathname = url.pathname.replace(/\/$/, "/index.html");
    location.replace(url.href);
  }
  addEventListener("hashchange", follow);
  follow();
})();
