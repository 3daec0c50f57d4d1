"""A telephone number has its home in contacts.yml: other numbers are reported, and typed ones."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from scripts.checks import phones
from scripts.content.content import Content
from tests.conftest import GARDEN, PAGE, Garden, found, page_with

check_docs = partial(found, phones.check)
JOUR = {"jour": {"phone": "08-123 45 67", "spellings": ["08-123 456 7"], "group": ["rad"]}}
CARD = """\
languages: {sv: {name: Svenska, written_by: Ada}, ar: {name: A, written_by: Ada}}
parts:
  - title: {sv: Ring, ar: "-"}
    lines: [{sv: Ring., ar: "%s"}]
"""
# Where a number may stand, what stands there, and its line: as a file of docs/, or mkdocs.yml.
PLACES = {
    "a page": ("b.md", "Ring 08-1.\n\nRing {}.\n", 13),
    "a page in another language": ("b.md", page_with("lang: en\n", "Call {}.\n"), 12),
    "a description": ("b.md", PAGE.replace("att prova på.", "att ringa {} på."), 3),
    "a search word": ("b.md", page_with("searches: {{topp: 'jour, {}'}}\n"), 8),
    "code": ("b.md", "Skriv `{}` i fältet.\n", 11),
    "the card": (
        "_data/card.yml",
        CARD.replace("{", "{{").replace("}", "}}").replace("%s", "{}"),
        4,
    ),
    "a folded text": (
        "_data/glossary.yml",
        "ord:\n  term: Ord\n  text: >-\n    En lång rad.\n    Ring {}.\n",
        5,
    ),
    "synonyms": ("_data/synonyms.yml", 'larma: ["{}"]\n', 1),
    "a word to avoid": (
        "_data/words.yml",
        "always:\n  hjälplinje {}: {{use: jouren, why: fel}}\n",
        2,
    ),
    "questions of the audit": ("_data/audit/queries.tsv", "query\tacceptable\n{}\tb/\n", 2),
    "tasks of the audit": ("_data/audit/tasks.toml", '[[tasks]]\nanswer = "Ring {}"\n', 2),
    "the settings": ("../mkdocs.yml", 'extra:\n  site:\n    urgent: {{text: "Ring {}"}}\n', 3),
}


def told(docs, files):
    """Return the findings but for typed numbers, which have tests of their own."""
    wrong = check_docs(docs({"_data/contacts.yml": JOUR, "a.md": "Ord.\n", **files}))
    return [(f.path.as_posix(), f.line, f.rule) for f in wrong if f.rule != "typed-number"]


def typed(docs, files):
    wrong = check_docs(docs({"_data/contacts.yml": JOUR, "a.md": "Ord.\n", **files}))
    return [(f.path.as_posix(), f.line) for f in wrong if f.rule == "typed-number"]


URGENT = 'extra: {site: {urgent: {number: "081234567"}}}\n'
DOCS_PLACES = [place for place, row in PLACES.items() if "audit" not in row[0] and row[0][0] != "."]


@pytest.mark.parametrize("place", DOCS_PLACES)
def test_contacts_number_typed_in_page_or_register_is_reported(docs, place):
    name, text, line = PLACES[place]
    assert typed(docs, {name: text.format("08-123 45 67")}) == [(f"docs/{name}", line)]


def test_typed_number_is_reported_with_the_macro_to_write(docs):
    files = {"_data/contacts.yml": JOUR, "a.md": "Ring 08-123 456 7.\n"}
    (finding,) = check_docs(docs(files))
    assert finding.rule == "typed-number" and "[[nummer:jour]]" in finding.message


@pytest.mark.parametrize(
    "files",
    [
        {"b.md": "Ring [[nummer:jour]].\n"},
        {"_data/glossary.yml": "ord: {term: Ord, text: 'Ring [[nummer:jour]].'}\n"},
        {"../mkdocs.yml": URGENT, "b.md": "Ring 08-123 45 67.\n"},
    ],
)
def test_macro_or_urgent_number_has_no_finding(docs, files):
    assert typed(docs, files) == []


@pytest.mark.parametrize("place", PLACES)
def test_unknown_number_is_reported_in_every_place(docs, place):
    name, text, line = PLACES[place]
    shown = "mkdocs.yml" if name.startswith("..") else f"docs/{name}"
    assert told(docs, {name: text.format("08-765 43 21")}) == [(shown, line, "unknown-phone")]
    assert told(docs, {name: text.format("08-123 45 67")}) == []


WRITTEN = {
    "with a space that keeps it on one line": "08-123\u00a045\u00a067",
    "over two lines": "08-123\n45 67",
    "in Arabic digits": "٠٨-١٢٣ ٤٥ ٦٧",
    "as the contact's other spelling": "08-123 456 7",
    "before a number of its own": "08-123 45 67\n2. Säg till",
}


@pytest.mark.parametrize("way", WRITTEN)
def test_known_number_in_other_writing_has_no_finding(docs, way):
    assert told(docs, {"b.md": f"1. Ring {WRITTEN[way]} nu.\n"}) == []


@pytest.mark.parametrize("way", [way for way in WRITTEN if "spelling" not in way])
def test_unknown_number_in_other_writing_is_reported(docs, way):
    written = WRITTEN[way].replace("3", "9").replace("٣", "٩")
    wrong = told(docs, {"b.md": f"1. Ring {written} nu.\n"})
    assert wrong == [("docs/b.md", 11, "unknown-phone")]


def test_short_number_is_reported_publishers_own_is_known(docs):
    assert told(docs, {"b.md": "Ring 116 999.\n"}) == [("docs/b.md", 11, "unknown-phone")]
    own = 'extra: {local: {jour: "040-12 34 56, kvällar"}}\n'
    assert told(docs, {"b.md": "Ring 040-12 34 56.\n", "../mkdocs.yml": own}) == []


def test_old_number_in_changes_has_no_finding(docs):
    row = {
        "date": "2026-01-01",
        "title": "Nytt",
        "what": "Numret var 08-765 43 21.",
        "why": "Det byttes.",
    }
    assert (
        told(docs, {"_data/changes.yml": f"nytt: {row}\n".replace("'2026-01-01'", "2026-01-01")})
        == []
    )


def test_number_in_comment_has_no_finding(docs):
    assert told(docs, {"_data/synonyms.yml": "# Förr 08-765 43 21.\nlarma: [ring]\n"}) == []


def test_spelling_with_other_digits_is_reported(docs):
    contacts = {"jour": {**JOUR["jour"], "spellings": ["08-765 43 21"]}}
    assert told(docs, {"_data/contacts.yml": contacts})[0][2] == "other-number"


@pytest.mark.parametrize(("number", "rules"), [("08-12", []), ("08-76", ["unknown-phone"])])
def test_pattern_with_unknown_beginning_is_reported(docs, number, rules):
    words = f"avoid:\n  fara: {{pattern: 'fara.*{number}[\\d ]*', message: fel}}\n"
    assert [rule for *_, rule in told(docs, {"_data/words.yml": words})] == rules


def test_pattern_with_whole_number_has_no_finding(docs):
    words = "avoid:\n  gammalt: {pattern: '08-765 43 21', message: fel}\n"
    assert told(docs, {"_data/words.yml": words}) == []


CONTACTS = {
    key: contact
    for key, contact in Content.read(GARDEN / "docs").registers.contacts.items()
    if contact.phone
}


def lines_with(root: Path, number: str) -> set[tuple[str, int]]:
    """Return (file, line) of each place below a project's docs/ and in its settings that has it."""
    files = [root / "mkdocs.yml", *(root / "docs").rglob("*.*")]
    return {
        (file.relative_to(root).as_posix(), line)
        for file in files
        for line, text in enumerate(file.read_text(encoding="utf-8").split("\n"), 1)
        if number in text
    }


@pytest.mark.parametrize("key", CONTACTS)
def test_changed_number_is_reported_in_every_place_of_the_old(own_garden: Garden, key: str):
    old, data = CONTACTS[key].phone, own_garden.docs / "_data"
    for file, row in {
        "card.yml": f'      - {{sv: "Ring {old}.", en: "Call {old}."}}\n',
        "synonyms.yml": f'hjälp: ["{old}"]\n',
        "audit/queries.tsv": f"act\ttune\t{old}\t/om/kontakt/\n",
        "../../mkdocs.yml": f'\n# ----\nother: "{old}"\n',
    }.items():
        path = data / file
        path.write_text(f"{path.read_text(encoding='utf-8').rstrip()}\n{row}", encoding="utf-8")
    contacts = data / "contacts.yml"
    text = contacts.read_text(encoding="utf-8")
    assert text.count(f"phone: {old}") == 1
    text = text.replace(f"phone: {old}", "phone: 08-999 99 99")
    contacts.write_text(text, encoding="utf-8")
    expected = lines_with(own_garden.root, old)
    assert len(expected) >= 4
    named = {(f.path.as_posix(), f.line) for f in check_docs(own_garden.docs)}
    assert named == expected


# The garden's urgent number has a second home, in the head of every page: mkdocs.yml.
@pytest.mark.parametrize("key", [key for key in CONTACTS if key != "vaxtakuten"])
def test_changed_number_is_changed_on_the_whole_site(own_garden: Garden, key: str):
    old = CONTACTS[key].phone
    contacts = own_garden.docs / "_data/contacts.yml"
    text = contacts.read_text(encoding="utf-8").replace(f"phone: {old}", "phone: 08-999 99 99")
    contacts.write_text(text, encoding="utf-8")
    assert own_garden.build(pdf=False) == 0
    files = [file for file in own_garden.site.rglob("*") if file.is_file()]
    digits = old.replace("-", "").replace(" ", "")
    written = [old.encode(), digits.encode()]
    found = [file.name for file in files if any(one in file.read_bytes() for one in written)]
    assert found == []
    assert any(b"08-999 99 99" in file.read_bytes() for file in files)
