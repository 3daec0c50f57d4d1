// Only in the preview: reloads the page after a new build, and shows the findings of the last one.
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

  // Long poll: the server answers when its state differs, or after a while.
  function poll(findingsHash) {
    fetch("/.preview/state?version=" + seen + "&findings_hash=" + findingsHash)
      .then(function (answer) {
        return answer.json();
      })
      .then(function (now) {
        if (now.version !== seen) {
          location.reload();
          return;
        }
        show(now.text);
        poll(now.findings_hash);
      })
      .catch(function () {
        show("Förhandsvisningen är avslutad. Starta den igen: python3 scripts/build.py --serve");
        setTimeout(poll, 1000, findingsHash);
      });
  }
  poll("");
})();
