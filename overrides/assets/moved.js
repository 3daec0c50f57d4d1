// Redirects from a page or a section that has moved. Without JavaScript the page's meta refresh and the
// notes' links do, but a meta refresh doesn't know the anchor in the URL.
(() => {
  "use strict";
  // Goes to the new address of the section that the URL's anchor names, or else of the page. A section that
  // was removed has a note without such a link: the reader stays, and reads it.
  function redirect() {
    const note = document.getElementById(location.hash.slice(1));
    const link = note && note.matches(".moved")
      ? note.querySelector(".moved-to")
      : document.querySelector(".moved-page .moved-on");
    if (!link) return;
    const url = new URL(link.href);
    // without a server, a folder's URL shows its files instead of its page
    if (url.protocol === "file:") url.pathname = url.pathname.replace(/\/$/, "/index.html");
    location.replace(url.href);
  }
  addEventListener("hashchange", redirect);
  redirect();
})();
