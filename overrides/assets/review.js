// Warns if the date of the next review has passed: under a page's title, and first in a municipality's
// supplement. Without JavaScript the reader has the dates at the foot of each.
(() => {
  "use strict";
  const now = new Date();
  // the local date, "2026-05-01": by hand, because loading a locale costs a slow phone a tenth of a second
  const today = new Date(now.getTime() - now.getTimezoneOffset() * 6e4).toISOString().slice(0, 10);
  for (const line of document.querySelectorAll("[data-review-by]")) {
    if (line.dataset.reviewBy >= today) continue;
    const supplement = line.closest(".local");
    const title = supplement ? supplement.firstElementChild : document.querySelector("h1");
    title.after(dom.make("p", { className: "overdue" }, line.dataset.overdue));
  }
})();
