// Addresses to copy: a button at each, and a choice of form for links. They are rewritten to where
// the site is read, if that is a server: a copy behind a firewall links to itself. copy.js copies.
(function () {
  "use strict";
  var codes = document.querySelectorAll("code.copy");
  if (!codes.length || !document.currentScript) return;
  var base = new URL("../", document.currentScript.src); // the site: this file is in assets/
  var site = document.querySelector("[data-site]").dataset.site;
  var rows = [];
  codes.forEach(function (code) {
    if (base.protocol !== "file:") code.textContent = code.textContent.split(site).join(base.href);
    var link = code.closest("li") && code.parentElement.querySelector("a");
    var button = make("button", { type: "button", className: "copy-button", textContent: "Kopiera", value: code.textContent });
    button.ariaLabel = "Kopiera " + (link ? "länken " + link.textContent : code.dataset.name);
    button.addEventListener("click", function () { getSelection().selectAllChildren(code); }); // for Ctrl + C, if refused
    (code.closest("pre") || code).after(" ", button);
    if (link) rows.push({ code: code, button: button, url: code.textContent, text: link.textContent });
  });

  var choice = make("fieldset", { className: "copy-form" });
  choice.append(make("legend", { textContent: "Kopiera länkarna som" }));
  var forms = {
    adress: function (row) { return row.url; },
    HTML: function (row) { return '<a href="' + escape(row.url) + '">' + escape(row.text) + "</a>"; },
    Markdown: function (row) { return "[" + row.text.replace(/[[\]\\]/g, "\\$&") + "](" + row.url + ")"; },
  };
  Object.keys(forms).forEach(function (name) {
    var radio = make("input", { type: "radio", name: "form", id: "form-" + name, checked: name === "adress", autocomplete: "off" });
    radio.addEventListener("change", function () {
      rows.forEach(function (row) { row.button.value = row.code.textContent = forms[name](row); });
    });
    var pair = make("span", {});
    pair.append(radio, make("label", { htmlFor: radio.id, textContent: name }));
    choice.append(pair);
  });
  document.querySelector(".link-list").before(choice);

  function make(tag, properties) {
    return Object.assign(document.createElement(tag), properties);
  }
  function escape(text) {
    return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/"/g, "&quot;");
  }
})();
