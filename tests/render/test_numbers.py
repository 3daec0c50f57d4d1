from __future__ import annotations

from pathlib import PurePosixPath

import pytest
from lxml import html

from scripts.content.content import Content
from scripts.core.config import LOCAL
from scripts.render.macro import MacroError
from scripts.render.numbers import render_numbers
from tests.conftest import ROOT, context

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


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (
            "08-765 43 21, efter 17",
            '<a class="tel" href="tel:087654321">08-765 43 21</a>, efter 17',
        ),
        ("+46 8 765 43 21", '<a class="tel" href="tel:+4687654321">+46 8 765 43 21</a>'),
        ("växeln <dagtid>", "växeln &lt;dagtid&gt;"),
    ],
)
def test_an_own_number_can_be_called(docs, value, shown):
    given = context(docs({"_data/contacts.yml": CONTACTS}), own={"socialjour": value})
    assert f"**Vår socialjour**</span> <span>{shown}</span>" in render_numbers(
        given, "chef,socialjour"
    )
    assert "beredskap" not in render_numbers(given, "chef,socialjour"), "it isn't set"


def test_own_numbers_that_are_not_set_leave_no_trace(docs):
    assert render_numbers(context(docs({"_data/contacts.yml": CONTACTS})), "socialjour,chef") == ""


@pytest.mark.parametrize(
    "page",
    [
        "index.md",
        "kontakt/index.md",
        "kontakt/regionkoordinatorer.md",
        "upptacka/forsta-dygnet.md",
        "upptacka/forsta-dygnet-barn.md",
        "betanketid/i-natt.md",
        "stod/barn.md",
    ],
)
def test_where_numbers_are_shown_the_publishers_own_stand_first(page):
    shown = Content.read(ROOT / "docs").pages[PurePosixPath(page)].macros()
    keys = next(argument for _, name, argument in shown if name == "nummer").split(",")
    assert keys[0] in LOCAL


def test_the_start_page_has_four_numbers_that_can_be_called(site):
    page = html.fromstring((site / "index.html").read_bytes())
    calls = [a.get("href") for a in page.xpath('//ul[@class="numbers"]/li//a[@class="tel"]')]
    assert calls == ["tel:112", "tel:020390000", "tel:11414", "tel:116111"]
