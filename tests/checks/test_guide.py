"""The guide: every way through it, and what no way may say."""

from __future__ import annotations

import copy
import datetime as dt
from functools import partial
from pathlib import PurePosixPath

import pytest
import yaml

from scripts.checks import guide
from scripts.checks.guide import check_tree
from scripts.content.content import Content
from scripts.content.guide import Guide
from tests.conftest import found
from tests.examples import record

check_docs = partial(found, guide.check)

SMALL = yaml.safe_load("""\
version: "2026-01-01"
start: a
questions:
  a: {title: A, text: T, choices: [{title: Ja, to: x}, {title: Vet inte, to: y}]}
  b: {title: B, text: T, choices: [{title: Ja, to: x}, {title: Vet inte, to: x}]}
outcomes:
  x: {title: X, verdict: nej, text: T, call: [sos], more: [{page: /a.md, page_title: A}]}
  y: {title: Y, verdict: forst, text: T, call: [sos], more: [{page: /a.md, page_title: A}], then: b}
""")


def faults(change) -> list[tuple[str, str]]:
    guide = copy.deepcopy(SMALL)
    change(guide)
    return list(check_tree(record(Guide, **guide)))


def test_guide_in_english_requires_english_choice():
    guide = record(Guide, **SMALL)
    assert {message for _, message in check_tree(guide, "en")} >= {
        'frågan saknar valet "Don\'t know".'
    }
    text = yaml.safe_dump(SMALL, allow_unicode=True).replace("Vet inte", "Don't know")
    assert not any(
        "Don't" in words for _, words in check_tree(record(Guide, **yaml.safe_load(text)), "en")
    )


def put(part, key, field, value):
    return lambda guide: guide[part][key].__setitem__(field, value)


@pytest.mark.parametrize(
    ("change", "at", "words"),
    [
        (put("outcomes", "x", "then", "b"), "x", '"then" ska stå'),
        (put("outcomes", "x", "text", "Ett. Två, 5 kap. 15 §. Tre."), "x", "3 meningar, högst 2"),
        (lambda g: g["outcomes"]["y"].pop("then"), "y", '"then" ska stå'),
        (put("questions", "b", "choices", [{"title": "Ja", "to": "x"}]), "b", "saknar valet"),
        (lambda g: g["questions"]["b"]["choices"][1].update(settles=["x"]), "b", "avgör inget läge"),
        (lambda g: g["questions"]["b"]["choices"][0].update(to="borta"), "b", "som inte finns"),
        (lambda g: g["questions"]["b"]["choices"][0].update(to="a"), "a", "går i ring"),
        (lambda g: g["outcomes"].update(z=copy.deepcopy(g["outcomes"]["x"])), "z", "ingen fråga"),
    ],
)  # fmt: skip
def test_guide_fault_names_its_node(change, at, words):
    found = faults(change)
    assert any(key == at and words in message for key, message in found), found


def test_guide_sound_tree_has_no_finding():
    assert faults(dict) == []


def test_guide_node_is_page_with_place_in_register(docs):
    own = {"last_reviewed_on": dt.date(2026, 1, 2), "description": "Om X."}
    outcomes = SMALL["outcomes"] | {"x": SMALL["outcomes"]["x"] | own}
    text = yaml.safe_dump(SMALL | {"outcomes": outcomes}, sort_keys=False)
    folder = docs({"_data/guide.yml": text, "sok/index.md": "[[vagledning:a]]\n"})
    content = Content.read(folder)
    assert [str(path) for path in content.pages] == [
        *("sok/b.md", "sok/index.md", "sok/x.md", "sok/y.md")
    ]
    first, made, plain = (content.pages[PurePosixPath(f"sok/{n}.md")] for n in ("index", "x", "b"))
    assert (made.title, made.meta.description) == ("X", "Om X.")
    assert str(made.meta.last_reviewed_on) == "2026-01-02"
    assert plain.meta.last_reviewed_on == first.meta.last_reviewed_on
    assert plain.meta.description == "En fråga i vägledningen. B"
    lines = text.split("\n")
    assert [(n, k) for n, _, k in made.macros()] == [(lines.index("  x:") + 1, "x")]
    assert str(made.display_path) == "docs/_data/guide.yml"
    assert content.authored_pages == [first]
    assert check_docs(folder) == []


def test_guide_without_page_or_with_file_in_the_way_is_reported(docs):
    folder = docs({"_data/guide.yml": SMALL})
    assert [f.message for f in check_docs(folder) if "ingen sida har raden" in f.message]
    folder = docs({"sok/index.md": "[[vagledning:a]]\n", "sok/x.md": "Mitt.\n"})
    (told,) = check_docs(folder)
    assert (str(told.path), told.line) == ("docs/sok/x.md", 1) and "Ta bort filen" in told.message
