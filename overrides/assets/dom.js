// Functions that the other scripts share. A classic script, not a module: a page opened from file:// can't
// load modules.
const dom = (() => {
  "use strict";
  const meta = document.querySelector("meta[name=site-key]");
  const KEY = meta.content; // prefix of the names in storage
  // name in localStorage of the remembered ticks, the only thing that the site keeps in a browser
  const TICKS = KEY + (meta.dataset.apart || "") + "-kryss";

  /**
   * A new element.
   * @template {keyof HTMLElementTagNameMap} Tag
   * @param {Tag} tag
   * @param {object} [properties] of the element in the DOM, "ariaLabel" and "role" too
   * @param {(Node | string)[]} children
   */
  function make(tag, properties, ...children) {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  }
  // A new button that calls a function when it is pressed.
  function button(text, onClick) {
    const element = make("button", { type: "button", textContent: text });
    element.addEventListener("click", onClick);
    return element;
  }
  // Shows a message in a role=status: for a number of milliseconds, or else until the next message.
  function announce(status, text, milliseconds) {
    status.textContent = text;
    if (!milliseconds) return;
    setTimeout(() => { if (status.textContent === text) status.textContent = ""; }, milliseconds);
  }

  // Copies text to the clipboard. Rejects if the browser allows neither way to do it: an intranet over
  // plain http has no navigator.clipboard, only the older execCommand.
  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
    } catch (error) {
      let copied = false;
      const setText = event => {
        event.clipboardData.setData("text/plain", text);
        event.preventDefault();
        copied = true;
      };
      document.addEventListener("copy", setText);
      document.execCommand("copy");
      document.removeEventListener("copy", setText);
      if (!copied) throw error;
    }
  }
  // Shows text in a text box, first in an element and selected: for the reader to copy by hand.
  function showText(container, label, text) {
    const rows = Math.min(text.split("\n").length + 1, 10);
    const area = make("textarea", { readOnly: true, rows, ariaLabel: label, value: text });
    hideText(container);
    container.prepend(area);
    area.select();
  }
  // Removes the text box that showText added.
  function hideText(container) {
    container.querySelector("textarea")?.remove();
  }

  // Opens the print dialog. Returns whether it opened: in a sandboxed frame the browser refuses, and says so
  // in the console only.
  function print() {
    let opened = false;
    const setOpened = () => { opened = true; };
    addEventListener("beforeprint", setOpened);
    window.print();
    removeEventListener("beforeprint", setOpened);
    return opened;
  }
  // Removes the remembered ticks. An iframe or a setting may block storage: then nothing is stored either.
  function forgetTicks() {
    try { localStorage.removeItem(TICKS); } catch (error) { /* blocked */ }
  }

  // Moves focus to the element that the URL's anchor names: screen readers follow focus, not scrolling.
  function focusTarget() {
    const target = document.querySelector(":target");
    if (!target?.matches("h1, h2, h3, h4, figure, li")) return;
    target.tabIndex = -1;
    target.focus({ preventScroll: true });
  }
  addEventListener("hashchange", focusTarget);
  addEventListener("load", focusTarget);

  // Tables keep their roles where site.css takes them apart on a phone: some browsers derive the role from
  // CSS display. Not in the HTML, where a role that repeats the element's own is an error.
  Object.entries({ table: "table", "thead, tbody": "rowgroup", tr: "row", td: "cell", "thead th": "columnheader",
    "tbody th": "rowheader" }).forEach(([selector, role]) => {
    document.querySelectorAll("#innehall :is(" + selector + ")").forEach(element => { element.role = role; });
  });
  return { KEY, TICKS, make, button, announce, copy, showText, hideText, print, forgetTicks };
})();
