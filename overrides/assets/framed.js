// A page that another site shows in an iframe: without header, menu and foot (framed.css), and with links that
// open a new tab. It sends its height to the page around, which may fit the iframe to it. It listens to no
// messages, and sends nothing about the reader. Runs before the first paint, on pages with `embed` in their
// front matter.
(() => {
  "use strict";
  const root = document.documentElement, content = document.getElementById("innehall");
  if (self === top || content.dataset.frame === undefined) return;
  root.classList.add("framed");

  // Links within the iframe: to anchors on this page, and to the pages in data-frame, a folder relative to it.
  const address = location.href.split("#")[0];
  const inside = content.dataset.frame ? new URL(content.dataset.frame, address).href : address + "#";
  Array.from(content.getElementsByTagName("a")).forEach(link => {
    if (!link.href || link.href.startsWith(inside) || /^(tel|mailto):/.test(link.protocol)) return;
    link.target = "_blank";
    link.rel = "noopener";
    link.removeAttribute("download"); // a sandboxed frame refuses it
    // a label hides the text that framed.css adds to the link
    if (link.ariaLabel) link.ariaLabel += " (" + "öppnas i ny flik" + ")";
  });
  const siteName = document.querySelector(".site-header__text").textContent;
  const fullPage = dom.make("a", { href: address, target: "_blank", rel: "noopener" }, "Hela sidan på", " " + siteName);
  document.querySelector(".site-footer p").before(dom.make("p", {}, fullPage));

  // Sends the page's height in pixels to the page around, if it has changed.
  let sentHeight = 0;
  function sendHeight() {
    const height = Math.ceil(root.getBoundingClientRect().height);
    if (height === sentHeight) return;
    sentHeight = height;
    parent.postMessage({ type: dom.KEY + ":height", height }, "*");
  }
  new ResizeObserver(sendHeight).observe(root);
  // again after load, changed or not: the page around may have begun to listen late
  addEventListener("load", () => {
    sentHeight = 0;
    sendHeight();
  });

  // Scrolls the page around to the anchor of a link: by itself a browser scrolls only the iframe, and one as
  // tall as its page has nothing to scroll.
  addEventListener("hashchange", () => {
    const target = document.querySelector(":target");
    if (!target) return;
    const scrollToTarget = () => { target.scrollIntoView(); };
    scrollToTarget();
    // again if the folded box around the target has opened, and the iframe has grown
    addEventListener("resize", scrollToTarget, { once: true });
    setTimeout(() => { removeEventListener("resize", scrollToTarget); }, 1000);
  });
})();
