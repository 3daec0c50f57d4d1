"""The act before the evidence: what a page's doubt and sources take, and what a copy takes along."""

from __future__ import annotations

import re

import pytest

from tests.browser.conftest import addresses

pytestmark = pytest.mark.slow

# What has doubt or sources as its subject.
ABOUT = {"om/oppna-fragor/", "om/kallor/", "om/lagandringar/"}
# Height of the boxes outside other boxes, as a share of the page's text.
SHARE = """() => {
  const all = document.querySelector('#innehall');
  const boxes = [...all.querySelectorAll('.uncertain, .certainty, .source-box, .law-notice')]
    .filter(box => !box.parentElement.closest('.uncertain, .certainty, .source-box'));
  const height = box => box.getBoundingClientRect().height;
  return [boxes.reduce((sum, box) => sum + height(box), 0) / height(all),
          all.querySelectorAll('div.uncertain').length];
}"""
# Each number on the page selected alone, with a mark right after it: what a copy holds.
COPIED = """() => [...document.querySelectorAll('#innehall a.tel')].filter(link => link.checkVisibility()).map(link => {
  const range = document.createRange();
  range.selectNodeContents(link);
  const next = link.nextSibling;  // a mark right after the number, with a space at most between
  const mark = next && next.nodeType === 3 && !next.data.trim() ? next.nextSibling : next;
  if (mark && mark.nodeType === 1 && mark.matches('.cite')) range.setEndAfter(mark);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
  return [link.textContent, getSelection().toString()];
})"""


def test_doubt_and_sources_take_a_quarter_of_a_page_at_most(page, base):
    page.set_viewport_size({"width": 375, "height": 667})
    found, opened = {}, 0
    for address in addresses():
        page.goto(base + address)
        if page.locator("#innehall").count() and address not in ABOUT:
            found[address], boxes = page.evaluate(SHARE)
            opened += boxes
    assert len(found) > 40
    assert {a: round(share, 2) for a, share in found.items() if share > 0.25} == {}
    assert found["betanketid/under-tiden/"] <= 0.2
    assert opened <= 12


def test_a_copied_number_holds_no_mark(page, base):
    numbers = 0
    for address in ("", "kontakt/", "kontakt/organisationer/", "upptacka/forsta-dygnet/"):
        page.goto(base + address)
        for number, copied in page.evaluate(COPIED):
            numbers += 1
            assert copied == number, address
    assert numbers > 10


def test_no_mark_stands_against_a_number_on_any_page(site):
    for file in site.rglob("*.html"):
        text = file.read_text(encoding="utf-8")
        assert not re.search(r'class="tel"[^>]*>[^<]*</a>(?:</strong>)?\s*<sup', text), file


def test_a_link_to_a_folded_source_opens_the_list(page, base):
    page.goto(base + "betanketid/ansok/")
    box = page.locator(".source-box")
    assert box.get_attribute("open") is None
    page.locator(".cite a").first.click()
    assert box.get_attribute("open") is not None
    assert page.locator(".sources li:target").is_visible()
    page.goto(base + "betanketid/ansok/#kallor")
    assert box.get_attribute("open") is not None
