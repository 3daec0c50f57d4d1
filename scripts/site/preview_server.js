// Only in the preview: reloads the page after a new build, and shows the findings of the last one.
(function () {
  "use strict";
  var ownVersion = document.currentScript.getAttribute("data-version");
  var box = document.createElement("pre");
  box.setAttribute("role", "status");
  box.style.cssText =
    "position:fixed;inset:auto 0 0 0;z-index:99;margin:0;max-height:40vh;overflow:auto;" +
    "padding:.75rem 1rem;background:#5b0f0f;color:#fff;font:14px/1.5 monospace;" +
    "white-space:pre-wrap;border-top:3px solid #fff";

  function show(message) {
    if (!message) box.remove();
    else if (box.textContent !== message || !box.isConnected) {
      box.textContent = message;
      document.body.append(box);
    }
  }

  function ask() {
    fetch("/.preview/state")
      .then(function (answer) {
        return answer.json();
      })
      .then(function (state) {
        if (state.version !== ownVersion) location.reload();
        show(state.message);
      })
      .catch(function () {
        show("Förhandsvisningen är avslutad. Starta den igen: python3 scripts/build.py --serve");
      });
  }
  ask();
  setInterval(ask, 1000);
})();
