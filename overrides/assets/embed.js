// Tells the page around how tall this one is, so that its frame fits: a number and the frame's key,
// to whoever shows it. Nothing is listened to, and nothing of the reader is told.
(() => {
  "use strict";
  const root = document.documentElement;
  let told = 0;
  if (parent === self) return;
  function tell() {
    const height = Math.ceil(root.getBoundingClientRect().height);
    if (height === told) return;
    told = height;
    parent.postMessage({ type: dom.KEY + ":height", key: root.dataset.embed, height }, "*");
  }
  new ResizeObserver(tell).observe(root);
  // A browser follows a link to a place on the page within the frame only: of a tall one nothing moves.
  addEventListener("hashchange", () => {
    const target = document.querySelector(":target");
    if (!target) return;
    const show = () => { target.scrollIntoView(); };
    show();
    addEventListener("resize", show, { once: true }); // what it stands in has opened, and the frame grown
    setTimeout(() => { removeEventListener("resize", show); }, 1000);
  });
  // once more, for a page that began to listen late
  addEventListener("load", () => {
    told = 0;
    tell();
  });
})();
