// Only in the preview: shows the page again when it is built anew, and what would stop a build.
(function () {
  "use strict";
  var seen = document.currentScript.getAttribute("data-version");
  var box = null;

  function show(text) {
    if (!text) {
      if (box) box.remove();
      box = null;
      return;
    }
    if (!box) {
      box = document.createElement("pre");
      box.setAttribute("role", "status");
      box.style.cssText =
        "position:fixed;inset:auto 0 0 0;z-index:99;margin:0;max-height:40vh;overflow:auto;" +
        "padding:.75rem 1rem;background:#5b0f0f;color:#fff;font:14px/1.5 monospace;" +
        "white-space:pre-wrap;border-top:3px solid #fff";
      document.body.append(box);
    }
    box.textContent = text;
  }

  // Each question is answered when there is something new, or after a while.
  function ask(told) {
    fetch("/.preview/state?version=" + seen + "&told=" + told)
      .then(function (answer) {
        return answer.json();
      })
      .then(function (now) {
        if (now.version !== seen) {
          location.reload();
          return;
        }
        show(now.text);
        ask(now.told);
      })
      .catch(function () {
        show("Förhandsvisningen är avslutad. Starta den igen: python3 scripts/build.py --serve");
        setTimeout(ask, 1000, told);
      });
  }
  ask("");
})();
