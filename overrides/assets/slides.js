// The slides' keys. Without this, the page scrolls from slide to slide by itself.
(() => {
  "use strict";
  const slides = Array.from(document.querySelectorAll(".slide"));
  document.documentElement.classList.add("talking");

  // The index of the slide in the middle of the window; -1 above the first.
  function currentIndex() {
    const middle = innerHeight / 2;
    return slides.filter(slide => slide.getBoundingClientRect().top <= middle).length - 1;
  }
  // Scrolls to a slide; above the first to the page's top, after the last to the last.
  function showSlide(index) {
    if (index < 0) return scrollTo(0, 0);
    const slide = slides[Math.min(index, slides.length - 1)];
    slide.scrollIntoView();
    // screen readers follow focus, not scrolling
    slide.tabIndex = -1;
    slide.focus({ preventScroll: true });
    try { history.replaceState(null, "", "#" + slide.id); } catch (error) { /* file: or a sandbox */ }
  }
  const showNext = () => showSlide(currentIndex() + 1);
  const showPrevious = () => showSlide(currentIndex() - 1);
  // Shows or hides the speaker's notes of the current slide.
  function toggleNotes() {
    slides[currentIndex()]?.classList.toggle("shown");
  }
  function toggleFullscreen() {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen?.().catch(() => {});
  }
  const actions = {
    ArrowRight: showNext, ArrowDown: showNext, PageDown: showNext, " ": showNext,
    ArrowLeft: showPrevious, ArrowUp: showPrevious, PageUp: showPrevious,
    Home: () => showSlide(0), End: () => showSlide(slides.length - 1),
    a: toggleNotes, A: toggleNotes, f: toggleFullscreen, F: toggleFullscreen
  };
  addEventListener("keydown", event => {
    // on a small screen a slide may be taller than the window: the keys scroll
    if (event.ctrlKey || event.metaKey || event.altKey || innerWidth < 800) return;
    if (event.key === " " && event.target.closest("a")) return;
    if (actions[event.key]) {
      event.preventDefault();
      actions[event.key]();
    }
  });
})();
