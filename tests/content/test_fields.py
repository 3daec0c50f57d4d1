from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Annotated

import pytest

from scripts.content.fields import (
    LABEL,
    TEXT,
    Field,
    Iso,
    LeafValue,
    construct,
    is_iso_date,
    validate,
)
from scripts.content.handouts import Handout


@dataclass(frozen=True, kw_only=True)
class Inner:
    id: str
    text: Annotated[str, Field(TEXT)]


@dataclass(frozen=True, kw_only=True)
class Outer:
    title: Annotated[str, Field(LABEL, max_length=5)]
    when: Iso | None = None
    rows: tuple[Inner, ...] = ()
    either: tuple[str | Inner, ...] = ()
    source: Annotated[str, Field(refers_to="sources")] | None = None
    key: Annotated[str, Field(computed=True)] = ""


def faults(value):
    return [
        found for found in validate(dict[str, Outer], value) if not isinstance(found, LeafValue)
    ]


@pytest.mark.parametrize(
    ("value", "where", "rule", "message"),
    [
        ({"a": "T"}, ("a",), "bad-field", '"a": här ska stå rader med "fält: värde".'),
        ({"a": {"title": "T", "source": "<b>x"}}, ("a", "source"), "unsafe-html", '"a": source "<b>x" ska vara ren text, utan HTML.'),
        ({"a": {"title": ""}}, ("a", "title"), "missing-field", '"a": fältet "title" är tomt.'),
        ({"a": {"title": "T", "key": "b"}}, ("a", "key"), "unknown-field", '"a": fältet "key" finns inte. Välj bland title, when, rows, either, source.'),
        ({"a": {}}, ("a", "title"), "missing-field", '"a": fältet "title" saknas.'),
        ({"a": {"title": "Titeln"}}, ("a", "title"), "long-text", '"a": title "Titeln" har 6 tecken, högst 5 får plats. Korta det.'),
        ({"a": {"title": 112}}, ("a", "title"), "bad-field", '"a": title "112" ska vara text. Sätt citattecken om det.'),
        ({"a": {"title": ["T"]}}, ("a", "title"), "bad-field", '"a": title värdet ska vara text på en rad, ingen lista.'),
        ({"a": {"title": "T", "when": "i maj"}}, ("a", "when"), "bad-date", '"a": when "i maj" ska vara ett datum: "ÅÅÅÅ", "ÅÅÅÅ-MM" eller "ÅÅÅÅ-MM-DD".'),
        ({"a": {"title": "T", "rows": {"id": "x"}}}, ("a", "rows"), "bad-field", '"a": rows ska vara en lista: [ett, två].'),
        ({"a": {"title": "T", "rows": [{"id": "x"}]}}, ("a", "rows", 0, "text"), "missing-field", '"x": fältet "text" saknas.'),
        ({"a": {"tilte": "T"}}, ("a", "tilte"), "unknown-field", '"a": fältet "tilte" finns inte. Menade du "title"?'),
        ({"a": {"title": "T", "zzz": 1}}, ("a", "zzz"), "unknown-field", '"a": fältet "zzz" finns inte. Välj bland title, when, rows, either, source.'),
    ],
)  # fmt: skip
def test_field_fault_is_reported_once_with_place_and_cure(value, where, rule, message):
    assert faults(value) == [(where, rule, message)]


def test_what_is_right_gives_its_texts_with_what_they_are_for():
    value = {
        "a": {
            "title": "T",
            "when": "2026-02",
            "either": ["x", {"id": "i", "text": "Y"}],
            "source": "lag",
        }
    }
    given = [found for found in validate(dict[str, Outer], value) if isinstance(found, LeafValue)]
    assert faults(value) == []
    assert [(g.where[1:], g.field.text_kind, g.field.refers_to, g.label) for g in given] == [
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


def test_a_record_is_built_with_its_key_its_lists_and_its_dates_as_text():
    row = {"title": " T\n", "when": dt.date(2026, 1, 2), "rows": [{"id": "i", "text": "Y"}]}
    made = construct(dict[str, Outer], {"a": {**row, "source": None}})
    inner = (Inner(id="i", text="Y"),)
    assert made["a"] == Outer(key="a", title="T", when=Iso("2026-01-02"), rows=inner)


@pytest.mark.parametrize("key", ["../x", "a/b", "A", 'a"b', "", 7])
def test_a_key_is_what_its_type_says(key):
    names = Annotated[str, Field(pattern="[a-z]+", pattern_help="bokstäver")]
    found = validate(dict[names, Outer], {key: {"title": "T"}})
    told = [(where, rule) for where, rule, _ in (f for f in found if isinstance(f, tuple))]
    assert told == [((key,), "bad-field")]


def test_of_numbers_to_choose_among_no_other_is_taken_without_a_word():
    """A sheet's columns are one or two: three were set as one."""
    sheet = {"title": "T", "purpose": "P", "file": "t", "page": "", "form": "blad", "size": 10}
    rows = {"t": {**sheet, "pages": 1, "columns": 3}}
    (fault,) = (f for f in validate(dict[str, Handout], rows) if isinstance(f, tuple))
    assert fault[:2] == (("t", "columns"), "bad-field") and "1 eller 2" in fault[2]
    rows["t"]["columns"] = 2
    assert not [f for f in validate(dict[str, Handout], rows) if isinstance(f, tuple)]
