"""YAML without some of its rows, and with some more: what is left stands as it did."""

from __future__ import annotations

import pytest

from scripts.content.edit import with_rows, without

TEXT = """\
# Överst

ett:
  title: Åtta
  text: >-
    En lång
    # mening

  # --- Nästa ---
två: {a: b}

tre:
  rader: [a, "b, c", å]
  fler:
    - id: x
      text: y
    - id: z
grupp:
  - Namn: en.md
  - två.md
"""


@pytest.mark.parametrize(
    ("dead", "gone"),
    [
        ([(3, "ett")], (3, 8)),
        ([(4, "title")], (4, 4)),
        ([(5, "text")], (5, 7)),
        ([(10, "två")], (10, 10)),
        ([(20, "två.md")], (20, 20)),
        ([(19, "en.md")], (19, 19)),
        ([(19, "en.md"), (20, "två.md")], (18, 20)),
        ([(4, "text"), (3, "två")], ()),
    ],
)
def test_what_is_named_goes_and_nothing_else(dead, gone):
    rows = TEXT.split("\n")
    left = rows[: gone[0] - 1] + rows[gone[1] :] if gone else rows
    assert without(TEXT, dead).split("\n") == left


@pytest.mark.parametrize(
    ("dead", "line"),
    [
        (["a"], '  rader: ["b, c", å]'),
        (["b, c", "å"], "  rader: [a]"),
        (["a", "b, c", "å"], "  rader: []"),
    ],
)
def test_a_list_within_brackets_stays_where_it_is(dead, line):
    found = without(TEXT, {(13, item) for item in dead})
    assert found == TEXT.replace('  rader: [a, "b, c", å]', line)


def test_a_list_over_several_lines_leaves_the_rest_on_its_lines():
    text = "a: [x,\n  y]\nb: 1\nc: 2\n"
    assert without(text, {(2, "y"), (4, "c")}) == "a: [x]\n\nb: 1\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "m:\n  /a/: /b/\n"),
        ("m:\nr:\n", "m:\n  /a/: /b/\nr:\n"),
        ("m: {}\n", "m:\n  /a/: /b/\n"),
        ("m:\n  /x/: /y/\n\n# r\nr:\n", "m:\n  /x/: /y/\n  /a/: /b/\n\n# r\nr:\n"),
        ("# x\nr:\n  /x/: {instead: /}\n", "# x\nr:\n  /x/: {instead: /}\nm:\n  /a/: /b/\n"),
    ],
)
def test_rows_come_last_in_their_part(before, after):
    assert with_rows(before, {"m": {"/a/": "/b/"}}) == after
