from __future__ import annotations

import pytest
from lxml import html

from scripts.render.macro import MacroError
from scripts.render.numbers import render_numbers
from tests.conftest import context

CONTACTS = """\
sos: {name: "SOS, 112", for_whom: Alla, phone: "112", hours: Dygnet runt., source: a}
polis: {name: Polisen, for_whom: Tips, phone: 114 14, source: b}
jour: {name: Jouren, for_whom: Alla, source: a}
"""


def test_each_row_says_who_when_and_the_number_in_the_order_asked_for(docs):
    text = render_numbers(context(docs({"_data/contacts.yml": CONTACTS})), "polis,sos")
    assert text.index("**Polisen.** Tips.[@b]</span> **114 14**") < text.index(
        "**SOS.** Alla. Dygnet runt.[@a]</span> **112**"
    )


@pytest.mark.parametrize("keys", ["sos,borta", "jour"])
def test_who_has_no_number_is_told(docs, keys):
    with pytest.raises(MacroError, match=keys.split(",")[-1]):
        render_numbers(context(docs({"_data/contacts.yml": CONTACTS})), keys)


def test_the_start_page_has_four_numbers_that_can_be_called(site):
    page = html.fromstring((site / "index.html").read_bytes())
    calls = [a.get("href") for a in page.xpath('//ul[@class="numbers"]/li//a[@class="tel"]')]
    assert calls == ["tel:112", "tel:020390000", "tel:11414", "tel:116111"]
