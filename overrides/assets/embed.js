// Tells the page around how tall this one is, so that its frame fits: a number and the frame's key,
// to whoever shows it. Nothing is listened to, and nothing of the reader is told.
(function () {
  "use strict";
  var root = document.documentElement;
  var KEY = document.querySelector("meta[name=site-key]").content;
  var told = 0;
  if (parent === self) return;
  function tell() {
    var height = Math.ceil(root.getBoundingClientRect().height);
    if (height === told) return;
    told = height;
    parent.postMessage({ type: KEY + ":height", key: root.dataset.embed, height: height }, "*");
  }
  new ResizeObserver(tell).observe(root);
  // A browser follows a link to a place on the page within the frame only: of a tall one nothing moves.
  addEventListener("hashchange", function () {
    var target = document.querySelector(":target");
    if (!target) return;
    var show = function () { target.scrollIntoView(); };
    show();
    addEventListener("resize", show, { once: true }); // what it stands in has opened, and the frame grown
    setTimeout(function () { removeEventListener("resize", show); }, 1000);
  });
  // A sandbox without allow-modals refuses the dialog, and says so to the console only.
  var print = document.querySelector(".paper-print");
  var opened = false;
  addEventListener("beforeprint", function () { opened = true; });
  if (print) print.addEventListener("click", function () { // print.js has asked by now
    if (opened) return;
    var said = document.createElement("span");
    said.className = "paper-pdf";
    said.setAttribute("role", "alert");
    said.textContent = "Välj Skriv ut i webbläsarens meny.";
    print.replaceWith(said);
  });
  // once more, for a page that began to listen late
  addEventListener("load", function () {
    told = 0;
    tell();
  });
})();
