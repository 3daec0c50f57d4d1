"""Every page on paper: what is in the margins, and that nothing is closed, cut off or blank."""

from __future__ import annotations

import re

import pypdfium2
import pytest

pytestmark = pytest.mark.slow

MM = 72 / 25.4
# print.css: @page { margin: 20mm 18mm }
TOP, SIDE, HEIGHT, WIDTH = 20 * MM, 18 * MM, 297 * MM, 210 * MM

# The text of each innermost block, as the reader should find it on paper.
BLOCKS = """() => {
  dispatchEvent(new Event("beforeprint"));
  const found = [...document.querySelectorAll(".md-content__inner *")]
    .filter(e => e.matches("p, li, td, th, h1, h2, h3, h4, dt, dd, summary, label, pre"))
    .filter(e => !e.querySelector("p, li, td, ul, ol, table, label, pre") && e.getClientRects().length)
    .map(e => e.innerText);
  dispatchEvent(new Event("afterprint"));
  return found;
}"""


def squeeze(text: str) -> str:
    """Without what differs: white space, commas between numbers (print.css adds them), hyphens."""
    return re.sub(r"[\s,\u00ad\u200b\x02\ufffe-]", "", text)


@pytest.fixture(scope="module")
def tab(browser):
    context = browser.new_context(locale="sv-SE")
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


PAGES = (
    "",
    "odla/figurer/",
    "odla/host/",
    "odla/lag/",
    "guide/oklart/",
    "om/lanka/",
    "om/english/",
)


@pytest.mark.parametrize("where", PAGES)
def test_printed_page_has_all_blocks_and_margin_texts(tab, home, where):
    tab.goto(home + where)
    tab.emulate_media(media="print")
    blocks = tab.evaluate(BLOCKS)
    paper = tab.evaluate("({...document.querySelector('.paper').dataset})")
    document = pypdfium2.PdfDocument(tab.pdf(prefer_css_page_size=True))
    text = ""
    for number, sheet in enumerate(document, 1):
        assert sheet.get_size() == pytest.approx((WIDTH, HEIGHT), abs=1)
        words = sheet.get_textpage()
        head = words.get_text_bounded(bottom=HEIGHT - TOP)
        foot = words.get_text_bounded(top=TOP)
        assert squeeze(paper["title"]) in squeeze(head)
        assert squeeze(paper["dates"]) in squeeze(head)
        assert squeeze(paper["address"]) in squeeze(foot)
        assert f"{number}({len(document)})" in squeeze(foot)
        body = squeeze(words.get_text_bounded(top=HEIGHT - TOP, bottom=TOP))
        assert body, f"sida {number} är tom"
        text += body
        for index in range(words.count_rects()):
            left, _, right, _ = words.get_rect(index)
            assert left >= SIDE - 1 and right <= WIDTH - SIDE + 1, (
                f"utanför marginalen, sida {number}"
            )
        assert len(body) > 40, f"sida {number} har nästan inget"
    # the margins say what the page's foot says
    assert not tab.evaluate("!!document.querySelector('.fresh > span')?.getClientRects().length")
    missing = [block for block in blocks if squeeze(block) not in text]
    assert not missing
    assert (
        "Stängmenyn" not in text
        and "Skrivut" not in text.replace(squeeze(paper["title"]), "")[:200]
    )


def test_print_button_unfolds_boxes_and_folds_them_again(page, home):
    page.goto(home + "odla/figurer/")
    before = page.evaluate("document.querySelector('.md-content__inner').outerHTML")
    page.evaluate("""() => { window.print = () => {
      dispatchEvent(new Event("beforeprint"));
      window.seen = document.querySelectorAll("details:not([open])").length;
      dispatchEvent(new Event("afterprint"));
    } }""")
    page.get_by_role("button", name="Skriv ut", exact=True).first.click()
    assert page.evaluate("window.seen") == 0
    assert page.evaluate("document.querySelector('.md-content__inner').outerHTML") == before


def test_printed_page_of_steps_has_no_sources(tab, home):
    """Its text has no marks that lead to them, and its address is in the margin."""
    tab.goto(home + "odla/damm/")
    assert tab.locator(".sources-by-step").count() == 1
    sheets = pypdfium2.PdfDocument(tab.pdf(prefer_css_page_size=True))
    text = squeeze("".join(sheet.get_textpage().get_text_range() for sheet in sheets))
    assert "Källor(" not in text and "kolonilotten.example/odla/damm/" in text


def test_printed_page_without_javascript_has_version_and_address(opened, home):
    page = opened(java_script_enabled=False)
    page.goto(home + "odla/tomat/")
    assert not page.locator(".paper-print").is_visible(), "it would do nothing"
    text = squeeze(
        "".join(s.get_textpage().get_text_range() for s in pypdfium2.PdfDocument(page.pdf()))
    )
    assert "Senasteversionen:kolonilotten.example/odla/tomat/" in text
