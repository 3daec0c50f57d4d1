"""The guide: every way through it, and what no way may say."""

from __future__ import annotations

import copy
from functools import partial

import pytest
import yaml

from scripts.checks import guide
from scripts.checks.guide import check_guide
from scripts.content.guide import Guide
from tests.conftest import found
from tests.examples import record

check_docs = partial(found, guide.check)

SMALL = yaml.safe_load("""\
start: a
conditions: K
child: B
child_short: S
questions:
  a: {title: A, text: T, choices: [{title: Ja, to: x}, {title: Vet inte, to: y}]}
  b: {title: B, text: T, choices: [{title: Ja, to: x}, {title: Vet inte, to: x}]}
outcomes:
  x: {title: X, verdict: nej, why: [V], do: [G], call: [sos], more: [{page: /a.md, page_title: A}]}
  y: {title: Y, verdict: forst, why: [V], do: [G], call: [sos], more: [{page: /a.md, page_title: A}], then: b}
""")


def faults(change) -> list[tuple[str, str]]:
    guide = copy.deepcopy(SMALL)
    change(guide)
    return list(check_guide(record(Guide, **guide)))


def put(part, key, field, value):
    return lambda guide: guide[part][key].__setitem__(field, value)


@pytest.mark.parametrize(
    ("change", "at", "words"),
    [
        (put("outcomes", "x", "then", "b"), "x", '"then" ska stå'),
        (lambda g: g["outcomes"]["y"].pop("then"), "y", '"then" ska stå'),
        (put("questions", "b", "choices", [{"title": "Ja", "to": "x"}]), "b", "saknar valet"),
        (lambda g: g["questions"]["b"]["choices"][0].update(to="borta"), "b", "som inte finns"),
        (lambda g: g["questions"]["b"]["choices"][0].update(to="a"), "a", "går i ring"),
        (lambda g: g["outcomes"].update(z=copy.deepcopy(g["outcomes"]["x"])), "z", "ingen fråga"),
    ],
)  # fmt: skip
def test_a_fault_of_the_tree_is_named(change, at, words):
    found = faults(change)
    assert any(key == at and words in message for key, message in found), found


def test_a_sound_tree_has_no_fault():
    assert faults(dict) == []


def test_pages_and_titles_are_checked(docs):
    folder = docs(
        {
            "_data/guide.yml": SMALL,
            "betanketid/vagledning/index.md": "[[vagledning: a]]\n",
            "betanketid/vagledning/b.md": "[[vagledning: x]]\n",
            "betanketid/vagledning/x.md": "[[vagledning: x]]\n",
        }
    )
    messages = sorted(finding.message for finding in check_docs(folder))
    assert any("vagledning/y.md finns inte" in m for m in messages)
    assert any('ska ha raden "[[vagledning: b]]"' in m for m in messages)
    assert any('vagledning/x.md heter "Prov"' in m for m in messages)
