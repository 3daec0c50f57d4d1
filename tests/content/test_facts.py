"""A fact is printed wherever a text names it."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

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


CONTACTS = {
    "jour": {
        "phone": "08-123 45 67",
        "not_for": "Ring [[nummer: sos]] vid fara.",
        "group": ["rad"],
    },
    "sos": {"phone": "112", "group": ["akut"]},
    "brev": {"group": ["rad"]},
}
OWN = "extra: {local: {chef: '040-12 34 56, kvällar', jour: 08-99 99 99}}\n"


def test_a_sentence_says_a_contacts_number(docs):
    files = {
        "_data/contacts.yml": CONTACTS,
        "_data/glossary.yml": "a:\n  term: jour\n  text: >-\n    Ring\n    [[nummer: jour]]\n",
        "a.md": "Ring [[nummer: jour]] nu.\n\n[[nummer: jour,sos]]\n\n[[nummer: jour]]\n",
    }
    content = Content.read(docs(files))
    assert content.faults == ()
    assert content.registers.glossary["a"].text == "Ring 08-123 45 67"
    assert content.registers.contacts["jour"].not_for == "Ring 112 vid fara."
    page = content.pages[PurePosixPath("a.md")]
    assert "Ring 08-123 45 67 nu." in page.body
    assert [row[1:] for row in page.macros()] == [("nummer", "jour,sos"), ("nummer", "jour")]


def test_the_publishers_own_number_is_said_and_goes_first(docs):
    text = "Ring [[nummer: chef]] eller [[nummer: jour]].\n"
    content = Content.read(
        docs({"../mkdocs.yml": OWN, "_data/contacts.yml": CONTACTS, "a.md": text})
    )
    body = content.pages[PurePosixPath("a.md")].body
    assert "Ring 040-12 34 56 eller 08-99 99 99." in body


@pytest.mark.parametrize("key", ["jourr", "brev", "chef"])
def test_a_number_that_is_nobodys_is_told(docs, key):
    text = f"Rad.\n\nRing [[nummer: {key}]] nu.\n"
    content = Content.read(docs({"_data/contacts.yml": CONTACTS, "a.md": text}))
    assert [(str(f.path), f.line, f.rule) for f in content.faults] == [
        ("docs/a.md", 13, "unknown-contact")
    ]
