// Tells the page around how tall this one is, so that its frame fits: a number and the frame's key,
// to whoever shows it. Nothing is listened to, and nothing of the reader is told.
(function () {
  "use strict";
  var root = document.documentElement;
  var told = 0;
  if (parent === self) return;
  function tell() {
    var height = Math.ceil(root.getBoundingClientRect().height);
    if (height === told) return;
    told = height;
    parent.postMessage({ type: "betanketid:height", key: root.dataset.embed, height: height }, "*");
  }
  new ResizeObserver(tell).observe(root);
  // A browser follows a link to a place on the page within the frame only: of a tall one nothing moves.
  addEventListener("hashchange", function () {
    var target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target) target.scrollIntoView();
  });
  // once more, for a page that began to listen late
  addEventListener("load", function () {
    told = 0;
    tell();
  });
})();
