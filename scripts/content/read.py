"""Reads the files of docs/, and those of a municipality's folder beside them, into records.

A municipality's folder has docs/ and tillagg/ of its own. Both docs/ are read side by side: its
pages are more pages, and its registers are merged with the national ones row by row. Each page and
each record keeps the file that it is written in. A file that can't be read is a finding.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any

from scripts.content.facts import (
    fact_keys_in,
    insert_in_page,
    insert_in_value,
    unknown_facts_in_register,
    unknown_in_page,
    words_of_contacts,
    words_of_facts,
)
from scripts.content.fields import LeafValue, construct, is_iso_date
from scripts.content.files import (
    DATA,
    GENERATED_FILES,
    LAW,
    SourceFile,
    display_path,
    list_docs,
    source_file,
    visible_paths,
)
from scripts.content.merge import merge_files
from scripts.content.page import Page, parse_page
from scripts.content.records import CHECKLISTS, DATED_REGISTERS, DEFAULT_DATE_FIELD, register_type
from scripts.content.settings_files import Publisher
from scripts.content.statutes import HEADING as STATUTE_HEADING
from scripts.content.statutes import Statute, parse_statute
from scripts.content.supplements import SUPPLEMENTS_FOLDER, national_page_of, parse_supplements
from scripts.content.validation import validate_file
from scripts.content.yaml_file import RegisterFile, parse_yaml, read_text
from scripts.core import phone
from scripts.core.findings import ContentError, Finding
from scripts.core.swedish import did_you_mean

# The files whose words are inserted in other texts → what returns the words.
WORD_FILES = {
    PurePosixPath(DATA, "facts.yml"): words_of_facts,
    PurePosixPath(DATA, "contacts.yml"): words_of_contacts,
}
# A heading of a statute section, also with a slip in it: "### 5 kap 15 §", "## 3 §".
STATUTE_HEADING_LIKE = re.compile(r"^(?:### .*|#{2,6} .*§.*)$", re.M)


@dataclass(frozen=True)
class FileList:
    """The files of a project to read, and findings for files that may not be in docs/.

    It is the key of a cache: the list of a project differs when a file of it has changed.
    """

    docs: tuple[SourceFile, ...]  # of each docs/: the national one first
    supplements: tuple[SourceFile, ...]  # of tillagg/
    findings: tuple[Finding, ...]


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
    facts_used: set[str] = field(default_factory=set)  # keys of the facts that a text prints
    faults: list[Finding] = field(default_factory=list)

    @contextlib.contextmanager
    def collecting_findings(self) -> Iterator[None]:
        """In a ``with`` block, add the findings of a ContentError to the faults and go on."""
        try:
            yield
        except ContentError as error:
            self.faults += error.findings


def list_files(roots: tuple[Path, ...]) -> FileList:
    """Return the files in each docs/ of ``roots``: the national one first, if there is one, and
    the project's own last. A municipality's folder also has tillagg/, beside its own docs/."""
    own = roots[-1]
    root = own.parent
    sources: list[SourceFile] = []
    findings: list[Finding] = []
    for docs in roots:
        found, errors = list_docs(docs, root)
        sources += found
        findings += errors
    if len(roots) == 1:  # no municipality's folder
        return FileList(tuple(sources), (), tuple(findings))
    findings += _files_that_replace(roots[0], own)
    folder = root / SUPPLEMENTS_FOLDER
    supplements = [
        source_file(file, folder, root) for file in visible_paths(folder) if file.is_file()
    ]
    return FileList(tuple(sources), tuple(supplements), tuple(findings))


def _files_that_replace(national: Path, own: Path) -> Iterator[Finding]:
    """Yield a finding for each file in ``own``, a municipality's docs/, that the ``national`` docs/
    has too. Registers may be in both: their rows are merged."""
    for file in visible_paths(own):
        path = file.relative_to(own)
        is_register = path.parts[0] == DATA and (
            path.suffix == ".yml" or path.name in GENERATED_FILES
        )
        if file.is_dir() or is_register or not (national / path).exists():
            continue
        message = (
            "finns redan nationellt. En egen mapp lägger till, och ersätter inget: skriv raderna i "
            f"{SUPPLEMENTS_FOLDER}/, eller byt namn på filen."
        )
        yield Finding(display_path(file, own.parent), 1, "national", message)


def read_files(files: FileList, publisher: Publisher) -> Files:
    """Parse the files of a project. A file that can't be read is left out, with a finding."""
    reader = _Reader(publisher)
    parsed = reader.files
    parsed.faults += files.findings
    reader.read_words(files.docs)  # first: each file that is read may print some of the words
    for source in files.docs:
        with parsed.collecting_findings():
            reader.read(source)
    for name, parts in reader.registers.items():
        with parsed.collecting_findings():
            reader.build_register(name, parts)
    unreadable = {source.path for source in files.docs} - parsed.pages.keys()
    for source in files.supplements:
        # a national page that can't be read has a finding of its own
        if source.path not in unreadable:
            with parsed.collecting_findings():
                reader.read_supplements(source)
    return parsed


class _Reader:
    """One reading: the words to insert in texts, and the files so far. Its methods add to both."""

    def __init__(self, publisher: Publisher) -> None:
        self.publisher = publisher
        self.files = Files()
        self.registers: dict[str, list[RegisterFile]] = {}  # name → national file, own file
        self.words: dict[str, str] = {}  # "fakta:frist" → words
        self.words_complete = True  # False: some words couldn't be read, so none is unknown

    def read_words(self, sources: Iterable[SourceFile]) -> None:
        """Read the words that are inserted in texts: those of facts.yml and contacts.yml, and the
        publisher's own numbers in mkdocs.yml."""
        for source in sources:
            if source.path not in WORD_FILES:
                continue
            try:
                value = parse_yaml(read_text(source.file, source.display_path), source.display_path)
            except ContentError:  # ``read`` reports it
                self.words_complete = False
            else:
                self.words |= WORD_FILES[source.path](value)
        # last: an own number replaces that of the contact with the same key
        for key, text in self.publisher.local:
            number = phone.first_number_in_field(text)
            if number:
                self.words[f"nummer:{key}"] = number[0]  # without its hours

    def read(self, source: SourceFile) -> None:
        """Read a file of docs/: a page, a statute or a register. Raises ContentError."""
        text = read_text(source.file, source.display_path)
        if source.path.parts[0] != DATA:
            text = self.insert_words_in_page(text, source.display_path)
            self.files.pages[source.path] = parse_page(text, source.path, source.display_path)
        elif source.path.suffix == ".yml":
            self.read_register(source, text)
        elif source.path.parts[1] == LAW:
            self.files.statutes[source.path.stem] = read_statute(text, source.display_path)
            self.files.statute_files[source.path.stem] = source.display_path

    def read_register(self, source: SourceFile, text: str) -> None:
        """Parse a register's file, insert the words in it, and keep it for ``build_register``.
        Raises ContentError."""
        name = source.path.relative_to(DATA).with_suffix("").as_posix()
        value = parse_yaml(text, source.display_path)
        register = RegisterFile(source.display_path, text, value, words=self.words)
        if "[[" in text:  # else it has no macro to replace
            register = self.insert_words_in_register(register)
        if name in DATED_REGISTERS:
            register = apply_default_date(register)
        self.registers.setdefault(name, []).append(register)

    def insert_words_in_page(self, text: str, shown: PurePosixPath) -> str:
        """Return a page's text with the words of facts and numbers inserted. Note which facts the
        text prints, and report macros without words. ``shown``: the page's file, as findings name
        it."""
        self.files.facts_used |= fact_keys_in(text)
        for line, macro in unknown_in_page(text, self.words):
            self.report_unknown_word(shown, line, macro)
        return insert_in_page(text, self.words)

    def insert_words_in_register(self, register: RegisterFile) -> RegisterFile:
        """Return a register with the words of facts and numbers inserted in its values. Note which
        facts the values print, and report macros without words."""
        self.files.facts_used |= fact_keys_in(register.text)
        for line, macro in unknown_facts_in_register(register):
            self.report_unknown_word(register.display_path, line, macro)
        return replace(register, value=insert_in_value(register.value, self.words))

    def report_unknown_word(self, shown: PurePosixPath, line: int, macro: str) -> None:
        """Add a finding for ``macro``, "fakta:key" or "nummer:key", which has no words. None if a
        file with words can't be read: the words may be in that file."""
        if not self.words_complete:
            return
        kind, _, key = macro.partition(":")
        known_keys = [word.partition(":")[2] for word in self.words if word.startswith(kind)]
        rule = "unknown-contact"
        if kind == "fakta":
            rule = "unknown-fact"
            message = (
                f'uppgiften "{key}" finns inte i facts.yml.{did_you_mean(key, known_keys)} '
                "Rätta namnet, eller skriv orden."
            )
        elif key in self.publisher.numbers:
            message = (
                f'"{key}" är ert eget nummer, och saknas. Skriv det i mkdocs.yml, under local.'
            )
        else:
            message = (
                f'"{key}" har inget nummer i contacts.yml, eller under local i mkdocs.yml.'
                f"{did_you_mean(key, known_keys)} Rätta namnet, eller skriv numret där."
            )
        self.files.faults.append(Finding(shown, line, rule, message))

    def build_register(self, name: str, parts: list[RegisterFile]) -> None:
        """Merge and validate the files of one register, and make its records. Raises
        ContentError."""
        register = parts[0] if len(parts) == 1 else merge_files(*parts)
        self.files.registers[name] = register
        kind = register_type(name)
        if kind is None:  # a file without records, or of an unknown name: checks/registers.py
            return
        self.files.leaf_values[name] = validate_file(kind, register)
        folder, _, key = name.rpartition("/")
        records = self.files.records[folder] if folder else self.files.records
        records[key] = construct(kind, register.value, key)

    def read_supplements(self, source: SourceFile) -> None:
        """Read a file in tillagg/, and put its supplements on their national page. Raises
        ContentError."""
        redirects = self.files.records.get("redirects")
        page = national_page_of(source, self.files.pages, redirects.moved if redirects else {})
        text = read_text(source.file, source.display_path)
        text = self.insert_words_in_page(text, source.display_path)
        found = parse_supplements(text, page, source.display_path, self.publisher.sender)
        self.files.pages[page.path] = replace(page, supplements=found)


def read_statute(text: str, shown: PurePosixPath) -> Statute:
    """Return the statute in ``text``. ``shown``: its file, as findings name it.

    Raises ContentError for a file without a wording, or with wrong headings.
    """
    # docs/ holds only wordings in force: leave out none for an entry into force that is to come
    statute = parse_statute(text, on=dt.date.max)
    if statute is None or not statute.sections:
        message = (
            'filen ska ha raden "- **SFS-nummer:** 2005:716" och rubriker som "### 5 kap. 15 §". '
            "Gör som i en annan lag."
        )
        raise ContentError(Finding(shown, 1, "bad-law", message))
    _refuse_wrong_headings(text, shown)
    return statute


def _refuse_wrong_headings(text: str, shown: PurePosixPath) -> None:
    """Raise ContentError for a heading in a statute's text that is almost that of a section, which
    ``parse_statute`` skips, or for a section that has two headings, which it takes for wordings of
    different times."""
    first_lines: dict[str, int] = {}  # place, "5 kap. 15 §" → line of its heading
    for heading in STATUTE_HEADING_LIKE.finditer(text):
        place = heading[0].strip("# \n")
        line = text.count("\n", 0, heading.start()) + 1
        if not STATUTE_HEADING.fullmatch(heading[0]):
            message = (
                f'"{heading[0].strip()}" blir ingen paragraf. Skriv rubriken som '
                '"### 5 kap. 15 §", eller "### 15 a §" i en lag utan kapitel.'
            )
            raise ContentError(Finding(shown, line, "bad-law", message))
        if place in first_lines:
            message = (
                f"{place} står redan på rad {first_lines[place]}. Behåll den lydelse som gäller."
            )
            raise ContentError(Finding(shown, line, "bad-law", message))
        first_lines[place] = line


def apply_default_date(file: RegisterFile) -> RegisterFile:
    """Return a register where each record without a date of its own has the date at the head of
    the file. Raises ContentError if that isn't a date."""
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
