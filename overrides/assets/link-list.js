// Addresses to copy: a button at each, and a choice of format. On a server the addresses are changed to those
// of the site as it is read: a copy behind a firewall links to itself. copy.js does the copying.
(() => {
  "use strict";
  const codes = document.querySelectorAll("code.copy");
  if (!codes.length || !document.currentScript) return;
  const base = new URL("../", document.currentScript.src); // the site: this file is in assets/
  const publishedBase = document.querySelector("[data-site]").dataset.site;
  const { make } = dom;
  const entries = []; // the addresses that can be copied in several formats
  codes.forEach(code => {
    if (base.protocol !== "file:") code.textContent = code.textContent.split(publishedBase).join(base.href);
    const link = code.closest("li") && code.parentElement.querySelector("a");
    const button = make("button", { type: "button", className: "copy-button", textContent: "Kopiera", value: code.textContent });
    button.ariaLabel = "Kopiera " + (link ? "länken " + link.textContent : code.dataset.name);
    button.addEventListener("click", () => { getSelection().selectAllChildren(code); }); // for Ctrl + C, if refused
    (code.closest("pre") || code).after(" ", button);
    if (link) entries.push({ code, button, url: code.textContent, text: link.textContent });
  });

  const choice = make("fieldset", { className: "copy-form" }, make("legend", {}, "Kopiera länkarna som"));
  // The format's name → a function that returns an entry as text.
  const formats = {
    "adress": entry => entry.url,
    HTML: entry => '<a href="' + escapeHtml(entry.url) + '">' + escapeHtml(entry.text) + "</a>",
    Markdown: entry => "[" + entry.text.replace(/[[\]\\]/g, "\\$&") + "](" + entry.url + ")",
  };
  Object.keys(formats).forEach(name => {
    const radio = make("input", { type: "radio", name: "form", id: "form-" + name, checked: name === "adress", autocomplete: "off" });
    radio.addEventListener("change", () => {
      entries.forEach(entry => { entry.button.value = entry.code.textContent = formats[name](entry); });
    });
    choice.append(make("span", {}, radio, make("label", { htmlFor: radio.id }, name)));
  });
  document.querySelector(".link-list").before(choice);

  function escapeHtml(text) {
    return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/"/g, "&quot;");
  }
})();
