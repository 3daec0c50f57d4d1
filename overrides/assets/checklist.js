// Counts ticked rows, clears and prints. Ticks live in this page's memory and nowhere else.
(function () {
  "use strict";
  document.querySelectorAll(".checklist").forEach(function (list) {
    var boxes = Array.from(list.querySelectorAll('input[type="checkbox"]'));
    var tools = document.createElement("div");
    tools.className = "check-tools";
    var count = document.createElement("p");
    count.setAttribute("role", "status");
    tools.append(count, button("Rensa", clear), button("Skriv ut", function () { window.print(); }));
    list.append(tools);
    list.addEventListener("change", show);
    show();

    function button(text, action) {
      var element = document.createElement("button");
      element.type = "button";
      element.textContent = text;
      element.addEventListener("click", action);
      return element;
    }
    function show() {
      var ticked = boxes.filter(function (box) { return box.checked; }).length;
      count.textContent = ticked + " av " + boxes.length + " kryssade";
    }
    function clear() {
      boxes.forEach(function (box) { box.checked = false; });
      show();
      boxes[0].focus();
    }
  });
})();
