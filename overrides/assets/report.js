// "Något fel eller oklart": the e-mail names the section that the reader last clicked in, or else the URL's
// anchor. The link itself is at the foot of the page.
(() => {
  "use strict";
  const content = document.getElementById("innehall");
  const link = document.querySelector(".report a[href^='mailto:']");
  if (!content || !link) return;
  const label = link.dataset.section; // "Avsnitt:", URL-encoded as in the link
  const plainHref = link.href;
  let clicked = null;
  content.addEventListener("pointerdown", event => {
    if (!event.target.closest(".page-foot")) clicked = event.target;
  });
  link.addEventListener("click", () => {
    const heading = headingOf(clicked || document.querySelector(":target"));
    const section = heading ? encodeURIComponent(" " + heading.textContent.trim() + " #" + heading.id) : "";
    link.href = plainHref.replace(label, label + section);
  });

  // The heading of the section that an element is in: the last one before the element, or the element itself.
  // Undefined without an element, and above the first heading.
  function headingOf(element) {
    if (!element) return undefined;
    const headings = [...content.querySelectorAll(":is(h2, h3)[id]")].filter(heading => {
      return heading.contains(element) || heading.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING;
    });
    return headings.pop();
  }
})();
