"""The session's slides as the room and the speaker see them."""

from __future__ import annotations

import pypdfium2
import pytest

from tests.browser import axe

pytestmark = pytest.mark.slow

ADDRESS = "om/skriv-ut/presentation/"
# How far each slide's text reaches below its own frame, or beside it; in CSS pixels.
OVERFLOW = """() => [...document.querySelectorAll(".frame")].map(frame => {
  const body = frame.querySelector(".body"), foot = frame.querySelector(".foot").getBoundingClientRect();
  const low = Math.max(...[...body.children].map(e => e.getBoundingClientRect().bottom), 0);
  return [frame.querySelector("h2").textContent, low - foot.top, frame.scrollWidth - frame.clientWidth];
}).filter(([, below, beside]) => below > 0 || beside > 0)"""


@pytest.fixture
def slides(page, home, errors):
    page.set_viewport_size({"width": 1280, "height": 720})
    page.goto(home + ADDRESS)
    yield page
    assert errors == []


def at(page) -> str:
    return page.evaluate("document.activeElement.id")


def test_slides_fill_16_9_and_nothing_overflows(slides):
    for width, height in ((1280, 720), (1920, 1080), (1024, 768)):
        slides.set_viewport_size({"width": width, "height": height})
        assert slides.evaluate(OVERFLOW) == []
        box = slides.locator(".frame").first.bounding_box()
        assert box["width"] / box["height"] == pytest.approx(16 / 9, abs=0.01)


def test_slides_keys_move_between_slides(slides):
    total = slides.locator(".slide").count()
    for key, expected in (
        ("Home", 1), ("ArrowRight", 2), (" ", 3), ("PageDown", 4), ("ArrowLeft", 3),
        ("PageUp", 2), ("End", total), ("ArrowRight", total), ("Home", 1),
    ):  # fmt: skip
        slides.keyboard.press(key)
        assert at(slides) == f"bild-{expected}"
        assert slides.locator(f"#bild-{expected}").bounding_box()["y"] == pytest.approx(0, abs=2)
    assert slides.url.endswith("#bild-1")


def test_slides_keys_on_narrow_screen_only_scroll(slides):
    slides.set_viewport_size({"width": 600, "height": 700})
    slides.keyboard.press("PageDown")
    slides.wait_for_function("() => scrollY > 0")
    assert at(slides) == "" and "#" not in slides.url


def test_slides_notes_are_hidden_until_asked_for(slides):
    slides.keyboard.press("Home")
    notes = slides.locator("#bild-1 .notes")
    assert not notes.is_visible()
    slides.keyboard.press("a")
    assert notes.is_visible() and "Ur planen" in notes.inner_text()
    slides.keyboard.press("a")
    assert not notes.is_visible()


def test_slides_printed_have_a_page_each_with_notes(slides):
    total = slides.locator(".slide").count()
    titles = slides.locator(".slide h2").all_inner_texts()
    document = pypdfium2.PdfDocument(slides.pdf(prefer_css_page_size=True))
    assert len(document) == total + 1
    for title, sheet in zip(titles, list(document)[1:], strict=True):
        text = "".join(sheet.get_textpage().get_text_range().split())
        assert "".join(title.split()) in text
    second, third = (" ".join(document[n].get_textpage().get_text_range().split()) for n in (1, 2))
    assert "Ur planen" in second and "0–5" in second
    assert "Ur planen" in third and "Säg:" in third


def test_short_deck_fits_and_links_to_whole_deck(page, home, errors):
    page.set_viewport_size({"width": 1280, "height": 720})
    page.goto(home + "om/skriv-ut/presentation-kort/")
    assert page.evaluate(OVERFLOW) == []
    page.locator("header a").nth(1).click()
    assert page.url == home + ADDRESS
    assert errors == []


def test_slides_have_no_violations(slides):
    for width in (1280, 320):
        slides.set_viewport_size({"width": width, "height": 720})
        assert axe.violations(slides) == []
        assert slides.evaluate("document.documentElement.scrollWidth") <= width
