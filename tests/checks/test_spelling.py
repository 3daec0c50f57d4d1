from __future__ import annotations

import pytest

from scripts.checks import spelling
from scripts.checks.spelling import swedish
from scripts.content.content import Content
from tests.conftest import TODAY, command

pytestmark = pytest.mark.slow

main = command("spelling")
FRONT = """\
---
title: Prov
description: En sida.
lang: {lang}
---
"""


@pytest.fixture(scope="module")
def words():
    return swedish()


def found(words, folder) -> list[tuple[str, int, str]]:
    notes = list(spelling.check(Content.read(folder), TODAY, words))
    assert {note.severity for note in notes} <= {"note"}
    return [(str(note.path), note.line, note.message.split('"')[1]) for note in notes]


def test_a_misspelt_word_is_told_with_its_line_and_what_was_meant(docs, words):
    folder = docs({"a.md": "Ring **socialnämmden** idag.\n\nEn människohandelsutredning pågår.\n"})
    assert found(words, folder) == [("docs/a.md", 11, "socialnämmden")]
    (note,) = spelling.check(Content.read(folder), TODAY, words)
    assert "Menade du socialnämnden" in note.message


@pytest.mark.parametrize(
    "text",
    [
        "Nämndens beslut, se kvinno- och tjejjouren.",
        "Läs 5 kap. 15 § och bet2025 på exempel.se.",
        "`socialnämmden` i kod, och [länk](https://socialnämmden.example/).",
        "NSPM:s webbplats, SoL:s regler och Talitas jour-boende.",
    ],
)
def test_right_words_addresses_and_code_are_not_told(docs, words, text):
    folder = docs({
        "a.md": text,
        "_data/spelling.txt": "# Namn\nTalitas  # en organisation\n",
        "_data/glossary.yml": "nspm: {term: NSPM, text: En enhet.}\nsol: {term: lagen, abbr: SoL, text: En lag.}\n",
    })  # fmt: skip
    assert found(words, folder) == []


def test_names_of_contacts_and_publishers_are_known(docs, words):
    folder = docs({
        "a.md": "Ring Krukmakarna. Läs Blåbärsverkert.",
        "_data/contacts.yml": "k: {name: Krukmakarna Zzyx}\n",
        "_data/sources.yml": "s: {title: T, publisher: Blåbärsverkert}\n",
    })  # fmt: skip
    assert {word for path, _, word in found(words, folder) if path == "docs/a.md"} == set()


def test_a_page_in_another_language_is_not_read(docs, words):
    text = "Socialnämmden decides.\n"
    folder = docs(
        {"en.md": FRONT.format(lang="en") + text, "sv.md": FRONT.format(lang="sv") + text}
    )
    assert {path for path, _, _ in found(words, folder)} == {"docs/sv.md"}


def test_it_never_fails_and_says_what_it_needs(docs, capsys, monkeypatch):
    folder = str(docs({"a.md": "Ring socialnämmden."}))
    assert main([folder]) == 0
    assert "socialnämmden" in capsys.readouterr().out
    monkeypatch.setattr(spelling, "swedish", lambda: None)
    assert main([folder]) == 2
    assert "test.py" in capsys.readouterr().err
