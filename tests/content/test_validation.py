"""Values against their types; checks/test_registers.py makes each kind of slip in all registers."""

from __future__ import annotations

from typing import Annotated

import pytest

from scripts.content.fields import LABEL, TEXT, Field
from scripts.content.validation import validate
from tests.content.test_fields import Outer

TITLE = {"title": "T"}
FIELDS = "title, when, rows, either, source"


@pytest.mark.parametrize(
    ("record", "where", "rule", "message"),
    [
        ("T", (), "bad-field", '"a": här ska stå rader med "fält: värde".'),
        ({"title": ""}, ("title",), "missing-field", '"a": fältet "title" är tomt.'),
        ({}, ("title",), "missing-field", '"a": fältet "title" saknas.'),
        (TITLE | {"key": "b"}, ("key",), "unknown-field", f'"a": fältet "key" finns inte. Välj bland {FIELDS}.'),
        ({"tilte": "T"}, ("tilte",), "unknown-field", '"a": fältet "tilte" finns inte. Menade du "title"?'),
        ({"title": "Titeln"}, ("title",), "long-text", '"a": title "Titeln" har 6 tecken, högst 5 får plats. Korta det.'),
        ({"title": 112}, ("title",), "bad-field", '"a": title "112" ska vara text. Sätt citattecken om det.'),
        ({"title": ["T"]}, ("title",), "bad-field", '"a": title värdet ska vara text på en rad, ingen lista.'),
        ({"title": [["fakta:x"]]}, ("title",), "bad-field", '"a": title värdet ska vara text. Sätt citattecken om makrot: "[[fakta:nyckel]]".'),
        (TITLE | {"when": "i maj"}, ("when",), "bad-date", '"a": when "i maj" ska vara ett datum: "ÅÅÅÅ", "ÅÅÅÅ-MM" eller "ÅÅÅÅ-MM-DD".'),
        (TITLE | {"rows": {"id": "x"}}, ("rows",), "bad-field", '"a": rows ska vara en lista: [ett, två].'),
        (TITLE | {"rows": [{"id": "x"}]}, ("rows", 0, "text"), "missing-field", '"x": fältet "text" saknas.'),
    ],
)  # fmt: skip
def test_validate_slip_is_one_violation_with_place_and_cure(record, where, rule, message):
    assert validate(dict[str, Outer], {"a": record})[1] == [(("a", *where), rule, message)]


def test_validate_right_record_gives_its_values_and_who_sees_them():
    either = ["x", {"id": "i", "text": "Y"}]
    record = {"title": "T", "when": "2026-02", "either": either, "source": "lag"}
    values, violations = validate(dict[str, Outer], {"a": record})
    assert violations == []
    assert [(v.where[1:], v.field.text_kind, v.field.refers_to, v.label) for v in values] == [
        (("title",), LABEL, "", "a"),
        (("when",), "", "", "a"),
        (("either", 0), "", "", "a"),
        (("either", 1, "id"), "", "", "i"),
        (("either", 1, "text"), TEXT, "", "i"),
        (("source",), "", "sources", "a"),
    ]


@pytest.mark.parametrize("key", ["../x", "A", 7])
def test_validate_key_of_another_form_is_a_violation(key):
    names = Annotated[str, Field(pattern="[a-z]+", pattern_help="bokstäver")]
    (violation,) = validate(dict[names, Outer], {key: TITLE})[1]
    assert (violation.where, violation.rule) == ((key,), "bad-field")


def test_validate_number_that_is_no_choice_names_the_choices():
    kind = dict[str, Annotated[int, Field(choices=(1, 2))]]
    (violation,) = validate(kind, {"a": 3})[1]
    assert violation.message == '"a": "3" ska vara 1 eller 2.'
    assert validate(kind, {"a": 2})[1] == []
