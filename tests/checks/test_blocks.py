"""Boxes and lists that Markdown reads as something else are reported, with their lines."""

from __future__ import annotations

from functools import partial

import markdown
import pytest

from scripts.checks import blocks
from tests.conftest import found

check_docs = partial(found, blocks.check)
FIRST = 11  # line of a page's file where its body begins, after the front matter and the title
EXTENSIONS = ["admonition", "pymdownx.details"]
# Slip → (text, the line in it that is reported, rule, the HTML that Markdown makes of it)
SLIPS = {
    "a box with two spaces": (
        '!!! warning "Tänk på"\n  Ring först.\n', 2, "empty-box",
        '<p class="admonition-title">Tänk på</p>\n</div>\n<p>Ring först.</p>',
    ),
    "a box with no spaces": (
        '!!! warning "Tänk på"\nRing först.\n', 1, "empty-box", '<div class="admonition warning">\n',
    ),
    "a box at the end": ('Ord.\n\n!!! warning "Tänk på"\n', 3, "empty-box", "Tänk på</p>\n</div>"),
    "a box in a box": (
        '!!! warning "Ett"\n    Text.\n\n    ??? question "Hur?"\n      Så.\n', 5, "empty-box",
        "</details>\n<p>Så.</p>",
    ),
    "curly quotes": ('!!! warning ”Tänk på”\n    Ring.\n', 1, "bad-box", "!!! warning ”Tänk på”"),
    "a box with two signs": ('!! warning "Obs"\n    Ring.\n', 1, "bad-box", '!! warning'),
    "a quote that doesn't end": ('!!! warning "Tänk på\n    Ring.\n', 1, "bad-box", "!!! warning"),
    "a list without an empty line": (
        "Det här behövs:\n- Ettan\n- Tvåan\n", 2, "list-without-gap", "behövs:\n- Ettan",
    ),
    "a list without an empty line in a box": (
        '!!! warning "Tänk"\n    Det här:\n    - Ettan\n', 3, "list-without-gap", "här:\n- Ettan",
    ),
    "a list after an item's second paragraph": (
        "- Ett\n\n    Mer om ett.\n- Fyra\n",
        4,
        "list-without-gap",
        "Mer om ett.\n- Fyra",
    ),
    "a list below a list, with two spaces": (
        "- Ettan\n  - Villkoret\n- Tvåan\n", 2, "flat-list", "<li>Villkoret</li>\n<li>Tvåan",
    ),
    "a list below a list, after an empty line": (
        "- Ettan\n\n  - Villkoret\n", 3, "flat-list", "<p>Ettan</p>\n</li>\n<li>\n<p>Villkoret",
    ),
    "an item's second paragraph with two spaces": (
        "- Ettan.\n\n  Mer om den.\n", 3, "stray-indent", "</ul>\n<p>Mer om den.",
    ),
    "a box's second paragraph with two spaces": (
        '!!! warning "Tänk"\n    Ett.\n\n  Två.\n', 4, "stray-indent", "</div>\n<p>Två.",
    ),
    "Word's bullets": ("• Ring\n", 1, "word-bullet", "<p>•"),
    "Word's second level": ("o   Ring igen\n", 1, "word-bullet", "<p>o"),
    "Word's third level": ("§  Ring igen\n", 1, "word-bullet", "<p>§"),
    "Word's bullet inside a list": ("- Ring\n\n    o   Ring igen\n", 3, "word-bullet", "<p>o"),
    "a dash without a space": ("-Ring igen\n", 1, "word-bullet", "<p>-Ring"),
    "a letter with a bracket": ("a) Ring igen\n", 1, "word-bullet", "<p>a)"),
    "a number without a space": ("1.Ring igen\n", 1, "word-bullet", "<p>1.Ring"),
    "a number with a bracket": ("1) Ring igen\n", 1, "word-bullet", "<p>1)"),
    "dashes under a line": ("En rad.\n---\n", 2, "underlined-text", "<h2>En rad.</h2>"),
}  # fmt: skip
RIGHT = {
    "boxes and folds": '!!! warning "Tänk ”så” på"\n    Ett.\n\n    - Två\n\n???+ question "Hur?"\n\n    Så.\n\n!!! note\n    Ord.\n',
    "lists in lists": "- Ett\n    - Två\n        1. Tre\n\n    Mer om ett.\n\n- Fyra\n  som går vidare\n- Fem\n",
    "a list after a heading, in a box and in a box's list": '## H {#h}\n- Ett\n\n!!! warning "X"\n    - Ett\n        - Två\n',
    "marks inside a line": "Läs § 5, o dyl – och ring 1) först.\n",
    "a rule between paragraphs": "Ett.\n\n---\n\nTvå.\n",
    "a table": "| A | B |\n| --- | --- |\n| - | 1. |\n",
    "code": "```\n!!! warning ”X”\n- a\n  - b\n```\n",
    "a line that goes on": "En mening som\n  går vidare.\n\n- Ett\n  går vidare.\n",
}


def places(docs, files):
    return [
        (f.path.relative_to("docs").as_posix(), f.line, f.rule) for f in check_docs(docs(files))
    ]


@pytest.mark.parametrize("slip", SLIPS)
def test_blocks_slip_on_page_has_its_line(docs, slip):
    text, line, rule, published = SLIPS[slip]
    assert published in markdown.markdown(text, extensions=EXTENSIONS), "it is a slip no longer"
    assert places(docs, {"a.md": text}) == [("a.md", FIRST + line - 1, rule)]


@pytest.mark.parametrize("name", RIGHT)
def test_blocks_right_text_has_no_finding(docs, name):
    assert places(docs, {"a.md": RIGHT[name]}) == []


FIELDS = {
    "a list read as one line": ("text: >-\n    Det här behövs:\n    - Ettan\n    - Tvåan\n", (4, 5), "list-without-gap"),
    "a list after an empty line": ("text: >-\n    Det här behövs:\n\n    - Ettan\n", (5,), "list-without-gap"),
    "a list without an empty line": ("text: |-\n    Det här:\n    - Ettan\n", (4,), "list-without-gap"),
    "a list below a list": ("text: |-\n    - Ettan\n      - Villkoret\n", (4,), "flat-list"),
    "Word's second level": ("text: o   Ring igen\n", (2,), "word-bullet"),
}  # fmt: skip


@pytest.mark.parametrize("slip", FIELDS)
def test_blocks_slip_in_register_has_its_line(docs, slip):
    text, lines, rule = FIELDS[slip]
    files = {"a.md": "Ord.\n", "_data/glossary.yml": f"ord:\n  {text}  term: Ord\n"}
    assert places(docs, files) == [("_data/glossary.yml", line, rule) for line in lines]


def test_blocks_list_in_register_has_no_finding(docs):
    text = "ord:\n  term: Ord\n  text: |-\n    Det här:\n\n    - Ettan\n    - Tvåan\n"
    assert places(docs, {"a.md": "Ord.\n", "_data/glossary.yml": text}) == []
