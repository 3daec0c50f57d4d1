// Says so when a review date has passed. Without JavaScript the dates stand there to judge by.
(function () {
  "use strict";
  var now = new Date();
  var today = [now.getFullYear(), now.getMonth() + 1, now.getDate()]
    .map(function (n) { return String(n).padStart(2, "0"); }).join("-");
  document.querySelectorAll("[data-review-by]").forEach(function (line) {
    if (line.dataset.reviewBy >= today) return;
    var word = document.createElement("strong");
    word.className = "overdue";
    word.textContent = line.dataset.overdue;
    line.prepend(word, " ");
  });
})();
