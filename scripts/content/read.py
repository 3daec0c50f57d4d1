"""Reads the files of docs/, and those of a municipality's folder beside them, into records.

A municipality's folder has docs/ and tillagg/ of its own. Both docs/ are read side by side: its
pages are more pages, and its registers are merged with the national ones row by row. Each page and
each record keeps the file that it is written in. What can't be read is a finding.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any

from scripts.content import supplements
from scripts.content.facts import (
    facts_in,
    insert_in_page,
    insert_in_value,
    unknown_in_page,
    unknown_in_register,
    words_of_contacts,
    words_of_facts,
)
from scripts.content.fields import LeafValue, construct, is_iso_date
from scripts.content.files import DATA, GENERATED_FILES, LAW, Entry, display_path, list_docs
from scripts.content.merge import merge_files
from scripts.content.page import Page, parse_page
from scripts.content.records import CHECKLISTS, DATED_REGISTERS, DEFAULT_DATE_FIELD, register_type
from scripts.content.statutes import HEADING as STATUTE_HEADING
from scripts.content.statutes import Statute, parse_statute
from scripts.content.validation import validate_file
from scripts.content.yaml_file import RegisterFile, parse_yaml, read_text
from scripts.core import phone
from scripts.core.findings import ContentError, Finding
from scripts.core.swedish import did_you_mean

FACTS, CONTACTS = "facts.yml", "contacts.yml"
# The files whose words are inserted in other texts, in the order to read them.
WORD_FILES = {FACTS: 0, CONTACTS: 1}
# A heading of a statute section, also one with a slip in it.
STATUTE_HEADING_LIKE = re.compile(r"^(?:### .*|#{2,6} .*§.*)$", re.M)


@dataclass(frozen=True)
class Publisher:
    """The words of mkdocs.yml that pages and registers print."""

    sender: str = ""
    numbers: tuple[str, ...] = ()  # keys of the numbers that a publisher may have
    local: tuple[tuple[str, str], ...] = ()  # key and number of those that it has


@dataclass(frozen=True)
class SourceFile:
    """A file of docs/."""

    file: Path
    path: PurePosixPath  # in its docs/: "odla/tomat.md"
    display_path: PurePosixPath  # as findings name it


@dataclass
class Files:
    """The parsed files of docs/, by kind, without those that can't be read."""

    pages: dict[PurePosixPath, Page] = field(default_factory=dict)  # by path in docs/
    registers: dict[str, RegisterFile] = field(default_factory=dict)  # "checklists/barn"
    # The values of each register without faults, and its records.
    leaf_values: dict[str, tuple[LeafValue, ...]] = field(default_factory=dict)
    records: dict[str, Any] = field(default_factory=lambda: {CHECKLISTS: {}})
    statutes: dict[str, Statute] = field(default_factory=dict)  # by name in docs/_data/law/
    statute_files: dict[str, PurePosixPath] = field(default_factory=dict)  # as findings name them
    facts_used: set[str] = field(default_factory=set)  # the keys of those that a text prints
    faults: list[Finding] = field(default_factory=list)

    @contextlib.contextmanager
    def collecting_findings(self) -> Iterator[None]:
        """Put the findings of a ContentError among the faults."""
        try:
            yield
        except ContentError as error:
            self.faults += error.findings


def list_files(roots: tuple[Path, ...]) -> tuple[tuple[Entry, ...], tuple[Finding, ...]]:
    """Return the files to read in each docs/ of ``roots``, with what changes when one is saved, and
    a finding for each file that may not be there.

    ``roots``: the national docs/ first, where there is one, and the project's own last.
    """
    root = roots[-1].parent
    entries: list[Entry] = []
    faults: list[Finding] = []
    for docs in roots:
        found, wrong = list_docs(docs, display_path(docs, root))
        entries += found
        faults += wrong
    if len(roots) > 1:
        faults += _files_that_replace(*roots)
        for file in supplements.supplement_files(root):
            status = file.stat()
            entries.append((file, status.st_mtime_ns, status.st_size))
    return tuple(entries), tuple(faults)


def _files_that_replace(national: Path, own: Path) -> Iterator[Finding]:
    """Yield the files of a municipality's docs/ that the national one has: registers may have rows
    of both, and nothing else."""
    for file in sorted(own.rglob("*")):
        path = PurePosixPath(file.relative_to(own).as_posix())
        hidden = any(part.startswith(".") for part in path.parts)
        is_register = path.parts[0] == DATA and (
            path.suffix == ".yml" or path.name in GENERATED_FILES
        )
        if file.is_dir() or hidden or is_register or not (national / path).exists():
            continue
        message = (
            "finns redan nationellt. En egen mapp lägger till, och ersätter inget: skriv raderna i "
            f"{supplements.SUPPLEMENTS_FOLDER}/, eller byt namn på filen."
        )
        yield Finding(display_path(file, own.parent), 1, "national", message)


def read_files(
    roots: tuple[Path, ...],
    entries: tuple[Entry, ...],
    faults: tuple[Finding, ...],
    publisher: Publisher,
) -> Files:
    """Parse the files. ``roots``, ``entries`` and ``faults``: see ``list_files``."""
    reader = _Reader(roots, entries, faults, publisher)
    files = reader.files
    for source in reader.sources:
        if source.path.name in WORD_FILES:
            with files.collecting_findings():
                reader.learn_words(source)
    for source in reader.sources:
        with files.collecting_findings():
            reader.read(source)
    for name, parts in reader.registers.items():
        with files.collecting_findings():
            reader.build_register(name, parts)
    for file in supplements.supplement_files(roots[-1].parent) if len(roots) > 1 else []:
        with files.collecting_findings():
            reader.read_supplements(file)
    return files


class _Reader:
    """One reading: the words that texts print, and the files so far."""

    def __init__(
        self,
        roots: tuple[Path, ...],
        entries: tuple[Entry, ...],
        faults: tuple[Finding, ...],
        publisher: Publisher,
    ) -> None:
        self.root = roots[-1].parent
        self.publisher = publisher
        self.files = Files(faults=list(faults))
        self.replacing = {one.path for one in faults if one.rule == "national"}
        self.registers: dict[str, list[RegisterFile]] = {}
        self.local_words = {
            f"nummer:{key}": number[0]  # without its hours
            for key, text in publisher.local
            if (number := phone.number_in_field(text))
        }
        self.words = dict(self.local_words)
        sources = [
            SourceFile(file, PurePosixPath(file.relative_to(docs).as_posix()), shown)
            for docs in roots
            for file, *_ in entries
            if file.is_relative_to(docs)
            and (shown := display_path(file, self.root)) not in self.replacing
        ]
        self.sources = sorted(sources, key=lambda one: WORD_FILES.get(one.path.name, 2))
        self.paths = {one.path for one in sources}
        # A text with a macro can't be checked while one of those files is unreadable.
        self.unread = {one.display_path for one in sources if one.path.name in WORD_FILES}
        self.unread |= {one.path for one in faults if one.path.name in WORD_FILES}

    def learn_words(self, source: SourceFile) -> None:
        """Read the words of facts.yml or contacts.yml that are inserted in other texts. Raises
        ContentError."""
        value = parse_yaml(read_text(source.file, source.display_path), source.display_path)
        if source.path.name == FACTS:
            self.words |= words_of_facts(value)
        else:
            self.words |= {**words_of_contacts(value), **self.local_words}
        self.unread.discard(source.display_path)

    def read(self, source: SourceFile) -> None:
        """Read one file of docs/. Raises ContentError."""
        if source.display_path in self.unread:
            return
        text = read_text(source.file, source.display_path)
        has_macros = "[[" in text and source.path.name != FACTS
        if has_macros and self.unread:
            return
        is_page = source.file.suffix == ".md"
        if is_page and source.path.parts[0] != DATA:
            text = self.insert_in_page(text, source.display_path)
            self.files.pages[source.path] = parse_page(text, source.path, source.display_path)
        elif is_page and source.path.parts[:2] == (DATA, LAW):
            self.files.statutes[source.path.stem] = _statute(text, source.display_path)
            self.files.statute_files[source.path.stem] = source.display_path
        elif source.file.suffix == ".yml" and source.path.parts[0] == DATA:
            value = parse_yaml(text, source.display_path)
            register = RegisterFile(source.display_path, text, value, words=self.words)
            register = self.insert_in_register(register) if has_macros else register
            name = source.path.relative_to(DATA).with_suffix("").as_posix()
            register = apply_default_date(register) if name in DATED_REGISTERS else register
            self.registers.setdefault(name, []).append(register)

    def insert_in_page(self, text: str, shown: PurePosixPath) -> str:
        """Return a page's text with the words of facts and numbers inserted."""
        self.files.facts_used |= facts_in(text)
        for line, name in unknown_in_page(text, self.words):
            self.files.faults.append(self.unknown_word(shown, line, name))
        return insert_in_page(text, self.words)

    def insert_in_register(self, register: RegisterFile) -> RegisterFile:
        """Return a register with the words of facts and numbers inserted in its values."""
        self.files.facts_used |= facts_in(register.text)
        for line, name in unknown_in_register(register):
            self.files.faults.append(self.unknown_word(register.display_path, line, name))
        return replace(register, value=insert_in_value(register.value, self.words))

    def unknown_word(self, shown: PurePosixPath, line: int, name: str) -> Finding:
        """Return the finding for the macro "fakta:key" or "nummer:key" without words."""
        key = name.partition(":")[2]
        if name.startswith("nummer:") and key in self.publisher.numbers:
            message = (
                f'"{key}" är ert eget nummer, och saknas. Skriv det i mkdocs.yml, under local.'
            )
            return Finding(shown, line, "unknown-contact", message)
        return _unknown_word(shown, line, name, self.words)

    def build_register(self, name: str, parts: list[RegisterFile]) -> None:
        """Merge and validate the files of one register. Raises ContentError."""
        register = parts[0] if len(parts) == 1 else merge_files(*parts)
        self.files.registers[name] = register
        kind = register_type(name)
        if kind is None:
            return
        self.files.leaf_values[name] = validate_file(kind, register)
        folder, _, own = name.rpartition("/")
        records = self.files.records[folder] if folder else self.files.records
        records[own] = construct(kind, register.value, own)

    def read_supplements(self, file: Path) -> None:
        """Put the supplements of a file in tillagg/ on their page. Raises ContentError."""
        shown = display_path(file, self.root)
        path = shown.relative_to(supplements.SUPPLEMENTS_FOLDER)
        if path in self.paths and path not in self.files.pages:
            return  # the page can't be read: it has a finding of its own
        redirects = self.files.records.get("redirects")
        page = supplements.national_page_of(
            shown, self.files.pages, redirects.moved if redirects else {}
        )
        text = self.insert_in_page(read_text(file, shown), shown)
        found = supplements.parse_supplements(text, page, shown, self.publisher.sender)
        self.files.pages[page.path] = replace(page, supplements=found)


def _statute(text: str, shown: PurePosixPath) -> Statute:
    """Return a statute's wording. Raises ContentError for a file without one."""
    # docs/ holds only wordings in force: no date is too early
    statute = parse_statute(text, dt.date.max)
    if statute is None or not statute.sections:
        message = (
            'filen ska ha raden "- **SFS-nummer:** 2005:716" och rubriker som "### 5 kap. 15 §". '
            "Gör som i en annan lag."
        )
        raise ContentError(Finding(shown, 1, "bad-law", message))
    for heading in STATUTE_HEADING_LIKE.finditer(text):
        if not STATUTE_HEADING.fullmatch(heading[0]):
            line = text.count("\n", 0, heading.start()) + 1
            message = (
                f'"{heading[0].strip()}" blir ingen paragraf. Skriv rubriken som '
                '"### 5 kap. 15 §", eller "### 15 a §" i en lag utan kapitel.'
            )
            raise ContentError(Finding(shown, line, "bad-law", message))
    lines: dict[str, int] = {}
    for heading in STATUTE_HEADING.finditer(text):
        place = heading[0].strip("# \n")
        line = text.count("\n", 0, heading.start()) + 1
        if lines.setdefault(place, line) != line:
            message = f"{place} står redan på rad {lines[place]}. Behåll den lydelse som gäller."
            raise ContentError(Finding(shown, line, "bad-law", message))
    return statute


def _unknown_word(shown: PurePosixPath, line: int, name: str, words: Mapping[str, str]) -> Finding:
    """Return the finding for "fakta:name" or "nummer:name" that isn't among ``words``."""
    macro, _, name = name.partition(":")
    known = [key.partition(":")[2] for key in words if key.startswith(macro)]
    near = did_you_mean(name, known)
    if macro == "nummer":
        message = (
            f'"{name}" har inget nummer i contacts.yml, eller under local i mkdocs.yml.{near} '
            "Rätta namnet, eller skriv numret där."
        )
        return Finding(shown, line, "unknown-contact", message)
    message = f'uppgiften "{name}" finns inte i facts.yml.{near} Rätta namnet, eller skriv orden.'
    return Finding(shown, line, "unknown-fact", message)


def apply_default_date(file: RegisterFile) -> RegisterFile:
    """Return the register with the date at its head in each record that has none. Raises
    ContentError where it isn't a date."""
    rows = dict(file.value)
    date = rows.pop(DEFAULT_DATE_FIELD, None)
    if date is None:
        return file
    if not is_iso_date(date):
        message = f'{DEFAULT_DATE_FIELD} överst ska vara ett datum: "ÅÅÅÅ-MM-DD".'
        raise ContentError(Finding(*file.location(DEFAULT_DATE_FIELD), "bad-date", message))
    dated = {
        key: {DEFAULT_DATE_FIELD: date, **row} if isinstance(row, dict) else row
        for key, row in rows.items()
    }
    return replace(file, value=dated)
