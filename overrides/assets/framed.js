// A page that another site shows in a frame: without header, menu and foot (framed.css), and with links that
// open a tab of their own. It sends its height to the page around, which may fit the frame to it: nothing is
// listened to, and nothing of the reader is sent. Runs before the first paint, on pages with `embed` in their
// front matter.
(() => {
  "use strict";
  const root = document.documentElement, content = document.getElementById("innehall");
  if (self === top || content.dataset.frame === undefined) return;
  root.classList.add("framed");

  // What stays in the frame: places on this page, and the pages that are framed with it.
  const here = location.href.split("#")[0];
  const inside = content.dataset.frame ? new URL(content.dataset.frame, here).href : here + "#";
  Array.from(content.getElementsByTagName("a")).forEach(link => {
    if (!link.href || link.href.startsWith(inside) || /^(tel|mailto):/.test(link.protocol)) return;
    link.target = "_blank";
    link.rel = "noopener";
    link.removeAttribute("download"); // a sandboxed frame refuses it
    if (link.ariaLabel) link.ariaLabel += " (" + "öppnas i ny flik" + ")"; // it hides what framed.css adds
  });
  const name = document.querySelector(".site-header__text").textContent;
  const whole = dom.make("a", { href: here, target: "_blank", rel: "noopener" }, "Hela sidan på", " " + name);
  document.querySelector(".site-footer p").before(dom.make("p", {}, whole));

  let sent = 0;
  function send() {
    const height = Math.ceil(root.getBoundingClientRect().height);
    if (height === sent) return;
    sent = height;
    parent.postMessage({ type: dom.KEY + ":height", height }, "*");
  }
  new ResizeObserver(send).observe(root);
  // once more, for a page that began to listen late
  addEventListener("load", () => {
    sent = 0;
    send();
  });
  // A browser follows a link to a place on the page within the frame only: of a tall one nothing moves.
  addEventListener("hashchange", () => {
    const target = document.querySelector(":target");
    if (!target) return;
    const show = () => { target.scrollIntoView(); };
    show();
    addEventListener("resize", show, { once: true }); // what it stands in has opened, and the frame grown
    setTimeout(() => { removeEventListener("resize", show); }, 1000);
  });
})();
