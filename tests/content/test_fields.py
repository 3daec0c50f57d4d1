from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Annotated

import pytest

from scripts.content.fields import LABEL, TEXT, Field, Given, Iso, build, is_iso_date, shown, walk
from scripts.content.yaml_file import compose


@dataclass(frozen=True, kw_only=True)
class Inner:
    id: str
    text: Annotated[str, Field(TEXT)]


@dataclass(frozen=True, kw_only=True)
class Outer:
    title: Annotated[str, Field(LABEL, most=5)]
    when: Annotated[Iso, Field(also=("okant",))] = "2026"
    rows: list[Inner] | None = None
    either: list[str | Inner] | None = None
    source: Annotated[str, Field(refers="sources")] | None = None


def faults(value):
    return [found for found in walk(dict[str, Outer], value) if not isinstance(found, Given)]


@pytest.mark.parametrize(
    ("value", "where", "rule", "message"),
    [
        ({"a": "T"}, ("a",), "bad-field", '"a": här ska stå rader med "fält: värde".'),
        ({"a": {}}, ("a",), "missing-field", '"a": fältet "title" saknas.'),
        ({"a": {"title": "T", "source": "<b>x"}}, ("a", "source"), "unsafe-html", '"a": source "<b>x" ska vara ren text, utan HTML.'),
        ({"a": {"title": "Titeln"}}, ("a", "title"), "long-text", '"a": title "Titeln" har 6 tecken, högst 5 får plats.'),
        ({"a": {"title": 112}}, ("a", "title"), "bad-field", '"a": title "112" ska vara text. Sätt citattecken om det.'),
        ({"a": {"title": "T", "when": "i maj"}}, ("a", "when"), "bad-date", '"a": when "i maj" ska vara ett datum: "ÅÅÅÅ", "ÅÅÅÅ-MM" eller "ÅÅÅÅ-MM-DD".'),
        ({"a": {"title": "T", "rows": {"id": "x"}}}, ("a", "rows"), "bad-field", '"a": rows ska vara en lista: [ett, två].'),
        ({"a": {"title": "T", "rows": [{"id": "x"}]}}, ("a", "rows", 0), "missing-field", '"x": fältet "text" saknas.'),
        ({"a": {"tilte": "T"}}, ("a", "tilte"), "unknown-field", '"a": fältet "tilte" finns inte. Menade du "title"?'),
        ({"a": {"title": "T", "zzz": 1}}, ("a", "zzz"), "unknown-field", '"a": fältet "zzz" finns inte. Välj bland title, when, rows, either, source.'),
    ],
)  # fmt: skip
def test_a_fault_is_told_once_with_its_place_and_its_cure(value, where, rule, message):
    assert faults(value) == [(where, rule, message)]


def test_what_is_right_gives_its_texts_with_what_they_are_for():
    value = {
        "a": {
            "title": "T",
            "when": "okant",
            "either": ["x", {"id": "i", "text": "Y"}],
            "source": "lag",
        }
    }
    given = [found for found in walk(dict[str, Outer], value) if isinstance(found, Given)]
    assert faults(value) == []
    assert [(g.where[1:], g.field.seen, g.field.refers, g.label) for g in given] == [
        (("title",), LABEL, "", "a"),
        (("when",), "", "", "a"),
        (("either", 0), "", "", "a"),
        (("either", 1, "id"), "", "", "i"),
        (("either", 1, "text"), TEXT, "", "i"),
        (("source",), "", "sources", "a"),
    ]


@pytest.mark.parametrize(
    ("value", "right"),
    [
        ("2026", True), ("2026-02", True), ("2026-02-28", True), (2026, True),
        (dt.date(2026, 1, 1), True), ("2026-13", False), ("2026-02-30", False), ("0001", False),
        (dt.date(9999, 1, 1), False), ("i maj", False), (True, False), (None, False),
    ],
)  # fmt: skip
def test_iso_dates_in_a_sensible_range(value, right):
    assert is_iso_date(value) is right


def test_only_what_readers_see_is_shown():
    node = compose("a:\n  title: T\n  source: x\n  rows:\n    - {id: i, text: Y}\n")
    assert [(f.seen, n.value) for f, n in shown(dict[str, Outer], node)] == [
        (LABEL, "T"),
        (TEXT, "Y"),
    ]


def test_a_record_can_be_built():
    made = build(Outer, {"title": "T", "rows": [{"id": "i", "text": "Y"}], "source": None})
    assert made == Outer(title="T", rows=(Inner(id="i", text="Y"),))


@pytest.mark.parametrize("key", ["../x", "a/b", "A", 'a"b', "", 7])
def test_a_key_is_what_its_type_says(key):
    names = Annotated[str, Field(like="[a-z]+", form="bokstäver")]
    told = [
        found
        for found in walk(dict[names, Outer], {key: {"title": "T"}})
        if isinstance(found, tuple)
    ]
    assert [(where, rule) for where, rule, _ in told] == [((key,), "bad-field")]
