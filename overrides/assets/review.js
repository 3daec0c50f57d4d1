// Says so under the title when the review date has passed. Without JavaScript the dates stand at the
// page's foot, to judge by.
(() => {
  "use strict";
  const today = new Date().toLocaleDateString("sv"); // as ISO 8601, where the reader is
  const line = document.querySelector("[data-review-by]");
  if (!line || line.dataset.reviewBy >= today) return;
  const words = document.createElement("p");
  words.className = "overdue";
  words.textContent = line.dataset.overdue;
  document.querySelector("h1").after(words);
})();
