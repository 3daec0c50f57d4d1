// Functions that the other scripts share. A classic script, not a module: a page opened from file:// can't
// load modules.
const dom = (() => {
  "use strict";
  const site = document.querySelector("meta[name=site-key]");
  const KEY = site.content; // prefix of the names in storage
  const TICKS = KEY + (site.dataset.apart || "") + "-kryss"; // all that the site keeps in a browser, if asked to

  /**
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
  function button(text, action) {
    const element = make("button", { type: "button", textContent: text });
    element.addEventListener("click", action);
    return element;
  }
  // Shows a message in a role=status, for a number of milliseconds, or until the next message.
  function say(status, text, time) {
    status.textContent = text;
    if (time) setTimeout(() => { if (status.textContent === text) status.textContent = ""; }, time);
  }

  // Copies; is refused where nothing lets a page do it. An intranet over plain http has no clipboard
  // but the older one.
  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
    } catch (error) {
      let done = false;
      const put = event => {
        event.clipboardData.setData("text/plain", text);
        event.preventDefault();
        done = true;
      };
      document.addEventListener("copy", put);
      document.execCommand("copy");
      document.removeEventListener("copy", put);
      if (!done) throw error;
    }
  }
  // The text marked in a box, first in a place: to copy by hand.
  function showText(place, name, text) {
    const rows = Math.min(text.split("\n").length + 1, 10);
    const area = make("textarea", { readOnly: true, rows, ariaLabel: name, value: text });
    hideText(place);
    place.prepend(area);
    area.select();
  }
  function hideText(place) {
    place.querySelector("textarea")?.remove();
  }

  // Returns whether the dialog came: a sandboxed frame refuses, and says so to the console only.
  function print() {
    let opened = false;
    const note = () => { opened = true; };
    addEventListener("beforeprint", note);
    window.print();
    removeEventListener("beforeprint", note);
    return opened;
  }
  // Storage may be blocked, by an iframe or a setting: then nothing is stored.
  function forget() {
    try { localStorage.removeItem(TICKS); } catch (error) { /* blocked */ }
  }
  // Screen readers follow focus, not scrolling: the place that a hit or a link leads to is where one reads on.
  function arrive() {
    const place = document.querySelector(":target");
    if (!place?.matches("h1, h2, h3, h4, figure, li")) return;
    place.tabIndex = -1;
    place.focus({ preventScroll: true });
  }
  addEventListener("hashchange", arrive);
  addEventListener("load", arrive);
  // A table that site.css takes apart on a phone stays a table: some browsers go by the look. Not in the HTML,
  // whose rules allow no element the role that it has.
  Object.entries({ table: "table", "thead, tbody": "rowgroup", tr: "row", td: "cell", "thead th": "columnheader",
    "tbody th": "rowheader" }).forEach(([part, role]) => {
    document.querySelectorAll("#innehall :is(" + part + ")").forEach(element => { element.role = role; });
  });
  return { KEY, TICKS, make, button, say, copy, showText, hideText, print, forget };
})();
