from __future__ import annotations

import re
from functools import partial

import pytest

from scripts.checks import doubt
from scripts.checks.doubt import MAX_LINE, MAX_OPEN
from tests.conftest import found
from tests.examples import whole

check_docs = partial(found, doubt.check)

QUESTION = (
    "{key}: {{title: Vem, kind: {kind}, {level} text: T, do: {do}, checked: C, "
    "checked_on: '2026-11-26', settles: S, ask: A}}\n"
)
CONTACTS = (
    "stod: {name: Stöd, group: [rad], for_whom: Alla, what_happens: Svar, source: k, "
    "certainty: saker, phone: 020-390 000, spellings: [020-39 00 00]}\n"
)
GUIDE = whole("guide", "outcomes: {nej: {doubt: [vem]}}\nquestions: {}\n")


def question(
    key: str = "vem", kind: str = "osaker", level: str = "level: 1,", do: str = "Fråga."
) -> str:
    return QUESTION.format(key=key, kind=kind, level=level, do=do)


BOX = "[[osakert:vem]]\n"
# Fault → (files, where, the rule).
FAULTS = {
    "level missing": ({"_data/questions.yml": question(level="")}, "docs/_data/questions.yml:1", "missing-level"),
    "level that isn't one": ({"_data/questions.yml": question(level="level: 4,")}, "docs/_data/questions.yml:1", "bad-field"),
    "level in words": ({"_data/questions.yml": question(level="level: hög,")}, "docs/_data/questions.yml:1", "bad-field"),
    "level of what is answered": ({"_data/questions.yml": question("a") + question(kind="besvarad")}, "docs/_data/questions.yml:2", "bad-level"),
    "an act too long to stand open": ({"_data/questions.yml": question(do="x" * (MAX_LINE + 1))}, "docs/_data/questions.yml:1", "long-check-first"),
    "box for what is answered": ({"_data/questions.yml": question(kind="besvarad", level=""), "a.md": BOX}, "docs/a.md:11", "settled-doubt"),
    "guide asks what is answered": ({"_data/questions.yml": question(kind="besvarad", level=""), "_data/guide.yml": GUIDE}, "docs/_data/guide.yml:2", "settled-doubt"),
    "said twice on a page": ({"a.md": BOX + "\n" + BOX}, "docs/a.md:13", "repeated-doubt"),
    "said on two pages": ({"a.md": BOX, "b.md": BOX}, "docs/b.md:11", "repeated-doubt"),
    "a citation against a number": ({"a.md": "Ring 020-390 000[@k] nu.\n"}, "docs/a.md:11", "cite-after-number"),
    "a citation against a bold number": ({"a.md": "Ring **020-390 000**[@k].\n"}, "docs/a.md:11", "cite-after-number"),
    "a citation after a number in a cell": ({"a.md": "| Ring |\n| --- |\n| 020-39 00 00 [@k] |\n"}, "docs/a.md:13", "cite-after-number"),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_doubt_fault_has_its_place(docs, name):
    files, place, rule = FAULTS[name]
    folder = docs({"_data/questions.yml": question(), "_data/contacts.yml": CONTACTS, **files})
    found = list(check_docs(folder))
    assert [(f"{f.path}:{f.line}", f.rule) for f in found] == [(place, rule)], found


def test_doubt_open_boxes_above_limit_are_reported_once(docs):
    keys = [f"q{chr(97 + n)}" for n in range(MAX_OPEN + 2)]
    register = "".join(question(key) for key in keys)
    pages = {f"{key}.md": f"[[osakert:{key}]]\n" for key in keys}
    found = list(check_docs(docs({"_data/questions.yml": register, **pages})))
    assert [(f"{f.path}", f.rule) for f in found] == [("docs/qm.md", "too-many-open-doubts")]


@pytest.mark.parametrize("field", ["settles", "ask"])
def test_doubt_question_without_field_is_reported(docs, field):
    register = re.sub(rf", {field}: [SA]", "", question())
    (fault,) = check_docs(docs({"_data/questions.yml": register}))
    assert fault.rule == "missing-field" and f'"{field}"' in fault.message


def test_doubt_right_page_has_no_finding(docs):
    text = "Ring 020-390 000.[@k] Eller 020-390 000 på dagtid.[@k]\n\n" + BOX
    folder = docs({"_data/questions.yml": question(), "_data/contacts.yml": CONTACTS, "a.md": text})
    assert list(check_docs(folder)) == []
