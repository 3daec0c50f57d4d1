// Redirects from a page or a section that has moved. Without JavaScript the page's meta refresh and the
// notes' links do, but a meta refresh doesn't know the anchor in the URL.
(() => {
  "use strict";
  function follow() {
    const note = document.getElementById(location.hash.slice(1));
    // A removed section has a note to read, without a link to follow.
    const link = note && note.matches(".moved")
      ? note.querySelector(".moved-to")
      : document.querySelector(".moved-page .moved-on");
    if (!link) return;
    const url = new URL(link.href);
    // From a folder of files there is no server that knows what a folder's page is called.
    if (url.protocol === "file:") url.pathname = url.pathname.replace(/\/$/, "/index.html");
    location.replace(url.href);
  }
  addEventListener("hashchange", follow);
  follow();
})();
