"""A row of the register becomes a figure, or says what is wrong with it and where."""

from __future__ import annotations

import copy
from typing import Any

import pytest
import yaml

from scripts.content.figure_kinds import KINDS, StepFigure, TableFigure, make

ROWS: dict[str, Any] = yaml.safe_load("""\
steg: {kind: steg, title: T, description: D, parts: [{title: P, steps: [
  {when: Nu, title: S, words: "Gör så.[@lagen]", who: Vi, mark: frist, date: beslut}]}]}
tabell: {kind: tabell, title: T, description: D, corner: C, columns: [A, B], rows: [
  {title: R, cells: [{answer: ja, words: Ett}, {words: Två}]}]}
rutor: {kind: rutor, title: T, description: D, groups: [
  {title: G, boxes: [{title: B, words: O}], note: N}]}
staplar: {kind: staplar, title: T, description: D, groups: [
  {title: G, of: alla, bars: [{title: B, fact: nagra}], note: N}]}
karta: {kind: karta, title: T, description: D, page: /prov.md, tiles: [
  {county: skane, letters: M, row: 1, column: 1}]}
tecken: {kind: tecken, title: T, description: D, notes: [N], signs: [
  {icon: papper, title: S, words: O, page: /prov.md}]}
""")


def put(row: dict[str, Any], way: tuple[Any, ...], value: Any) -> dict[str, Any]:
    """Return a copy with ``value`` at the end of ``way``; None takes the field away."""
    changed = inner = copy.deepcopy(row)
    for name in way[:-1]:
        inner = inner[name]
    if value is None:
        del inner[way[-1]]
    else:
        inner[way[-1]] = value
    return changed


@pytest.mark.parametrize("kind", KINDS)
def test_a_right_row_is_a_figure_of_its_kind(kind):
    figure, faults = make("prov", ROWS[kind])
    assert faults == []
    assert type(figure) is KINDS[kind]
    assert figure.title == "T"


def test_lists_become_tuples_of_the_right_kind():
    figure, _ = make("prov", ROWS["steg"])
    assert isinstance(figure, StepFigure)
    step = figure.parts[0].steps[0]
    assert (step.when, step.mark, step.date) == ("Nu", "frist", "beslut")
    table, _ = make("prov", ROWS["tabell"])
    assert isinstance(table, TableFigure)
    assert table.columns == ("A", "B")
    assert [cell.answer for cell in table.rows[0].cells] == ["ja", ""]


PLANTED = [
    ("steg", ("kind",), "tidslinje", "bad-field", ("prov", "kind")),
    ("steg", ("parts",), [], "missing-field", ("prov",)),
    ("steg", ("title",), "T" * 71, "long-text", ("prov", "title")),
    ("tabell", ("rows", 0, "cells", 1, "words"), "o" * 121, "long-text", ("prov", "rows", 0, "cells", 1, "words")),
    ("tabell", ("columns", 1), "o" * 41, "long-text", ("prov", "columns", 1)),
    ("staplar", ("groups", 0, "bars", 0, "value"), 189, "unknown-field", ("prov", "groups", 0, "bars", 0, "value")),
    ("karta", ("tiles", 0, "column"), True, "bad-field", ("prov", "tiles", 0, "column")),
    ("tecken", ("notes", 0), "o" * 421, "long-text", ("prov", "notes", 0)),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "way", "value", "rule", "where"), PLANTED)
def test_each_planted_fault_is_found_alone_and_in_its_place(kind, way, value, rule, where):
    figure, faults = make("prov", put(ROWS[kind], way, value))
    assert figure is None
    assert [(at, found) for at, found, _ in faults] == [(where, rule)]


def test_a_row_that_is_no_mapping_is_a_fault():
    assert make("prov", "steg")[1][0][1] == "bad-field"


def test_what_a_reader_does_not_see_does_not_make_a_text_long():
    words = "o" * 100 + "[@lagen, @en-annan-lag]" + "[länk](/en/lang/adress/som/ingen/ser.md#alls)"
    assert make("prov", put(ROWS["tabell"], ("rows", 0, "cells", 0, "words"), words))[1] == []
