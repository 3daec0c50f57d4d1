// Addresses to copy: a button at each, and a choice of format. On a server the addresses are those of the
// site as it is read: a copy behind a firewall links to itself. copy.js does the copying.
(() => {
  "use strict";
  const codes = document.querySelectorAll("code.copy");
  if (!codes.length || !document.currentScript) return;
  const base = new URL("../", document.currentScript.src); // the site: this file is in assets/
  const site = document.querySelector("[data-site]").dataset.site;
  const { make } = dom;
  const rows = [];
  codes.forEach(code => {
    if (base.protocol !== "file:") code.textContent = code.textContent.split(site).join(base.href);
    const link = code.closest("li") && code.parentElement.querySelector("a");
    const button = make("button", { type: "button", className: "copy-button", textContent: "Kopiera", value: code.textContent });
    button.ariaLabel = "Kopiera " + (link ? "länken " + link.textContent : code.dataset.name);
    button.addEventListener("click", () => { getSelection().selectAllChildren(code); }); // for Ctrl + C, if refused
    (code.closest("pre") || code).after(" ", button);
    if (link) rows.push({ code, button, url: code.textContent, text: link.textContent });
  });

  const choice = make("fieldset", { className: "copy-form" }, make("legend", {}, "Kopiera länkarna som"));
  const forms = {
    "adress": row => row.url,
    HTML: row => '<a href="' + escape(row.url) + '">' + escape(row.text) + "</a>",
    Markdown: row => "[" + row.text.replace(/[[\]\\]/g, "\\$&") + "](" + row.url + ")",
  };
  Object.keys(forms).forEach(name => {
    const radio = make("input", { type: "radio", name: "form", id: "form-" + name, checked: name === "adress", autocomplete: "off" });
    radio.addEventListener("change", () => {
      rows.forEach(row => { row.button.value = row.code.textContent = forms[name](row); });
    });
    choice.append(make("span", {}, radio, make("label", { htmlFor: radio.id }, name)));
  });
  document.querySelector(".link-list").before(choice);

  function escape(text) {
    return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/"/g, "&quot;");
  }
})();
