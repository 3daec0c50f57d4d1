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

from scripts.content.contacts import contacts_by_number
from scripts.content.content import Content
from scripts.content.fields import LeafValue
from scripts.content.files import AUDIT, DATA
from scripts.content.settings_files import CONFIG
from scripts.content.yaml_file import RegisterFile, read_text
from scripts.core import phone
from scripts.core.findings import ContentError, Finding

SPACES = str.maketrans("\u00a0\u2009\u202f\u2011", "   -")  # no-break spaces and hyphen, to plain
NUMBER_FIELDS = ("phone", "spellings")  # fields of a contact that define its number


def check(content: Content, _: dt.date) -> Iterator[Finding]:
    """Yield a finding for each number that no contact has, each contact's number that is typed
    instead of its macro, and each spelling or pattern that belongs to no contact's number."""
    known = known_numbers(content)
    for path, text in texts_with_numbers(content):
        for line, number in unknown_numbers(text, known):
            message = (
                f'"{number}" finns inte i contacts.yml. Rätta numret, eller lägg in det där med '
                "den som svarar och källa."
            )
            yield Finding(path, line, "unknown-phone", message)
    yield from check_typed_numbers(content)
    yield from check_spellings(content)
    yield from check_patterns(content, known)


def known_numbers(content: Content) -> set[str]:
    """Return the normalized numbers of contacts and of the publisher, and the short numbers that
    are facts (1177 is a name, too)."""
    numbers = {phone.normalize(number) for number in contacts_by_number(content.registers.contacts)}
    for _, text in content.publisher.local:
        numbers |= {phone.normalize(number) for number in phone.numbers_in_field(text)}
    for fact in content.registers.facts.values():
        for text in (fact.value, *fact.forms.values()):
            if phone.is_short(text):
                numbers.add(phone.normalize(text))
    return numbers


def texts_with_numbers(content: Content) -> Iterator[tuple[PurePosixPath, str]]:
    """Yield (file as findings name it, its text) for each file whose numbers must be known: pages,
    registers, files of the audit, and mkdocs.yml. In all but pages, comments are blanked out, and
    in registers also the values with unchecked numbers; lines keep their numbers."""
    for page in content.pages_and_supplements:
        yield page.display_path, page.source
    for name, register in content.files.items():
        for part in register.parts:
            unchecked = values_with_unchecked_numbers(content.leaf_values.get(name, ()))
            yield part.display_path, without_comments(without_values(part, register, unchecked))
    settings = [docs.parent / CONFIG for docs in content.roots]
    for file in (*audit_files(content), *settings):
        path = content.display_path(file)
        with contextlib.suppress(ContentError):  # its reader reports a file that can't be read
            yield path, without_comments(read_text(file, path))


def audit_files(content: Content) -> list[Path]:
    """Return the text files of docs/_data/audit/, which ``Content`` doesn't read."""
    files: list[Path] = []
    for docs in content.roots:
        folder = docs / DATA / AUDIT
        text_files = sorted(folder.rglob("*.t*"))  # .toml, .tsv and .txt
        files += [file for file in text_files if file.is_file()]
    return files


def without_comments(text: str) -> str:
    """Return the text of a YAML or TOML file with comment lines made empty."""
    return re.sub(r"^ *#.*$", "", text, flags=re.MULTILINE)


def values_with_unchecked_numbers(values: Iterable[LeafValue]) -> list[LeafValue]:
    """Return the values in which a telephone number needn't be a contact's: of fields that aren't
    checked, such as hashes and URLs, and regular expressions, such as patterns of old numbers."""
    return [value for value in values if not value.field.known_phones_only or value.field.is_regex]


def without_values(file: RegisterFile, register: RegisterFile, values: Iterable[LeafValue]) -> str:
    """Return the text of ``file``, one of the files of ``register``, with ``values`` replaced by
    spaces; lines keep their numbers."""
    text = file.text
    for value in values:
        part, where = register.part(value.where)
        if part.display_path != file.display_path:
            continue
        node = file.node(*where)
        start = node.start_mark.index
        end = node.end_mark.index
        text = text[:start] + re.sub(r"[^\n]", " ", text[start:end]) + text[end:]
    return text


def unknown_numbers(text: str, known: Set[str]) -> Iterator[tuple[int, str]]:
    """Yield (line from 1, number as written) of each number that is not ``known``. Digits of any
    script count. A number at the end of a line may continue on the next one: such a number is
    unknown only if neither its part on the line nor the whole number is ``known``.

    ``known``: normalized numbers.
    """
    # "٠٨" → "08"
    text = re.sub(r"(?![0-9])\d", lambda match: str(unicodedata.digit(match[0])), text)
    rows = text.translate(SPACES).split("\n")
    for number, (row, following) in enumerate(pairwise([*rows, ""]), 1):
        row = row.rstrip()
        readings_by_start: dict[int, list[str]] = {}  # column → the number, alone and continued
        for searched in (row, f"{row} {following.lstrip()}"):
            for match in phone.numbers_in(searched):
                if match.start() < len(row):  # else it begins on the next line
                    readings_by_start.setdefault(match.start(), []).append(match[0])
        for readings in readings_by_start.values():
            if not any(phone.normalize(reading) in known for reading in readings):
                yield number, readings[0]


def check_typed_numbers(content: Content) -> Iterator[Finding]:
    """Yield a finding for each contact's number that is typed in a page or register instead of the
    macro [[nummer:KEY]]. In a municipality's site the finding is a note: a new national contact
    must not stop the municipality's build."""
    severity = "note" if len(content.roots) > 1 else "error"
    keys_by_number: dict[str, str] = {}  # normalized number → key of its contact
    for key, contact in content.registers.contacts.items():
        for number in contact.numbers:
            keys_by_number[phone.normalize(number)] = key
    # the urgent number, which heads every page, may be typed
    keys_by_number.pop(phone.normalize(content.publisher.urgent), None)
    for path, text in texts_that_need_macros(content):
        for line, number, key in numbers_of_contacts(text, keys_by_number):
            message = (
                f'"{number}" har sitt hem i contacts.yml. Skriv [[nummer:{key}]], så rättas det på '
                "ett ställe."
            )
            yield Finding(path, line, "typed-number", message, severity=severity)


def numbers_of_contacts(
    text: str, keys_by_number: Mapping[str, str]
) -> Iterator[tuple[int, str, str]]:
    """Yield (line from 1, number as written, key of its contact) for each contact's number in a
    text.

    ``keys_by_number``: normalized number → key of its contact.
    """
    for line, row in enumerate(text.split("\n"), 1):
        for match in phone.numbers_in(row):
            key = keys_by_number.get(phone.normalize(match[0]))
            if key is not None:
                yield line, match[0], key


def texts_that_need_macros(content: Content) -> Iterator[tuple[PurePosixPath, str]]:
    """Yield (file as findings name it, its text before macros are replaced) of pages and registers,
    in which a contact's number must be a macro. Values in which a number may be typed are blanked
    out: those with unchecked numbers, and the fields of contacts.yml that define numbers."""
    for page in content.pages_and_supplements:
        path = page.display_path
        yield path, read_text(content.project / path, path)
    for name, register in content.files.items():
        values = content.leaf_values.get(name, ())
        allowed = values_with_unchecked_numbers(values)
        if name == "contacts":
            allowed += [value for value in values if value.where[1] in NUMBER_FIELDS]
        for part in register.parts:
            text = without_values(part, register, allowed)
            yield part.display_path, without_comments(text)


def check_spellings(content: Content) -> Iterator[Finding]:
    """Yield a finding for each spelling of a contact's number with other digits than the number."""
    for key, contact in content.registers.contacts.items():
        for written in contact.spellings:
            if phone.normalize(written) != phone.normalize(contact.phone):
                message = f'"{key}": "{written}" är inte {contact.phone or "kontaktens nummer"}.'
                message += " Skriv samma siffror, eller ta bort raden."
                where = content.location("contacts", key, "spellings")
                yield Finding(*where, "other-number", message)


def check_patterns(content: Content, known: Set[str]) -> Iterator[Finding]:
    """Yield a finding for each pattern of words.yml with the beginning of a number that no contact
    has: when a contact's number changes, the pattern of the old number matches nothing."""
    for value in content.leaf_values.get("words", ()):
        if not value.field.is_regex:
            continue
        for beginning in phone.prefixes_in_pattern(value.value):
            if not any(number.startswith(phone.normalize(beginning)) for number in known):
                where = content.files["words"].location(*value.where)
                message = (
                    f'"{value.label}": mönstret söker ett nummer som börjar {beginning}, och ingen '
                    "kontakt har det. Ändra det till kontaktens nya nummer, eller ta bort raden."
                )
                yield Finding(*where, "unknown-phone", message)
