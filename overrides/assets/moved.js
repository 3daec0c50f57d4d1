// Sends the reader on from a page or a place that has moved. Without JavaScript the page's meta
// refresh and the notes' links do, but they can't know which place was asked for.
(() => {
  "use strict";
  function follow() {
    const note = document.getElementById(location.hash.slice(1));
    // What is gone has a note to read, and none to follow.
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
