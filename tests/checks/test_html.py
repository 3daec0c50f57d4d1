"""Which HTML may stand in a text; what may not is in test_mistakes.py."""

from __future__ import annotations

from functools import partial

import pytest

from scripts.checks import html
from scripts.checks.html import html_faults
from tests.conftest import found

check_docs = partial(found, html.check)


@pytest.mark.parametrize(
    "text",
    [
        "`<script>` och\n\n```html\n<div>\n# Inte en rubrik\n```\n",
        "Barn < 18 år och 3 > 2.\n",
        "<br>\n\n<p>Ett stycke\n\n<ul>\n<li>ett\n<li>två\n</ul>\n",
        "<!-- <div> -->\n",
        '<div class="note" markdown="1">\n\n**Text.**\n\n</div>\n',
        '<a href="#x">a</a> <a href="mailto:a@b.se">b</a> <a href="/a.md">c</a>\n',
        "<details open>\n<summary>A</summary>\n\nB\n\n</details>\n",
        "Text.\n{: .call }\n\n[a](b.md){: lang=en hreflang=en }\n",
        "Klockan 12:30, se [lagen](kalla:utl).\n",
    ],
)
def test_what_a_text_needs_is_allowed(docs, text):
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
    assert [(at, rule) for at, rule, _ in html_faults(text)] == [(line, "unbalanced-html")]


@pytest.mark.parametrize(
    "text",
    ["<!DOCTYPE html>", "<?php x ?>", "<![CDATA[x]]>", "<x-element></x-element>", "<math></math>"],
)
def test_what_is_not_named_is_refused(text):
    assert [rule for _, rule, _ in html_faults(text)] == ["unsafe-html"]


def test_a_register_s_text_has_the_line_in_its_file(docs):
    text = "a:\n  term: A\n  text: >-\n    Ett.\n    Två <b>fet</b> <form>.\n"
    (finding,) = check_docs(docs({"_data/glossary.yml": text}))
    assert (str(finding.path), finding.rule) == ("docs/_data/glossary.yml", "unsafe-html")
    assert finding.line in range(3, 6)
