"""Words of facts and telephone numbers are inserted in pages and in registers of plain YAML."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from scripts.content.content import Content
from scripts.content.facts import insert_in_page, insert_words, unknown_in_page
from tests.conftest import PAGE

FACTS = "tid:\n  value: 30 dagar\n  forms: {bestamd: 30 dagarna}\n  source: lagen\n"
WORDS = {"fakta:y.z": "ord", "nummer:sos": "112"}


def test_fact_in_page_and_register_becomes_its_words(docs):
    page = PAGE.replace("title: Prov", "title: I [[fakta:tid]]") + "De [[fakta:tid.bestamd]].\n"
    glossary = "a:\n  term: tid\n  text: Det är [[fakta:tid]].\n"
    files = {"_data/facts.yml": FACTS, "a.md": page, "_data/glossary.yml": glossary}
    content = Content.read(docs(files))
    assert content.faults == ()
    own = content.pages[PurePosixPath("a.md")]
    assert own.title == "I 30 dagar" and "De 30 dagarna." in own.source
    assert content.registers.glossary["a"].text == "Det är 30 dagar."
    assert content.facts_used == {"tid"}


@pytest.mark.parametrize("text", ["a [[fakta:y.z]]", "a [[fakta: y.z]]"])
def test_macro_with_or_without_space_becomes_its_words(text):
    assert insert_words(text, WORDS) == "a ord"


def test_number_alone_on_a_line_of_a_page_stays_a_macro():
    text = "Ring [[nummer:sos]].\n\n  [[nummer:sos]]\n"
    assert insert_in_page(text, WORDS) == "Ring 112.\n\n  [[nummer:sos]]\n"


def test_unknown_fact_in_page_has_its_line():
    assert list(unknown_in_page("a [[fakta:y.z]]\nb [[fakta:x]]\n", WORDS)) == [(2, "fakta:x")]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("text: I [[fakta:tidd]].", 4),
        ("text: >-\n    Ett.\n    I [[fakta: tidd]].", 6),
    ],
)
def test_unknown_fact_in_register_has_its_line(docs, text, line):
    glossary = f"# Ord\na:\n  term: tid\n  {text}\n"
    content = Content.read(docs({"_data/facts.yml": FACTS, "_data/glossary.yml": glossary}))
    (fault,) = content.faults
    assert (str(fault.path), fault.line) == ("docs/_data/glossary.yml", line)
    assert fault.rule == "unknown-fact" and 'Menade du "tid"?' in fault.message


@pytest.mark.parametrize(
    ("text", "cure"),
    [
        ("text: I [[fakta: tid]].", "Sätt citattecken om värdet"),
        ("text: [[fakta:tid]] räcker", "sätt citattecken"),
        ("text: [[fakta:tid]]", 'Sätt citattecken om makrot: "[[fakta:nyckel]]"'),
    ],
)
def test_macro_that_yaml_cannot_read_has_its_line_and_cure(docs, text, cure):
    glossary = f"a:\n  term: tid\n  {text}\n"
    content = Content.read(docs({"_data/facts.yml": FACTS, "_data/glossary.yml": glossary}))
    (fault,) = content.faults
    assert (str(fault.path), fault.line) == ("docs/_data/glossary.yml", 3)
    assert cure in fault.message


CONTACTS = {
    "jour": {
        "phone": "08-123 45 67",
        "not_for": "Ring [[nummer:sos]] vid fara.",
        "group": ["rad"],
    },
    "sos": {"phone": "112", "group": ["akut"]},
    "brev": {"group": ["rad"]},
}
OWN = "extra: {local: {chef: '040-12 34 56, kvällar', jour: 08-99 99 99}}\n"


def test_number_in_a_sentence_becomes_the_contacts(docs):
    files = {
        "_data/contacts.yml": CONTACTS,
        "_data/glossary.yml": "a:\n  term: jour\n  text: >-\n    Ring\n    [[nummer:jour]]\n",
        "a.md": "Ring [[nummer:jour]] nu.\n\n[[nummer:jour,sos]]\n\n[[nummer:jour]]\n",
    }
    content = Content.read(docs(files))
    assert content.faults == ()
    assert content.registers.glossary["a"].text == "Ring 08-123 45 67"
    assert content.registers.contacts["jour"].not_for == "Ring 112 vid fara."
    page = content.pages[PurePosixPath("a.md")]
    assert "Ring 08-123 45 67 nu." in page.body
    assert [row[1:] for row in page.macros()] == [("nummer", "jour,sos"), ("nummer", "jour")]


def test_publishers_own_number_goes_before_the_contacts(docs):
    text = "Ring [[nummer:chef]] eller [[nummer:jour]].\n"
    content = Content.read(
        docs({"../mkdocs.yml": OWN, "_data/contacts.yml": CONTACTS, "a.md": text})
    )
    body = content.pages[PurePosixPath("a.md")].body
    assert "Ring 040-12 34 56 eller 08-99 99 99." in body


def test_publishers_own_number_without_digits_has_its_own_cure(docs):
    """A slip in the key under local must not be proposed as the right one."""
    settings = 'extra: {site: {numbers: {chef: {text: Chef}}}, local: {cheff: "040-12 34 56"}}\n'
    files = {"../mkdocs.yml": settings, "a.md": "Ring [[nummer:chef]] nu.\n"}
    (fault,) = Content.read(docs({"_data/contacts.yml": CONTACTS, **files})).faults
    assert fault.rule == "unknown-contact" and "i mkdocs.yml, under local." in fault.message


@pytest.mark.parametrize("key", ["jourr", "brev", "chef"])
def test_number_that_is_nobodys_is_reported(docs, key):
    text = f"Rad.\n\nRing [[nummer:{key}]] nu.\n"
    content = Content.read(docs({"_data/contacts.yml": CONTACTS, "a.md": text}))
    assert [(str(f.path), f.line, f.rule) for f in content.faults] == [
        ("docs/a.md", 13, "unknown-contact")
    ]
