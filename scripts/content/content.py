"""Reads docs/: pages with front matter, and the registers in docs/_data/.

The only place that knows how content lies on disk. Reading never guesses: what can't be read
raises ContentError with a finding that says where and how to mend it.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

import yaml

from scripts.content.statutes import flatten
from scripts.core.findings import Finding

REGISTERS = (
    "sources",
    "contacts",
    "regions",
    "questions",
    "glossary",
    "guide",
    "handouts",
    "shortcuts",
    "slides",
    "accessibility",
    "changes",
    "embeds",
    "anchors",
    "law_changes",
    "figures",
    "facts",
)
# A contact's fields that readers see and that may cite sources.
CONTACT_TEXTS = ("for_whom", "hours", "what_happens", "not_for", "note", "doubt")
# [@key] and [@key1, @key2]: a citation in the text.
CITATION = re.compile(r"\[(@[a-z0-9-]+(?:\s*,\s*@[a-z0-9-]+)*)\]")
# [text](kalla:key): a link to a source's own address.
SOURCE_LINK = re.compile(r"\]\(kalla:([^)\s]*)\)")
# [[name]] or [[name: argument]], alone on its line: something made from a register.
MACRO = re.compile(r"^\[\[([a-z-]+)(?::\s*([^\]\s]+))?\]\]\s*$")
HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*(?:\{\s*#([^\s}]+)\s*\})?\s*$")


class ContentError(Exception):
    """Something in docs/ can't be read; ``finding`` says where and how to mend it."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(str(finding))
        self.finding = finding


@dataclass(frozen=True)
class Page:
    """A page as its editor wrote it."""

    path: PurePosixPath  # in docs/: "betanketid/ansok.md"
    meta: Mapping[str, Any]
    body: str  # Markdown below the front matter
    body_line: int  # line in the file where ``body`` begins, counted from 1

    @property
    def title(self) -> str:
        return str(self.meta["title"])

    @property
    def link(self) -> str:
        """The page as a link target from anywhere: ``/betanketid/ansok.md``."""
        return f"/{self.path}"

    @property
    def address(self) -> str:
        """The page's URL relative to the site: ``betanketid/ansok/``, "" for the start page."""
        parts = self.path.with_suffix("").parts
        return "".join(f"{part}/" for part in parts if part != "index")

    def lines(self) -> Iterator[tuple[int, str]]:
        """Yield (line in the file, text) of the body, with code blanked out."""
        yield from enumerate(without_code(self.body).split("\n"), start=self.body_line)

    def citations(self) -> Iterator[tuple[int, str]]:
        """Yield (line, source key) for each citation and source link, in reading order."""
        for number, line in self.lines():
            found = [(m.start(), m[1]) for m in CITATION.finditer(line)]
            found += [(m.start(), "@" + m[1]) for m in SOURCE_LINK.finditer(line)]
            for _, keys in sorted(found):
                for key in keys.split(","):
                    yield number, key.strip().removeprefix("@")

    def macros(self) -> Iterator[tuple[int, str, str]]:
        """Yield (line, name, argument) for each macro; the argument may be empty."""
        for number, line in self.lines():
            if match := MACRO.match(line):
                yield number, match[1], match[2] or ""


@dataclass(frozen=True)
class Registers:
    """docs/_data/*.yml as they stand there; keys in the order of the file."""

    sources: dict[str, dict[str, Any]] = field(default_factory=dict)
    contacts: dict[str, dict[str, Any]] = field(default_factory=dict)
    regions: dict[str, Any] = field(default_factory=dict)
    questions: dict[str, dict[str, Any]] = field(default_factory=dict)
    glossary: dict[str, dict[str, Any]] = field(default_factory=dict)
    guide: dict[str, Any] = field(default_factory=dict)
    handouts: dict[str, dict[str, Any]] = field(default_factory=dict)
    shortcuts: dict[str, str] = field(default_factory=dict)
    slides: dict[str, Any] = field(default_factory=dict)
    accessibility: dict[str, Any] = field(default_factory=dict)
    changes: dict[str, dict[str, Any]] = field(default_factory=dict)
    embeds: dict[str, dict[str, Any]] = field(default_factory=dict)
    anchors: dict[str, str] = field(default_factory=dict)
    law_changes: dict[str, dict[str, Any]] = field(default_factory=dict)
    figures: dict[str, dict[str, Any]] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)
    checklists: dict[str, dict[str, Any]] = field(default_factory=dict)


def used_sources(page: Page, registers: Registers) -> Iterator[str]:
    """Yield the keys a page uses, itself or through a register that it shows."""
    yield from (key for _, key in page.citations())
    for _, name, argument in page.macros():
        if name == "checklista":
            for group in registers.checklists.get(argument, {}).get("groups", []):
                for row in group["rows"]:
                    probe = Page(page.path, {}, row.get("why") or "", 1)
                    yield from (key for _, key in probe.citations())
        elif name == "kontakter":
            for contact in registers.contacts.values():
                if argument in contact["group"]:
                    yield contact["source"]
                    texts = " ".join(str(contact.get(name) or "") for name in CONTACT_TEXTS)
                    yield from (key for _, key in Page(page.path, {}, texts, 1).citations())
        elif name in ("vagledning", "hela-vagledningen"):
            parts = registers.guide.get("questions", {}) | registers.guide.get("outcomes", {})
            nodes = [argument] if name == "vagledning" else list(parts)
            shown = [parts.get(key, {}) for key in nodes]
            text = str([*shown, registers.guide.get("child"), registers.guide.get("conditions")])
            yield from (key for _, key in Page(page.path, {}, text, 1).citations())
        elif name == "lan":
            for county in registers.regions["counties"].values():
                yield county["source"]
        elif name == "regioner":
            yield from (region["source"] for region in registers.regions["regions"].values())
        elif name == "lagandringar":
            for change in registers.law_changes.values():
                yield from (change.get("sources") or ()) if isinstance(change, dict) else ()
        elif name == "figur":
            yield from figure_sources(registers, argument)


def figure_sources(registers: Registers, key: str) -> Iterator[str]:
    """Yield the sources of a figure: what it cites, and where its bars' numbers are from."""
    row = registers.figures.get(key, {})
    text = Page(PurePosixPath(), {}, str(row), 1)
    yield from (source for _, source in text.citations())
    for fact in figure_facts(row):
        found = registers.facts.get("facts", {}).get(fact, {}).get("source") or []
        yield from found if isinstance(found, list) else [found]


def figure_facts(row: Mapping[str, Any]) -> Iterator[str]:
    """Yield the keys in facts.yml that a figure's bars show."""
    for group in row.get("groups", ()) if row.get("kind") == "staplar" else ():
        yield from (bar["fact"] for bar in group.get("bars", ()) if bar.get("fact"))
        yield from filter(None, [group.get("of")])


def without_code(text: str) -> str:
    """Blank out fenced blocks and code spans, keeping every line and column where it is."""

    def blank(match: re.Match[str]) -> str:
        return re.sub(r"[^\n]", " ", match[0])

    text = re.sub(r"^( *)(```+|~~~+)[^\n]*\n.*?^\1\2[ ]*$", blank, text, flags=re.S | re.M)
    return re.sub(r"(?<!`)(`+)(?!`)[^\n]*?(?<!`)\1(?!`)", blank, text)


def read_text(file: Path, shown: PurePosixPath) -> str:
    """Return the UTF-8 text of ``file``; ``shown`` is the path a finding names.

    Raises ContentError for bytes that aren't UTF-8, naming their line.
    """
    data = file.read_bytes()
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise ContentError(
            Finding(
                shown,
                line,
                "not-utf-8",
                f"tecknet 0x{data[error.start]:02x} är inte UTF-8. Spara filen som UTF-8.",
            )
        ) from error


class _Loader(yaml.SafeLoader):
    """SafeLoader that refuses a key given twice: YAML itself lets the last one win in silence."""


class _FastLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """The same in C, five times as fast; but it names other lines for the same fault."""


def _mapping(loader: yaml.SafeLoader, node: yaml.MappingNode) -> dict[Any, Any]:
    seen: set[object] = set()
    for key_node, _ in node.value:
        key = loader.construct_object(key_node)
        if isinstance(key, (list, dict, set)):
            raise yaml.MarkedYAMLError(
                problem="en nyckel ska vara ett ord", problem_mark=key_node.start_mark
            )
        if key in seen:
            raise yaml.MarkedYAMLError(
                problem=f"'{key}' står två gånger", problem_mark=key_node.start_mark
            )
        seen.add(key)
    return dict(loader.construct_mapping(node, deep=True))


for _loader in (_Loader, _FastLoader):
    _loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def _load(text: str) -> Any:
    try:
        return yaml.load(text, Loader=_FastLoader)
    except (yaml.YAMLError, ValueError):
        return yaml.load(text, Loader=_Loader)


def parse_yaml(text: str, shown: PurePosixPath, first_line: int = 1) -> dict[Any, Any]:
    """Return the mapping in ``text``, which begins on ``first_line`` of the file ``shown``.

    Raises ContentError where it isn't YAML, isn't a mapping, or has a key twice.
    """
    try:
        value = _load(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line = first_line + (mark.line if mark else 0)
        raise ContentError(
            Finding(
                shown,
                line,
                "bad-yaml",
                f"raden kan inte läsas som YAML ({error.problem}). "
                'Skriv "nyckel: värde"; sätt citattecken om värdet innehåller kolon.',
            )
        ) from error
    except ValueError as error:  # a date such as 2026-02-30
        line = next(
            (
                number
                for number, row in enumerate(text.split("\n"), start=first_line)
                if re.search(r":\s*\d{4}-\d{1,2}-\d{1,2}\b", row) and not _is_date(row)
            ),
            first_line,
        )
        raise ContentError(
            Finding(shown, line, "bad-date", f"datumet finns inte ({error}). Skriv ÅÅÅÅ-MM-DD.")
        ) from error
    except yaml.YAMLError as error:
        raise ContentError(
            Finding(shown, first_line, "bad-yaml", f"kan inte läsas som YAML ({error}).")
        ) from error
    if not isinstance(value, dict):
        raise ContentError(
            Finding(shown, first_line, "bad-yaml", 'här ska stå rader med "nyckel: värde".')
        )
    return value


def _is_date(row: str) -> bool:
    match = re.search(r"(\d{4})-(\d{1,2})-(\d{1,2})", row)
    try:
        return bool(match and dt.date(*map(int, match.groups())))
    except ValueError:
        return False


def parse_page(text: str, path: PurePosixPath, shown: PurePosixPath) -> Page:
    """Split ``text`` into front matter and body.

    Raises ContentError when the front matter is missing, unclosed or malformed.
    """
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        raise ContentError(
            Finding(shown, 1, "no-front-matter", 'sidan ska börja med "---" och sidans uppgifter.')
        )
    end = next((i for i, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if end is None:
        raise ContentError(
            Finding(shown, 1, "no-front-matter", 'raden "---" efter sidans uppgifter saknas.')
        )
    meta = parse_yaml("\n".join(lines[1:end]), shown, first_line=2)
    return Page(path, meta, "\n".join(lines[end + 1 :]), end + 2)


def page_files(docs: Path) -> list[Path]:
    """Return every page's file in ``docs``, sorted; _data/ holds registers, not pages."""
    return sorted(f for f in docs.rglob("*.md") if "_data" not in f.relative_to(docs).parts)


def shown_path(file: Path, docs: Path) -> PurePosixPath:
    """Return ``file`` as findings name it: ``docs/betanketid/ansok.md``."""
    return PurePosixPath(docs.name, *file.relative_to(docs).parts)


def read_page(file: Path, docs: Path) -> Page:
    """Read one page. Raises ContentError."""
    shown = shown_path(file, docs)
    path = PurePosixPath(*file.relative_to(docs).parts)
    return parse_page(read_text(file, shown), path, shown)


def read_pages(docs: Path) -> list[Page]:
    """Read every page of ``docs``, sorted by path. Raises ContentError at the first bad one."""
    return [read_page(file, docs) for file in page_files(docs)]


def read_registers(docs: Path) -> Registers:
    """Read docs/_data/. A register that isn't there is empty. Raises ContentError."""
    data = docs / "_data"
    files = tuple(sorted(data.rglob("*.yml"))) if data.is_dir() else ()
    return _read_registers(docs, tuple((file, file.stat().st_mtime_ns) for file in files))


@functools.lru_cache(maxsize=4)
def _read_registers(docs: Path, files: tuple[tuple[Path, int], ...]) -> Registers:
    """Cached by modification time: a page's render asks for them, and --serve must see edits."""
    registers = Registers()
    for file, _ in files:
        shown = shown_path(file, docs)
        value = parse_yaml(read_text(file, shown), shown)
        if file.parent.name == "checklists":
            registers.checklists[file.stem] = value
        elif file.stem in REGISTERS:
            getattr(registers, file.stem).update(
                flatten(value) if file.stem == "sources" else value
            )
    return registers
