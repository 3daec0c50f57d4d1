"""The checks of a page's description and keywords."""

from __future__ import annotations

from functools import partial

import pytest

from scripts.checks import front_matter
from tests.conftest import DESCRIPTION, PAGE, ROOT, found

check_docs = partial(found, front_matter.check)


def told(docs, files):
    return [(f.path.as_posix(), f.line, f.rule) for f in check_docs(docs(files))]


@pytest.mark.parametrize(
    ("length", "right"), [(11, False), (89, False), (90, True), (160, True), (161, False)]
)
def test_a_description_has_room_where_it_is_shown(docs, length, right):
    page = PAGE.replace(DESCRIPTION, "x" * length)
    assert told(docs, {"a.md": page}) == ([] if right else [("docs/a.md", 3, "bad-description")])


def test_the_template_pasted_as_it_is_is_told(docs):
    guide = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    template = guide.partition("## Skriv en sida")[2].partition("```text\n")[2].partition("```")[0]
    assert template.startswith("---\n")
    assert ("docs/a.md", 3, "bad-description") in told(docs, {"a.md": template})


@pytest.mark.parametrize(("count", "right"), [(6, True), (7, False)])
def test_keywords_above_six_are_found(docs, count, right):
    """Of one page: nobody can answer for more."""
    words = ", ".join(f"ord{number}" for number in range(count))
    page = PAGE.replace("keywords: []", f"keywords: [{words}]")
    expected = [] if right else [("docs/a.md", 7, "many-keywords")]
    assert told(docs, {"a.md": page}) == expected
