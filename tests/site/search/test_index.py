"""Where each word stands, and what the engine is given to show."""

from __future__ import annotations

import itertools
import json
import re

from scripts.content.field_types import PAGE_KINDS
from scripts.site.search.index import build_index
from scripts.site.search.pages import IndexedPage, Unit
from tests.conftest import ROOT


def words_of(index):
    """Return what an index says: word → its three lists of units."""
    found = {}
    for word, line in zip(index["words"].split("\n"), index["posts"].split("\n"), strict=True):
        lists = [[int(step) for step in part.split()] for part in line.split("/")]
        found[word] = tuple(list(itertools.accumulate(steps)) for steps in lists)
    return found


def test_the_index_says_where_each_word_stands():
    pages = [
        IndexedPage(
            "a/",
            "A",
            "nyckel",
            [
                Unit("", "A", ["fyllnad barn och barn"]),
                Unit("b", "Barn", ["fyllnad barn polisen"]),
            ],
        ),
        IndexedPage("c/", "C", "", [Unit("", "C", ["fyllnad polis"])]),
    ]
    synonyms = [("soc", "socialtjänsten"), ("socialen", "socialtjänsten")]
    searches = {"a/#b": ["skola", "var finns barn?"], "c/": ["skolor"], "d/": ["annat"]}
    index = build_index(pages, synonyms, searches)
    assert index["pages"].split("\n") == ["a/", "2", "c/", "1"]
    assert index["headings"] == "A\nBarn\nC" and index["ids"] == "\nb\n"
    # the shortest form stands for all; not where the heading says it; "var" says nothing
    assert words_of(index) == {
        "barn": ([0], [1], []),
        "c": ([], [2], []),
        "fyllnad": ([0, 1, 2], [], []),
        "nyckel": ([], [], [0]),
        "polis": ([1, 2], [], []),
        "skola": ([], [], [1, 2]),
    }
    assert index["synonyms"] == "socialtjänsten\nsoc|socialen"


def test_a_month_is_no_moon():
    text = "mannen män mån månad månader"
    index = build_index([IndexedPage("a/", "A", "", [Unit("", "A", [text])])])
    assert {"månad", "mån"} <= set(words_of(index))


def test_a_kind_is_a_letter_and_exercises_have_their_headings_only():
    units = [Unit("", "Öva", ["svar"]), Unit("b", "Prov", ["svar"])]
    pages = [
        IndexedPage("a/", "Öva", "", units),
        IndexedPage("b/", "Annat", "", [Unit("", "Annat", ["text"])]),
    ]
    index = build_index(pages, kinds={"a/": "lär", "a/#b": "ring"})
    assert index["kinds"] == "hb-"
    assert words_of(index)["svar"] == ([1], [], [])


def test_the_script_that_ranks_has_each_kind_at_its_letter_with_a_weight():
    text = (ROOT / "overrides/assets/search-rank.js").read_text(encoding="utf-8")
    kinds = json.loads(re.findall(r"const KINDS = .*\((\[.*\])\)", text)[0])
    assert tuple(kinds) == PAGE_KINDS[3:]
    assert [kind for kind in kinds if f" {kind}: 0." not in text] == []


def test_a_size_is_a_letter():
    texts = ["abborre braxen gädda harr lax mört sik öring", "lax lax sik", "braxen harr"]
    units = [Unit(str(n), "A", [text]) for n, text in enumerate(texts)]
    assert build_index([IndexedPage("a/", "A", "", units)])["sizes"] == "nll"
    assert build_index([])["sizes"] == ""


def test_what_all_rows_of_a_table_say_is_not_what_one_is_about():
    rows = [Unit("x", "Norra länet", is_row=True), Unit("y", "Södra länet", is_row=True)]
    words = words_of(build_index([IndexedPage("a/", "Län", "", [Unit("", "Län"), *rows])]))
    assert words["län"][:2] == ([1, 2], [0]) and words["norra"][:2] == ([], [1])


def test_a_number_on_a_line_of_its_own_is_a_heading():
    units = [Unit("", "Växeln", ["020-390 000", "Öppet 8-16"])]
    words = words_of(build_index([IndexedPage("a/", "Växeln", "", units)]))
    assert words["020390000"] == ([], [0], []) and words["16"] == ([0], [], [])


def test_index_two_numbers_on_lines_of_their_own_are_text():
    units = [Unit("", "Växeln", ["020-390 000", "08-765 43 21"])]
    words = words_of(build_index([IndexedPage("a/", "Växeln", "", units)]))
    assert words["020390000"] == words["087654321"] == ([0], [], [])
