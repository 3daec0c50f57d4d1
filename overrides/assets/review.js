// Says so under the title when the review date has passed. Without JavaScript the dates stand at the
// page's foot, to judge by.
(function () {
  "use strict";
  var today = new Date().toLocaleDateString("sv"); // as ISO 8601, where the reader is
  var line = document.querySelector("[data-review-by]");
  if (!line || line.dataset.reviewBy >= today) return;
  var words = document.createElement("p");
  words.className = "overdue";
  words.textContent = line.dataset.overdue;
  document.querySelector("h1").after(words);
})();
