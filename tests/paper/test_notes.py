from __future__ import annotations

import pytest
from lxml import html

from scripts.paper.composer import Composer
from scripts.paper.handout import lists
from scripts.paper.sections import text_of
from tests.paper.test_composer import NOBODY, site  # noqa: F401


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
    found = list(lists(composer, short=False))
    assert [name for _, name, _ in found] == names
    for own, name, text in found:
        assert text_of(html.fromstring(text).get_element_by_id(own)) == name


@pytest.mark.parametrize("short, dated", [(True, False), (False, True)])
def test_a_short_list_of_sources_is_undated_but_says_its_doubt(site, short, dated):  # noqa: F811
    composer = Composer(site, NOBODY)
    composer.section("a/", "under", ())
    text = text_of(html.fromstring(list(lists(composer, short))[-1][2]))
    assert ("Lydelse: 2026." in text) == dated and "Osäker källa." in text
