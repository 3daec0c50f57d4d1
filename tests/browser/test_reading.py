"""The reader's own settings: larger text, more space between, other colours, no movement."""

from __future__ import annotations

import io

import pytest
from PIL import Image

pytestmark = pytest.mark.slow

# Text that is cut by its own box, or a page that must be scrolled sideways.
CUT = """() => {
  const found = [];
  const wide = document.documentElement.scrollWidth - innerWidth;
  if (wide > 0) found.push(`${wide} px sticker ut i sidled`);
  for (const e of document.querySelectorAll('body *')) {
    if (!e.checkVisibility() || !e.textContent.trim()) continue;
    const s = getComputedStyle(e);
    if (s.display === 'inline' || s.position === 'absolute' && e.offsetWidth <= 1) continue;
    const hides = v => v === 'hidden' || v === 'clip';
    if (hides(s.overflowY) && e.scrollHeight > e.clientHeight + 1
        || hides(s.overflowX) && e.scrollWidth > e.clientWidth + 1)
      found.push('avklippt: ' + e.outerHTML.slice(0, 100));
  }
  const header = document.querySelector('header').getBoundingClientRect();
  for (const e of document.querySelectorAll('header a, header button')) {
    const r = e.getBoundingClientRect();
    if (e.checkVisibility() && r.right > innerWidth + 1) found.push('utanför: ' + e.textContent);
  }
  return found;
}"""

# WCAG 2.2, 1.4.12
SPACING = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
  word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }"""
TWICE = "html { font-size: 250% !important; }"  # Material's own is 125 %


@pytest.fixture(scope="module")
def styled(browser, base):
    """Return a function that opens a page with a style sheet the reader has added."""
    context = browser.new_context(bypass_csp=True, reduced_motion="reduce")
    page = context.new_page()

    def open_page(address: str, width: int, css: str):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(base + address)
        page.add_style_tag(content=css)
        return page

    yield open_page
    context.close()


@pytest.mark.parametrize("css", [SPACING, TWICE], ids=["mer luft", "dubbel text"])
def test_nothing_is_cut(styled, template, css):
    for width in (1280, 640, 320) if css == SPACING else (1280, 640):
        assert styled(template, width, css).evaluate(CUT) == [], f"{width} px"


def test_nothing_moves_for_who_asked_for_that(page, base):
    page.emulate_media(reduced_motion="reduce")
    page.set_viewport_size({"width": 375, "height": 800})
    page.goto(base + "diskutera/sjalvtest/")
    page.get_by_role("button", name="Meny", exact=True).click()
    moving = page.evaluate("""() => [...document.querySelectorAll('*')].filter(e => {
      const s = getComputedStyle(e);
      return s.transitionDuration.split(',').some(t => parseFloat(t) > 0.01)
        || parseFloat(s.animationDuration) > 0.01 || s.scrollBehavior === 'smooth';
    }).map(e => e.outerHTML.slice(0, 80))""")
    assert moving == []


def picture(page, selector: str) -> Image.Image:
    return Image.open(io.BytesIO(page.locator(selector).first.screenshot())).convert("L")


def test_in_forced_colours_controls_have_an_edge_and_focus_shows(page, base):
    page.emulate_media(forced_colors="active", color_scheme="dark", reduced_motion="reduce")
    page.set_viewport_size({"width": 375, "height": 800})
    page.goto(base)
    button = page.get_by_role("button", name="Meny", exact=True)
    width = button.evaluate("e => parseFloat(getComputedStyle(e).borderTopWidth)")
    plain = picture(page, "header")
    assert width >= 1 and len(set(plain.tobytes())) > 2
    button.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    assert picture(page, "header").tobytes() != plain.tobytes()


def test_text_has_the_contrast_of_the_higher_level(page, base):
    """7:1 for the body text (WCAG 2.2, 1.4.6), light and dark."""
    ratio = """() => {
      const light = c => { const v = c.match(/[\\d.]+/g).slice(0, 3).map(n => {
        n /= 255; return n <= 0.04045 ? n / 12.92 : ((n + 0.055) / 1.055) ** 2.4; });
        return 0.2126 * v[0] + 0.7152 * v[1] + 0.0722 * v[2]; };
      const text = light(getComputedStyle(document.querySelector('article p')).color);
      const back = light(getComputedStyle(document.documentElement)
        .getPropertyValue('--md-default-bg-color').trim()
        .replace(/^#(...)$/, '#$1$1').replace(/^#(..)(..)(..)$/, (_, ...h) =>
          'rgb(' + h.slice(0, 3).map(x => parseInt(x, 16)).join() + ')'));
      return (Math.max(text, back) + 0.05) / (Math.min(text, back) + 0.05);
    }"""
    page.goto(base + "betanketid/")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert page.evaluate(ratio) >= 7
