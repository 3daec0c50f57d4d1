from __future__ import annotations

import pytest
from lxml import html

from scripts.paper.composer import Composer
from scripts.paper.layouts import lists, qr
from scripts.paper.sections import text_of
from tests.paper.test_composer import NOBODY, made, site  # noqa: F401


@pytest.mark.parametrize(
    "glossary, names",
    [
        pytest.param(False, ["Ord förklarade", "Sidor som texten länkar till", "Källor"], id="all"),
        pytest.param(
            True, ["Sidor som texten länkar till", "Källor"], id="words are there already"
        ),
    ],
)
def test_each_list_has_its_heading_with_an_id(site, glossary, names):  # noqa: F811
    composer = Composer(site, NOBODY)
    for part in (("", "*", ()), ("a/", "under", ())):
        composer.section(*part)
    composer.glossary = glossary
    found = [html.fromstring(text).find("h2") for text in lists(composer, short=False)]
    assert [text_of(heading) for heading in found] == names
    assert all(heading.get("id") for heading in found)


@pytest.mark.parametrize("short, dated", [(True, False), (False, True)])
def test_a_short_list_of_sources_is_undated_but_says_its_doubt(site, short, dated):  # noqa: F811
    composer = Composer(site, NOBODY)
    composer.section("a/", "under", ())
    text = text_of(html.fromstring(list(lists(composer, short))[-1]))
    assert ("Lydelse: 2026." in text) == dated and "Osäker källa." in text


def test_a_format_is_told_in_the_list_and_not_on_the_sheet(site):  # noqa: F811
    (heading,) = made(site, "#ett", form="affisch-a3", title="Vem ringer jag? (A3)").iter("h1")
    assert text_of(heading) == "Vem ringer jag?"


def test_a_qr_code_says_where_it_leads():
    assert 'alt="QR-kod till exempel.se/p/x/"' in qr("https://exempel.se/p/x/", "small")
