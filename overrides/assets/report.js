// "Något fel eller oklart": the e-mail names the section that the reader last clicked in, or the anchor in
// the URL: the link itself is at the foot of the page.
(() => {
  "use strict";
  const text = document.getElementById("innehall");
  const link = document.querySelector(".report a[href^='mailto:']");
  if (!text || !link) return;
  const empty = link.dataset.section;
  const mail = link.href;
  let pressed = null;
  text.addEventListener("pointerdown", event => {
    if (!event.target.closest(".page-foot")) pressed = event.target;
  });
  link.addEventListener("click", () => {
    const heading = headingOf(pressed || document.querySelector(":target"));
    link.href = heading ? mail.replace(empty, empty + encodeURIComponent(" " + heading.textContent.trim() + " #" + heading.id)) : mail;
  });

  // The last heading that stands before a place in the text, or is it.
  function headingOf(place) {
    const before = [...text.querySelectorAll(":is(h2, h3)[id]")].filter(heading => {
      return place && (heading.contains(place) || heading.compareDocumentPosition(place) & Node.DOCUMENT_POSITION_FOLLOWING);
    });
    return before.pop();
  }
})();
