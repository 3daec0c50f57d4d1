from __future__ import annotations

import re

import pytest

from scripts.render.sources import age, paper_address, render_sources
from tests.conftest import context


@pytest.mark.parametrize(
    ("record", "text"),
    [
        ({"as_of": "2023"}, "2023"),
        ({"as_of_note": "odaterad"}, "odaterad"),
        ({"as_of": "2023", "as_of_note": "eller senare"}, "2023, eller senare"),
        ({}, ""),
    ],
)
def test_age(record, text):
    assert age(record) == text


def test_an_address_on_paper_has_no_scheme_and_breaks_after_a_slash():
    html = paper_address("https://www.example.se/en-lang/vag")
    assert re.findall(r"<span>([^<]*)</span>", html) == ["example.se/", "en-lang/", "vag"]
    assert html.count("<wbr />") == 2


def test_every_source_stands_under_its_kind_with_the_pages_that_use_it(docs):
    row = "{{title: {0}, publisher: P, url: 'https://e.se/{0}', kind: {1}, certainty: {2}, as_of: '2026'}}"
    folder = docs(
        {
            "_data/sources.yml": f"a: {row.format('A', 'annan', 'osaker')}\nb: {row.format('B', 'lag', 'saker')}\n",
            "x.md": "Text.[@a]\n",
        }
    )
    text = render_sources(context(folder), "")
    assert re.findall(r"^## (.*)$", text, re.M) == ["Lagar {#lag}", "Övrigt {#annan}"]
    assert "**Osäker källa.** Används på: [Prov](/x.md)." in text[text.index('id="a"') :]
    assert "Används" not in text[: text.index('id="a"')] and "Lydelse: 2026." in text
