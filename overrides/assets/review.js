// Says so under the title when the review date has passed. Without JavaScript the dates stand at the
// page's foot, to judge by.
(function () {
  "use strict";
  var now = new Date();
  var today = [now.getFullYear(), now.getMonth() + 1, now.getDate()]
    .map(function (n) { return String(n).padStart(2, "0"); }).join("-");
  var line = document.querySelector("[data-review-by]");
  if (!line || line.dataset.reviewBy >= today) return;
  var words = document.createElement("p");
  words.className = "overdue";
  words.textContent = line.dataset.overdue;
  document.querySelector("h1").after(words);
})();
