"""Tags without their counterpart; elements that no page may have are in test_html_policy.py."""

from __future__ import annotations

from functools import partial

import pytest

from scripts.checks import html
from scripts.checks.html import html_violations
from tests.conftest import found

check_docs = partial(found, html.check)


@pytest.mark.parametrize(
    "text",
    [
        "`<strong>` och\n\n```html\n<div>\n```\n",
        "Barn < 18 år och 3 > 2.<br>\n",
        '<div class="doors" markdown="block">\n\n- <span\n  class="x">ett</span>\n\n</div>\n',
        "<A href='#x'>a</a> <a@b.se>\n",
    ],
)
def test_html_tags_that_match_have_no_finding(docs, text):
    assert check_docs(docs({"a.md": text})) == []


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Text.\n\n<div>\n\nMer.\n", 3),
        ("En <strong>mening.\n", 1),
        ("Text.</div>\n", 1),
        ("<div><em>x</div>\n", 1),
        ("Text <div\n\nMer.\n", 1),
    ],
)
def test_html_tag_without_counterpart_has_its_line(text, line):
    assert [number for number, _ in html_violations(text)] == [line]


def test_html_in_register_has_line_of_its_file(docs):
    text = "a:\n  term: A\n  text: >-\n    Ett.\n    Två <b>fet</b> <i>.\n"
    (finding,) = check_docs(docs({"_data/glossary.yml": text}))
    assert (str(finding.path), finding.rule) == ("docs/_data/glossary.yml", "unbalanced-html")
    assert finding.line in range(3, 6)
