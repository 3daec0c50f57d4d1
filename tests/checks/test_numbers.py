"""A number in a text has a source, or is a printed fact."""

from __future__ import annotations

from functools import partial

import pytest

from scripts.checks import numbers
from tests.conftest import found, page_with

check_docs = partial(found, numbers.check)
FACTS = 'tid: {value: 30 dagar, forms: {en: 30 days}}\nannan: {value: "17"}\n'
FILES = {"_data/facts.yml": FACTS}
CARD = """\
languages: {{sv: {{name: Svenska, written_by: Ada}}, en: {{name: English, written_by: Ada}}}}
parts:
  - title: {{sv: Tid, en: Time}}
    lines: [{{{line}}}]
"""
WRONG = {
    "a time": ("Det tar 45 dagar.\n", "uncited-number"),
    "in words": ("Det tar tre veckor.\n", "uncited-number"),
    "a range": ("Straffet är 2–10 år.\n", "uncited-number"),
    "a share": ("Det gäller 44 procent.\n", "uncited-number"),
    "a sum": ("Ni får 90 000 kronor.\n", "uncited-number"),
    "an age": ("Barn är under 15 år.\n", "uncited-number"),
    "a day": ("Senast dag 40.\n", "uncited-number"),
    "the next paragraph's source": ("Det tar 45 dagar.\n\nMer.[@lagen]\n", "uncited-number"),
    "a row beside one with a source": ("| A | B |\n|---|---|\n| x | y[@lagen] |\n| z | 45 dagar |\n", "uncited-number"),
}  # fmt: skip
RIGHT = {
    "cited": "Det tar 45 dagar.[@lagen]\n",
    "over two lines": "Det tar 45\ndagar.[@lagen]\n",
    "printed": "Det tar [[fakta:tid]], or [[fakta:tid.en]].\n",
    "the same words": "Det tar 30 dagar.\n",
    "a table that is introduced": "Så är det:[@lagen]\n\n| A | B |\n|---|---|\n| x | 45 dagar |\n",
    "no quantity": "Läs 5 kap. 15 § och 2025:400. Ring dag och natt.\n",
}


def rules(docs, text):
    return [f.rule for f in check_docs(docs({**FILES, "a.md": text})) if f.severity == "error"]


@pytest.mark.parametrize("name", WRONG)
def test_number_without_source_is_reported(docs, name):
    text, rule = WRONG[name]
    assert rules(docs, text) == [rule]


@pytest.mark.parametrize("name", RIGHT)
def test_number_with_source_has_no_finding(docs, name):
    assert rules(docs, RIGHT[name]) == []


@pytest.mark.parametrize("kind", ["lär", "om"])
def test_number_on_exempt_page_has_no_finding(docs, kind):
    assert rules(docs, page_with(f"kind: {kind}\n", "Det tar 45 dagar.\n")) == []


@pytest.mark.parametrize(
    "line", ["sv: Du får 45 dagar., en: Wait.", "sv: Vänta., en: Wait 45 days."]
)
def test_number_on_card_is_reported_in_each_language(docs, line):
    card = CARD.format(line=line)
    findings = check_docs(docs({**FILES, "a.md": "Ord.\n", "_data/card.yml": card}))
    assert [(f.path.name, f.line) for f in findings if f.severity == "error"] == [("card.yml", 4)]


def test_fact_unused_is_noted(docs):
    findings = check_docs(docs({**FILES, "a.md": "[[fakta:tid]]\n"}))
    assert [(f.rule, f.severity, f.line) for f in findings] == [("unused-fact", "note", 2)]
