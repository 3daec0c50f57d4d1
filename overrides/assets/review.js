// Says so under the title when the review date has passed. Without JavaScript the dates stand at the
// page's foot, to judge by.
(() => {
  "use strict";
  const now = new Date(); // by hand: loading a locale costs a slow phone a tenth of a second
  const today = new Date(now.getTime() - now.getTimezoneOffset() * 6e4).toISOString().slice(0, 10);
  const line = document.querySelector("[data-review-by]");
  if (!line || line.dataset.reviewBy >= today) return;
  document.querySelector("h1").after(dom.make("p", { className: "overdue" }, line.dataset.overdue));
})();
