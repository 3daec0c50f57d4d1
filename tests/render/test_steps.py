"""The steps of a page to act by: their numbers, their sources, and the questions before them."""

from __future__ import annotations

import re

import pytest

from scripts.content.content import Content
from tests.conftest import page_with
from tests.render.conftest import FILES, html_of

BODY = """\
Ingress.[@prov-2-5a]

## Gör först {#gor-forst}

### Stäng vattnet {#stang}

Vrid kranen. [@lagen]

## Gäller något av det här? {#forst}

[[forst:varm,frost]]

- Är slangen trasig? Byt den. [Laga](#laga)

## Gör så här {#gor-sa-har}

### Gräv en grop {#grav}

Gräv djupt. [@lagen, @prov-1]

Ring 020-390 000.

### Fyll gropen {#fyll}

Häll i jord.

## Sedan {#sedan}

Vila.
"""
SITUATIONS = {
    "frost": {"question": "Är det frost?", "then": "Vänta.", "page": "/andra.md"},
    "varm": {
        "question": "Är det varmt?",
        "then": "Vattna först.",
        "page": "/andra.md",
        "pages": {"grav": "#fyll"},
    },
}


@pytest.fixture
def steps(docs):
    """Return a small docs/ with the page /grav.md."""
    return docs(
        {
            **FILES,
            "grav.md": page_with("kind: gör\n", BODY),
            "ovning.md": page_with("kind: lär\n", BODY),
            "_data/situations.yml": SITUATIONS,
        }
    )


def drawn(steps, page: str) -> str:
    body = Content.read(steps).page_with("forst").body
    return html_of(body, steps, page, "scripts.render.structure")


def test_page_of_steps_lists_sources_by_step_without_markers(steps):
    html = drawn(steps, "grav.md")
    assert "<sup" not in html and "doc-noteref" not in html
    box = html[html.index('<ul class="sources-by-step">') :].partition("</ul>")[0]
    assert " ".join(re.sub(r"<[^>]+>", "", box).split()) == (
        "1. Stäng vattnet: Lagen 1 § 2. Gräv en grop: Lagen 1 §, 1 § provlagen, Sidan "
        "Övrigt på sidan: 2 kap. 5 a § provlagen"
    )
    assert '<a href="#stang">1. Stäng vattnet</a>' in html
    assert html.count('id="kalla-lagen"') == 1


def test_page_of_another_kind_keeps_its_markers(steps):
    html = drawn(steps, "ovning.md")
    assert html.count("<sup") == 4 and "sources-by-step" not in html


def test_steps_have_one_series_of_numbers(steps):
    html = drawn(steps, "grav.md")
    numbers = re.findall(r'<span class="step-number"[^>]*>(\d\.)</span> ([^<]+)<', html)
    assert numbers == [("1.", "Stäng vattnet"), ("2.", "Gräv en grop"), ("3.", "Fyll gropen")]


def test_statute_links_to_the_step_that_cites_it(steps):
    content = Content.read(steps)
    assert [step.key for step in content.steps_by_source["lagen"]][:2] == [
        "grav#stang",
        "grav#grav",
    ]
    html = html_of("[[lagtext:prov]]\n", steps)
    assert re.search(r'<a href="[^"]*grav.md#[a-z]+">Prov</a>', html), "the page, at its step"


def test_situation_has_its_own_link_on_some_pages(steps):
    html = drawn(steps, "grav.md")
    links = re.findall(r'<a href="([^"]+)">(Är [^<]+)</a>', html)
    assert links == [
        ("/andra.md", "Är det frost?"),
        ("/grav.md#fyll", "Är det varmt?"),
        ("#laga", "Är slangen trasig?"),  # the page's own continues the list
    ]
    assert html.count('<ul class="first">') == 1
