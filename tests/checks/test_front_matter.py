"""What CONTRIBUTING promises of a page's description and search words is held."""

from __future__ import annotations

from functools import partial

import pytest

from scripts.checks import front_matter
from tests.conftest import DESCRIPTION, PAGE, found, page_with

check_docs = partial(found, front_matter.check)
WORDS = "ett, två, tre, fyra, fem, sex, sju, åtta, nio, tio, elva, en fras med flera ord"
GUIDE = """\
version: "2026-01-01"
start: fraga
questions:
  fraga: {title: Är det så?, text: T, choices: [{title: Ja, to: svar}]}
outcomes:
  svar: {title: Svar, verdict: nej, text: T, more: [{page: /a.md}], searches: "%s"}
"""


def told(docs, files):
    return [(f.path.as_posix(), f.line, f.rule) for f in check_docs(docs(files))]


@pytest.mark.parametrize(
    ("length", "right"), [(11, False), (89, False), (90, True), (160, True), (161, False)]
)
def test_description_too_short_or_long_is_found(docs, length, right):
    page = PAGE.replace(DESCRIPTION, "x" * length)
    assert told(docs, {"a.md": page}) == ([] if right else [("docs/a.md", 3, "bad-description")])


@pytest.mark.parametrize("place", ["topp", "rubrik"])
def test_searches_thirteen_for_a_section_are_found(docs, place):
    page = page_with("searches:\n  %s: %s\n", "## R {#rubrik}\n")
    assert told(docs, {"a.md": page % (place, WORDS)}) == []
    assert told(docs, {"a.md": page % (place, WORDS + ", till")}) == [
        ("docs/a.md", 9, "many-searches")
    ]


def test_searches_thirteen_for_an_outcome_are_found(docs):
    files = {"a.md": "Ord.\n", "_data/guide.yml": GUIDE % WORDS}
    assert told(docs, files) == []
    files["_data/guide.yml"] = GUIDE % (WORDS + ", till")
    assert told(docs, files) == [("docs/_data/guide.yml", 6, "many-searches")]


@pytest.mark.parametrize(("count", "right"), [(6, True), (7, False)])
def test_keywords_seven_are_found(docs, count, right):
    words = ", ".join(f"ord{number}" for number in range(count))
    page = PAGE.replace("keywords: []", f"keywords: [{words}]")
    expected = [] if right else [("docs/a.md", 7, "many-keywords")]
    assert told(docs, {"a.md": page}) == expected


@pytest.mark.parametrize(("count", "right"), [(30, True), (31, False)])
def test_searches_of_all_pages_have_a_limit(docs, count, right):
    rows = "".join(f"  id{number}: {'x' * 998}\n" for number in range(count))
    large = page_with(f"searches:\n{rows}")
    expected = [] if right else [("docs/b.md", 7, "many-searches")]
    assert told(docs, {"a.md": "Ord.\n", "b.md": large}) == expected
