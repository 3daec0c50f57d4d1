"""A fact is printed wherever a text names it."""

from __future__ import annotations

from pathlib import PurePosixPath

from scripts.content.content import Content
from scripts.content.facts import print_words
from tests.conftest import PAGE

FACTS = "tid:\n  value: 30 dagar\n  forms: {bestamd: 30 dagarna}\n  source: lagen\n"


def test_pages_front_matter_and_registers_say_the_fact(docs):
    page = PAGE.replace("title: Prov", "title: I [[fakta: tid]]") + "De [[fakta: tid.bestamd]].\n"
    words = {"a": {"term": "tid", "text": "Det är [[fakta: tid]]."}}
    content = Content.read(
        docs({"_data/facts.yml": FACTS, "a.md": page, "_data/glossary.yml": words})
    )
    assert content.faults == ()
    own = content.pages[PurePosixPath("a.md")]
    assert own.title == "I 30 dagar" and "De 30 dagarna." in own.source
    assert content.registers.glossary["a"].text == "Det är 30 dagar."
    assert content.facts_named == {"tid"}


def test_lines_stay_where_they_are():
    text, unknown = print_words("a [[fakta: x]]\nb [[fakta:y.z]]\n", {"fakta:y.z": "ord"})
    assert (text, unknown) == ("a [[fakta: x]]\nb ord\n", [(1, "fakta:x")])


def test_a_line_break_inside_the_brackets_is_kept():
    text, _ = print_words("a [[fakta:\n  x]] b\nc [[fakta: x\n]]\n", {"fakta:x": "ord"})
    assert text == "a \n  ord b\nc ord\n\n"
