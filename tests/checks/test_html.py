"""That tags are closed, and that what isn't Markdown is plain text; what may not stand in a page at all
is in tests/site/test_html_policy.py."""

from __future__ import annotations

import re
from functools import partial

import pytest

from scripts.checks import html
from scripts.checks.html import html_violations
from tests.conftest import PAGE, found

check_docs = partial(found, html.check)


@pytest.mark.parametrize(
    "text",
    [
        "`<script>` och\n\n```html\n<div>\n# Inte en rubrik\n```\n",
        "Barn < 18 år och 3 > 2.\n",
        "<br>\n\n<p>Ett stycke\n\n<ul>\n<li>ett\n<li>två\n</ul>\n",
        "<!-- <div> -->\n",
        '<div class="note" markdown="1">\n\n**Text.**\n\n</div>\n',
        '<a href="#x">a</a> <a href="mailto:a@b.se">b</a> <a href="/a/">c</a>\n',
        "Text.\n{: .call }\n\n[a](b.md){: lang=en hreflang=en }\n",
    ],
)
def test_tags_that_match_are_left_alone(docs, text):
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
def test_tags_that_do_not_match_would_swallow_the_page(text, line):
    assert [(at, rule) for at, rule, _ in html_violations(text)] == [(line, "unbalanced-html")]


def test_a_register_s_text_has_the_line_in_its_file(docs):
    text = "a:\n  term: A\n  text: >-\n    Ett.\n    Två <b>fet</b> <i>.\n"
    (finding,) = check_docs(docs({"_data/glossary.yml": text}))
    assert (str(finding.path), finding.rule) == ("docs/_data/glossary.yml", "unbalanced-html")
    assert finding.line in range(3, 6)


@pytest.mark.parametrize(("field", "line"), [("owner: <b>A</b>", 6), ("keywords: [a, <b>]", 7)])
def test_what_a_page_says_of_itself_is_plain_text(docs, field, line):
    text = re.sub(rf"{field.partition(':')[0]}: .*", field, PAGE)
    (finding,) = check_docs(docs({"a.md": text}))
    assert (finding.line, finding.rule) == (line, "unsafe-html")
