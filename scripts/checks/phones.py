"""Kontrollerar telefonnummer: varje nummer i docs/ och mkdocs.yml är en kontakts, eller ert eget.

Varje rad läses, på alla språk, också det som bara sökningen, bilderna eller proven har. Undantag är
ändringar, som berättar vad som gällde då, och mönster i words.yml för nummer som aldrig ska visas.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Set
from itertools import pairwise
from pathlib import Path, PurePosixPath

import yaml

from scripts.content.contacts import spellings
from scripts.content.content import Content
from scripts.content.fields import LeafValue
from scripts.content.files import AUDIT, DATA
from scripts.content.settings_files import CONFIG, urgent_number
from scripts.content.yaml_file import RegisterFile, read_text
from scripts.core import phone
from scripts.core.findings import ContentError, Finding

SPACES = str.maketrans("\u00a0\u2009\u202f\u2011", "   -")  # those that keep a number on one line
NUMBER_FIELDS = ("phone", "spellings")  # of a contact: the home of its number


def check(content: Content, _: dt.date) -> Iterator[Finding]:
    """Yield each number that is nobody's, and what contacts.yml and words.yml say of none."""
    known = known_numbers(content)
    for shown, text in texts(content):
        for line, number in unknown_numbers(text, known):
            message = (
                f'"{number}" finns inte i contacts.yml. Rätta numret, eller lägg in det där med '
                "den som svarar och källa."
            )
            yield Finding(shown, line, "unknown-phone", message)
    yield from check_typed(content)
    yield from check_spellings(content)
    yield from check_patterns(content, known)


def known_numbers(content: Content) -> set[str]:
    """Return the numbers of contacts and of the publisher, and the short ones that are a fact's
    words (1177 is a name, too), digits only."""
    numbers = {phone.normalize(number) for number in spellings(content.registers.contacts)}
    for _, text in content.publisher.local:
        numbers |= {phone.normalize(number) for number in phone.numbers_in_field(text)}
    for fact in content.registers.facts.values():
        words = (fact.value, *fact.forms.values())
        numbers |= {phone.normalize(text) for text in words if phone.is_short(text)}
    return numbers


def texts(content: Content) -> Iterator[tuple[PurePosixPath, str]]:
    """Yield (file, as findings name it, its text) of all that has numbers. What may have others is
    blanked out: lines stay where they are."""
    for page in content.texts:
        yield page.display_path, page.source
    for name, register in content.files.items():
        for part in register.parts:
            given = content.leaf_values.get(name, ())
            yield part.display_path, without_comments(without_old(part, register, given))
    settings = [docs.parent / CONFIG for docs in content.roots]
    for file in (*audit_files(content), *settings):
        shown = content.display_path(file)
        with contextlib.suppress(ContentError):  # those who read it tell of it
            yield shown, without_comments(read_text(file, shown))


def audit_files(content: Content) -> list[Path]:
    """Return the files of docs/_data/audit/, which ``Content`` doesn't read."""
    folders = (docs / DATA / AUDIT for docs in content.roots)
    return [one for folder in folders for one in sorted(folder.rglob("*.t*")) if one.is_file()]


def without_comments(text: str) -> str:
    """Blank out lines that are comments: no reader sees them."""
    return re.sub(r"^ *#.*$", "", text, flags=re.MULTILINE)


def without_old(file: RegisterFile, register: RegisterFile, given: tuple[LeafValue, ...]) -> str:
    """Return the text of a register's file without the values that may have numbers that are no
    contact's. ``given``: the values of the ``register``, which may have several files."""
    return without_values(file, register, values_with_old(given))


def values_with_old(given: Iterable[LeafValue]) -> list[LeafValue]:
    """Return the values that may have numbers that are no contact's."""
    return [one for one in given if not one.field.phones or one.field.is_regex]


def without_values(file: RegisterFile, register: RegisterFile, values: Iterable[LeafValue]) -> str:
    """Return the text of a register's file with values blanked out; lines stay where they are."""
    text = file.text
    for one in values:
        part, where = register.part(one.where)
        if part.display_path != file.display_path:
            continue
        text = without_node(text, file.node(*where))
    return text


def without_node(text: str, node: yaml.Node) -> str:
    """Return a YAML text with the value of a node blanked out; lines stay where they are."""
    start, end = node.start_mark.index, node.end_mark.index
    return text[:start] + re.sub(r"[^\n]", " ", text[start:end]) + text[end:]


def unknown_numbers(text: str, known: Set[str]) -> Iterator[tuple[int, str]]:
    """Yield (line, number as written) of each number that is not ``known``. A number may go on in
    the next line, in digits of any script."""
    text = re.sub(r"(?![0-9])\d", lambda match: str(unicodedata.digit(match[0])), text)
    rows = text.translate(SPACES).split("\n")
    for number, (row, following) in enumerate(pairwise([*rows, ""]), 1):
        row = row.rstrip()
        found: dict[int, list[str]] = {}  # where a number begins → how it may be read
        for line in (row, f"{row} {following.lstrip()}"):
            for match in phone.numbers_in(line):
                if match.start() < len(row):
                    found.setdefault(match.start(), []).append(match[0])
        for readings in found.values():
            if not any(phone.normalize(one) in known for one in readings):
                yield number, readings[0]


def check_typed(content: Content) -> Iterator[Finding]:
    """Yield each contact's number that is typed in a page or a register: drawn by its macro, it is
    right everywhere when contacts.yml is. In a municipality's site it is a note, as a new national
    contact must not stop its build."""
    severity = "note" if len(content.roots) > 1 else "error"
    keys = {
        phone.normalize(number): key
        for key, contact in content.registers.contacts.items()
        for number in contact.numbers
    }
    own = {
        phone.normalize(number): key
        for key, text in content.publisher.local
        for number in phone.numbers_in_field(text)
        if phone.normalize(number) not in keys
    }
    for docs in content.roots:  # typed as a word: the number at the top of every page
        keys.pop(phone.normalize(urgent_number(docs.parent)), None)
    for shown, text in typed_texts(content):
        for line, number, key in numbers_of_contacts(text, keys):
            message = (
                f'"{number}" har sitt hem i contacts.yml. Skriv [[nummer:{key}]], så rättas det på '
                "ett ställe."
            )
            yield Finding(shown, line, "typed-number", message, severity=severity)
        for line, number, key in numbers_of_contacts(text, own):
            message = (
                f'"{number}" är ert eget nummer, från local i mkdocs.yml. Skriv [[nummer:{key}]], '
                "så rättas det på ett ställe."
            )
            yield Finding(shown, line, "typed-number", message, severity="note")
    for shown, text in settings_texts(content):
        for line, number, key in numbers_of_contacts(text, keys):
            message = (
                f'"{number}" är skrivet för hand, och byts inte när "{key}" i contacts.yml får ett '
                "nytt nummer: då stannar bygget här. Skriv hellre vem läsaren ringer."
            )
            yield Finding(shown, line, "typed-number", message, severity="note")


def numbers_of_contacts(text: str, keys: Mapping[str, str]) -> Iterator[tuple[int, str, str]]:
    """Yield (line, number as written, key of its contact). ``keys``: by number, digits only."""
    for line, row in enumerate(text.split("\n"), 1):
        for match in phone.numbers_in(row):
            key = keys.get(phone.normalize(match[0]))
            if key is not None:
                yield line, match[0], key


def settings_texts(content: Content) -> Iterator[tuple[PurePosixPath, str]]:
    """Yield (file, as findings name it, its text) of each mkdocs.yml without the publisher's own
    numbers, which have their home there. No macro is rendered in it."""
    for docs in content.roots:
        file = docs.parent / CONFIG
        shown = content.display_path(file)
        with contextlib.suppress(ContentError):  # those who read it tell of it
            text = read_text(file, shown)
            local = RegisterFile(shown, text).node("extra", "local")
            yield shown, without_comments(without_node(text, local) if local else text)


def typed_texts(content: Content) -> Iterator[tuple[PurePosixPath, str]]:
    """Yield (file, as findings name it, its text before words are inserted) of pages and registers,
    with the numbers blanked out that have their home there."""
    for page in content.texts:
        shown = page.display_path
        if shown.suffix == ".md":
            yield shown, read_text(content.project / shown, shown)
    for name, register in content.files.items():
        given = content.leaf_values.get(name, ())
        homes = [one for one in given if name == "contacts" and one.where[1] in NUMBER_FIELDS]
        for part in register.parts:
            text = without_values(part, register, [*homes, *values_with_old(given)])
            yield part.display_path, without_comments(text)


def check_spellings(content: Content) -> Iterator[Finding]:
    """Yield ways to write a contact's number that are another number."""
    for key, contact in content.registers.contacts.items():
        for written in contact.spellings:
            if phone.normalize(written) != phone.normalize(contact.phone):
                message = f'"{key}": "{written}" är inte {contact.phone or "kontaktens nummer"}.'
                message += " Skriv samma siffror, eller ta bort raden."
                where = content.location("contacts", key, "spellings")
                yield Finding(*where, "other-number", message)


def check_patterns(content: Content, known: Set[str]) -> Iterator[Finding]:
    """Yield patterns of words.yml that look for the beginning of a number that is nobody's: after
    a change of the number they would find nothing."""
    for one in content.leaf_values.get("words", ()):
        if not one.field.is_regex:
            continue
        for beginning in phone.prefixes_in_pattern(one.value):
            if not any(number.startswith(phone.normalize(beginning)) for number in known):
                where = content.files["words"].location(*one.where)
                message = (
                    f'"{one.label}": mönstret söker ett nummer som börjar {beginning}, och ingen '
                    "kontakt har det. Ändra det till kontaktens nya nummer, eller ta bort raden."
                )
                yield Finding(*where, "unknown-phone", message)
