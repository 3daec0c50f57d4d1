// Says so where the day to read again has passed: under the title of a page, first in a box of a
// municipality's own. Without JavaScript the dates stand at the foot of each, to judge by.
(() => {
  "use strict";
  const now = new Date(); // by hand: loading a locale costs a slow phone a tenth of a second
  const today = new Date(now.getTime() - now.getTimezoneOffset() * 6e4).toISOString().slice(0, 10);
  for (const line of document.querySelectorAll("[data-review-by]")) {
    if (line.dataset.reviewBy >= today) continue;
    const box = line.closest(".local");
    const title = box ? box.firstElementChild : document.querySelector("h1");
    title.after(dom.make("p", { className: "overdue" }, line.dataset.overdue));
  }
})();
