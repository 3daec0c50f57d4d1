// The slides' keys. Without this, the page scrolls from slide to slide by itself.
(() => {
  "use strict";
  const slides = Array.from(document.querySelectorAll(".slide"));
  document.documentElement.classList.add("talking");

  // The slide that fills the most of the window; -1 above the first.
  function current() {
    const middle = innerHeight / 2;
    return slides.reduce((found, slide, index) => slide.getBoundingClientRect().top <= middle ? index : found, -1);
  }
  function go(index) {
    const slide = slides[Math.max(0, Math.min(index, slides.length - 1))];
    if (index < 0) return scrollTo(0, 0);
    slide.scrollIntoView();
    // Screen readers follow focus, not scrolling.
    slide.tabIndex = -1;
    slide.focus({ preventScroll: true });
    try { history.replaceState(null, "", "#" + slide.id); } catch (error) { /* file: or a sandbox */ }
  }
  function notes() {
    const slide = slides[current()];
    if (slide) slide.classList.toggle("shown");
  }
  function full() {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen?.().catch(() => {});
  }
  function next() { go(current() + 1); }
  function back() { go(current() - 1); }
  const keys = {
    ArrowRight: next, ArrowDown: next, PageDown: next, " ": next, ArrowLeft: back, ArrowUp: back, PageUp: back,
    Home: () => go(0), End: () => go(slides.length - 1),
    a: notes, A: notes, f: full, F: full
  };
  addEventListener("keydown", event => {
    // On a small screen the slides are as long as they are: let the keys scroll.
    if (event.ctrlKey || event.metaKey || event.altKey || innerWidth < 800) return;
    if (event.key === " " && event.target.closest("a")) return;
    if (keys[event.key]) {
      event.preventDefault();
      keys[event.key]();
    }
  });
})();
