// Copies addresses: a link at each heading, one at each row of a checklist when somebody asks, and
// the buttons that link-list.js adds. None in a frame: its address leads nowhere useful.
(function () {
  "use strict";
  var place = document.getElementById("innehall");
  if (!place || document.documentElement.dataset.embed) return;
  var words = place.lang === "en"
    ? ["Copy link to ", "The link is copied.", "Copy the address in the address bar."]
    : ["Kopiera länk till ", "Länken är kopierad.", "Kopiera adressen i adressfältet."];
  var status = make("p", { className: "copied", role: "status" });
  place.after(status);

  place.querySelectorAll("h1[id], h2[id], h3[id]").forEach(function (heading) {
    heading.after(control(heading.id, heading.textContent));
  });
  var list = place.querySelector(".checklist");
  if (list) {
    var button = make("button", { type: "button", textContent: "Länka till en rad", ariaPressed: "false" });
    button.addEventListener("click", function () {
      var on = button.ariaPressed === "false";
      button.ariaPressed = String(on);
      list.querySelectorAll(".check-rows > li").forEach(function (row) {
        var tick = row.querySelector(".tick");
        if (on) tick.append(control(row.id, tick.textContent));
        else tick.lastChild.remove();
      });
    });
    place.querySelectorAll(".check-tools")[1].append(button);
  }

  place.addEventListener("click", function (event) {
    var link = event.target.closest(".copy-link, .copy-button");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    copy(link.value || address(link)).then(function () { say(words[1]); }, function () {
      if (link.hash) location.hash = link.hash;
      say(link.hash ? words[2] : "Webbläsaren tillåter inte kopiering. Markera texten och tryck Ctrl + C.");
    });
  });

  function make(tag, properties) {
    return Object.assign(document.createElement(tag), properties);
  }
  function control(id, name) {
    name = words[0] + name.trim();
    var link = make("a", { className: "copy-link", href: "#" + id, title: name, ariaLabel: name });
    link.innerHTML = '<svg viewBox="0 0 24 24"><path d="M8 12h8M10 7H7a5 5 0 0 0 0 10h3m4-10h3a5 5 0 0 1 0 10h-3"/></svg>';
    return link;
  }
  // The page's own title stands for the page. What somebody searched for is left out.
  function address(link) {
    var url = new URL(link.href);
    url.search = "";
    if (link.previousElementSibling.matches("h1")) url.hash = "";
    return url.href;
  }
  function copy(text) {
    if (!navigator.clipboard) return old(text);
    return navigator.clipboard.writeText(text).catch(function () { return old(text); });
  }
  // An intranet over plain http, or a frame, has no clipboard but this.
  function old(text) {
    return new Promise(function (done, fail) {
      var put = function (event) {
        event.clipboardData.setData("text/plain", text);
        event.preventDefault();
        done();
      };
      document.addEventListener("copy", put);
      document.execCommand("copy");
      document.removeEventListener("copy", put);
      fail(); // nothing, if it is done
    });
  }
  function say(text) {
    status.textContent = text;
    setTimeout(function () { if (status.textContent === text) status.textContent = ""; }, 5000);
  }
})();
