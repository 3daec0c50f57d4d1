// Real controls around Material's search: its own are labels that no keyboard reaches.
(function () {
  "use strict";
  var toggle = document.getElementById("__search");
  var dialog = document.querySelector(".md-search");
  var button = document.querySelector("[data-open-search]");
  if (!toggle || !dialog || !button) return;
  dialog.setAttribute("aria-label", "Sök");
  function set(open) {
    if (toggle.checked !== open) toggle.click();
  }
  button.setAttribute("aria-expanded", "false");
  button.addEventListener("click", function () {
    set(true);
    dialog.querySelector("input").focus();
  });
  toggle.addEventListener("change", function () {
    button.setAttribute("aria-expanded", String(toggle.checked));
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && toggle.checked) {
      set(false);
      if (button.offsetParent) button.focus();
    }
  });
})();
