"""What the types of the registers say; checks/test_registers.py plants each kind of fault in all."""

from __future__ import annotations

import copy
import datetime as dt
from typing import Any

import pytest
import yaml

from scripts.content.card import Card, Language
from scripts.content.fields import construct
from scripts.content.figures import KINDS, BarFigure, validate_figure
from scripts.content.records import register_type
from scripts.content.sources import LawChange
from scripts.content.used_sources import figure_sources
from scripts.content.validation import validate
from tests.examples import filled, record, registers


def faults(name: str, row: Any) -> list[tuple]:
    """Return what is wrong with a register whose one record is ``row``, filled in."""
    value = filled(register_type(name), {"rad": row})
    return validate(register_type(name), value)[1]


@pytest.mark.parametrize(
    ("name", "row", "rules"),
    [
        ("changes", {"pages": ["/betanketid/ansok.md#blankett"]}, []),
        ("changes", {"pages": ["betanketid/ansok.md"]}, ["bad-field"]),
        ("changes", {"pages": ["/betanketid/ansok/"]}, ["bad-field"]),
        ("sources", {"sfs": "2005:716", "url": "https://lagen.nu/2005:716"}, []),
        ("sources", {"sfs": "SFS 2005:716"}, ["bad-field"]),
        ("sources", {"url": "lagen.nu"}, ["bad-field"]),
        ("sources", {"paragraphs": {"1": {"as_of": "2026"}, "2": {"note": "N"}}}, []),
        ("sources", {"paragraphs": {"1": {"as_of": "snart"}}}, ["bad-date"]),
        ("law_read", {"mark": "3f2a9c01", "read_on": "2026-01"}, []),
        ("law_read", {"mark": "Läst"}, ["bad-field"]),
        ("sources", {"paragraphs": {"1": {"amended_by": "2025:9"}}}, ["unknown-field"]),  # the text says
        ("sources", {"place": "5 kap. 1 §"}, ["unknown-field"]),  # the build makes it
        ("law_changes", {"affects": [], "sources": []}, []),
        ("handouts", {"page": ""}, []),  # the start page
        ("handouts", {"size": 9.5, "sections": ["a/", {"section": "b/#x", "without": ["y"]}, ["c/", "d/"]]}, []),
        ("handouts", {"sections": [{"section": 1}]}, ["bad-field"]),
    ],
)  # fmt: skip
def test_field_value_of_another_form_is_a_violation(name, row, rules):
    assert [rule for _, rule, _ in faults(name, row)] == rules


def test_pattern_that_is_no_regular_expression_is_reported():
    kind = register_type("words")
    (violation,) = validate(kind, filled(kind, {"avoid": {"a": {"pattern": "("}}}))[1]
    assert violation.rule == "bad-pattern"


def test_fact_has_one_source_several_or_none():
    rows = {"a": {"source": "lagen"}, "b": {"source": ["lagen", "boken"]}, "c": {}}
    facts = registers(facts=rows).facts
    assert [fact.sources for fact in facts.values()] == [("lagen",), ("lagen", "boken"), ()]


def test_law_change_uses_sources_and_names_affected_statutes():
    change = filled(LawChange, {"affects": ["utl"], "sources": ["prop"]})
    values = [v for v in validate(LawChange, change)[0] if v.field.refers_to == "sources"]
    assert [(v.value, v.field.counts_as_use) for v in values] == [("utl", False), ("prop", True)]


def put(row: Any, way: tuple[Any, ...], value: Any) -> Any:
    """Return a copy with ``value`` at the end of ``way``."""
    changed = inner = copy.deepcopy(row)
    for name in way[:-1]:
        inner = inner[name]
    inner[way[-1]] = value
    return changed


CHECKED = {"translated_by": "A", "checked_by": "B", "checked_on": dt.date(2026, 11, 1)}
LINES = [{"sv": "R", "xx": "r"}, {"sv": "S", "xx": "s"}]
PARTS = [
    {"title": {"sv": "Ett", "xx": "Un"}, "lines": LINES},
    {"title": {"sv": "Två", "xx": "Deux"}, "lines": [{"sv": "T", "xx": "t"}]},
]


def made(parts: Any = PARTS, **fields: Any) -> Card:
    """A card whose language has all its stamps, as an editor has pasted them for ``fields``, but
    for rows that are others now: ``parts``."""
    given = {**CHECKED, **fields}
    language = record(Language, key="xx", **given)
    rows = record(Card, languages={}, parts=PARTS).rows()
    stamps = " ".join(language.review_hash(texts) for _, _, texts in rows)
    return record(Card, languages={"xx": {"checked": stamps, **given}}, parts=parts)


@pytest.mark.parametrize(
    ("fields", "seen"),
    [
        ({}, True),
        ({"checked": ""}, False),
        ({"checked_by": ""}, False),
        ({"checked_on": None}, False),
        ({"checked_by": "A"}, False),  # the translator
        ({"checked_by": "C"}, True),
        ({"checked_by": "A", "written_by": "Vi"}, True),
    ],
)
def test_language_shown_only_when_another_than_its_translator_has_read_it(fields, seen):
    """Every row has a stamp of these very fields: nothing else takes the language off."""
    assert [language.key for language in made(**fields).published_languages] == (
        ["xx"] if seen else []
    )


@pytest.mark.parametrize(
    "fields", [{"checked_by": "C"}, {"checked_on": dt.date(2026, 11, 2)}], ids=["reader", "day"]
)
def test_stamp_of_another_reader_or_day_is_another(fields):
    before = record(Language, key="xx", **CHECKED)
    assert record(Language, key="xx", **{**CHECKED, **fields}).review_hash(
        {}
    ) != before.review_hash({})


@pytest.mark.parametrize(("code", "text"), [("sv", "En annan"), ("xx", "une autre")])
def test_card_changed_row_hides_its_language(code, text):
    changed = put(PARTS, (0, "lines", 1, code), text)
    card = made(changed)
    assert (
        card.unreviewed_rows(card.languages["xx"]) == [(("parts", 0, "lines", 1), 2)]
        and not card.published_languages
    )
    spaced = put(PARTS, (0, "lines", 1, code), f" {LINES[1][code]}\n")
    assert made(spaced).published_languages, "space is no other text"


def test_card_row_numbers_run_through_parts():
    assert [number for _, number, _ in made().rows()] == [0, 1, 2, 0, 3]


FIGURES: dict[str, Any] = yaml.safe_load("""\
steg: {kind: steg, parts: [{title: P, steps: [{when: Nu, title: S, words: "Gör så.[@lagen]"}]}]}
tabell: {kind: tabell, columns: [A, B], rows: [{title: R, cells: [{answer: ja, words: Ett}, {words: Två}]}]}
rutor: {kind: rutor, groups: [{title: G, boxes: [{title: B, words: O}], note: N}]}
staplar: {kind: staplar, groups: [{title: G, of: alla, bars: [{title: B, fact: nagra}], note: N}]}
tecken: {kind: tecken, signs: [{icon: papper, title: S}]}
""")
OTHERS = registers(
    facts={k: {"value": "9", "source": "talen"} for k in ("alla", "nagra")},
    figures=FIGURES,
)


@pytest.mark.parametrize("kind", KINDS)
def test_figure_is_of_its_kind_and_adds_up(kind):
    figure = OTHERS.figures[kind]
    assert type(figure) is KINDS[kind] and figure.key == kind
    assert list(validate_figure(figure, OTHERS.facts)) == []


@pytest.mark.parametrize(
    ("kind", "way", "value", "rule"),
    [
        ("steg", ("kind",), "tidslinje", "bad-field"),
        ("steg", ("title",), "T" * 71, "long-text"),
        ("tabell", ("rows", 0, "cells", 1, "words"), "o" * 121, "long-text"),
        ("tabell", ("columns", 1), "o" * 41, "long-text"),
        ("staplar", ("groups", 0, "bars", 0, "value"), 189, "unknown-field"),
    ],
)
def test_figure_fault_is_one_violation_in_its_place(kind, way, value, rule):
    assert [(at, one) for at, one, _ in faults("figures", put(FIGURES[kind], way, value))] == [
        (("rad", *way), rule)
    ]


def test_text_length_counts_what_readers_see():
    words = "o" * 100 + "[@lagen, @en-annan-lag]" + "[länk](/en/lang/adress/som/ingen/ser.md#alls)"
    assert faults("figures", put(FIGURES["tabell"], ("rows", 0, "cells", 0, "words"), words)) == []


@pytest.mark.parametrize(
    ("kind", "way", "value", "rule"),
    [
        ("staplar", ("groups", 0, "of"), "all", "unknown-fact"),
        ("tabell", ("columns",), ["A"], "bad-row"),
        ("steg", ("parts", 0, "steps", 0, "days"), "alla", "unknown-fact"),
    ],
)
def test_figure_that_does_not_add_up_is_reported(kind, way, value, rule):
    changed = filled(register_type("figures"), {kind: put(FIGURES[kind], way, value)})
    figure = construct(register_type("figures"), changed)[kind]
    found = validate_figure(figure, OTHERS.facts)
    assert rule in [fault[1] for fault in found]


def test_figure_sources_are_cited_and_of_its_facts():
    found = {key: set(figure_sources(OTHERS, key)) for key in ("steg", "staplar", "borta")}
    assert found == {"steg": {"lagen"}, "staplar": {"talen"}, "borta": set()}
    bars = OTHERS.figures["staplar"]
    assert isinstance(bars, BarFigure) and bars.fact_keys == ["nagra", "alla"]
