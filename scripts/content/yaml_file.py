"""A file of text or YAML: read without guessing, and every key knows its line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any, TypeAlias

import yaml

from scripts.core.findings import CONTROL_CHARACTERS, ContentError, Finding

ValuePath: TypeAlias = tuple[str | int, ...]  # the way to a value from a register's top

NO_COLON = "det saknas ett kolon med mellanslag efter fältets namn"
INDENT = "raden står för långt in eller ut, eller ett citattecken saknas"
# PyYAML's message → the cure for the editor.
CAUSES = {
    "mapping values are not allowed here": "värdet har ett kolon. Sätt citattecken om värdet",
    "found character '\\t' that cannot start any token": "raden har en tabb. Skriv mellanslag",
    "found character": "värdet börjar med ett tecken som betyder annat. Sätt citattecken om värdet",
    "could not find expected ':'": NO_COLON,
    "expected <block end>": INDENT,
    "expected ',' or ']'": "listan slutar inte. Skriv ] efter den",
    "expected ',' or '}'": "raden slutar inte. Skriv } efter den",
    "found unexpected end of stream": "ett citattecken saknas",
    "found unhashable key": "en nyckel ska vara ett ord",
    "found undefined alias": "värdet börjar med *. Sätt citattecken om det",
}
# [[fakta:frist]] is plain YAML inside a value; not with a space, first in a value, or in braces.
SPACED_MACRO = re.compile(r"\[\[[a-z-]+:\s")
SPACED = "skriv [[fakta:nyckel]] utan mellanslag, och citattecken om ett värde som börjar så"
UNQUOTED_MACRO = re.compile(r"\[\[[a-z-]+:\S")
UNQUOTED = "sätt citattecken om värdet som har [[fakta:nyckel]] i sig"
FIELD = re.compile(r"\s*(?:- +)*[^\s#:\"'\[{][^:]*:(?=\s|$)")  # how a line with a field begins
# A value that begins with a quotation mark and has no other, and how many lines PyYAML may read on
# before it stops: at the next quotation mark.
OPEN_QUOTE = re.compile(r"""\s*(?:- +)*[^\s#:"'\[{][^:]*:\s+"[^"]*$""")
OPEN_QUOTE_REACH = 20
UNCLOSED = "citattecknet efter kolonet har inget som slutar. Skriv ett till sist på raden"
LINE_LIMIT = 3000  # characters; the longest in a register has half of them
# A word with letters of two alphabets looks right, and no search finds it.
LATIN, OTHERS = "[A-Za-z\u00c0-\u024f]", "[\u0370-\u052f]"  # Greek, Cyrillic
# What no text may have: pattern, rule, message. A line that nobody has written by hand is a picture
# that was pasted as text (base64), say.
IN_TEXT = (
    (f".{{{LINE_LIMIT + 1}}}", "long-line", f"raden har mer än {LINE_LIMIT} tecken. Dela den."),
    (r"^(<{7} |={7}$|>{7} )", "merge-conflict", "här står två versioner (git). Behåll en av dem."),
    (CONTROL_CHARACTERS.pattern, "bad-character", "raden har ett osynligt tecken. Skriv om den."),
    (
        f"{LATIN}{OTHERS}|{OTHERS}{LATIN}",
        "mixed-letters",
        "ett ord har en bokstav ur ett annat alfabet. Skriv ordet på nytt.",
    ),
)


def _content_error(shown: PurePosixPath, line: int, rule: str, message: str) -> ContentError:
    return ContentError(Finding(shown, line, rule, message))


def read_text(file: Path, shown: PurePosixPath) -> str:
    """Return the UTF-8 text of ``file``; ``shown`` is the path a finding names.

    Raises ContentError if the file can't be read or isn't UTF-8, and for the faults of IN_TEXT: a
    line that is too long, a git conflict marker, an invisible character, or a word with letters of
    two alphabets.
    """
    try:
        data = file.read_bytes()
    except FileNotFoundError as error:
        raise _content_error(shown, 1, "unreadable", "filen finns inte. Hämta den igen.") from error
    except OSError as error:
        message = f"kan inte läsas ({error.strerror}). Ändra filens rättigheter."
        raise _content_error(shown, 1, "unreadable", message) from error
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        message = f"tecknet 0x{data[error.start]:02x} är inte UTF-8. Spara filen som UTF-8."
        raise _content_error(shown, line, "not-utf-8", message) from error
    for pattern, rule, message in IN_TEXT:
        if found := re.search(pattern, text, re.M):
            raise _content_error(shown, 1 + text.count("\n", 0, found.start()), rule, message)
    return text


class _Loader(yaml.SafeLoader):
    """SafeLoader that refuses a key given twice: YAML itself lets the last one win in silence."""


class _FastLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """The same in C, five times as fast; but it names other lines for the same fault."""


def _mapping(loader: yaml.SafeLoader, node: yaml.MappingNode) -> dict[Any, Any]:
    seen: set[str] = set()
    for key, _ in node.value:
        if str(key.value) in seen:
            problem = f"'{key.value}' står två gånger"
            raise yaml.MarkedYAMLError(problem=problem, problem_mark=key.start_mark)
        seen.add(str(key.value))
    return dict(loader.construct_mapping(node, deep=True))


def _date(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> object:
    """Return a date. An impossible one (2026-02-30) stays text: the register's type reports it."""
    try:
        return loader.construct_yaml_timestamp(node)
    except ValueError:
        return node.value


for _loader in (_Loader, _FastLoader):
    _loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)
    _loader.add_constructor("tag:yaml.org,2002:timestamp", _date)


def _load(text: str) -> Any:
    try:
        return yaml.load(text, Loader=_FastLoader)
    except yaml.YAMLError:
        return yaml.load(text, Loader=_Loader)


def _locate_error(error: yaml.MarkedYAMLError, lines: list[str]) -> tuple[int, str]:
    """Return the line to mend, from 0, and what is wrong with it. PyYAML stops where it can't read
    on, which may be below: a name without its colon is text, and the text goes on."""
    problem = str(error.problem)
    causes = (words for said, words in CAUSES.items() if said in problem)
    cause = next(causes, problem if re.search("[åäö]", problem) else "fel form")
    began = re.match("while (scanning|parsing a flow)", error.context or "")
    mark = (began and error.context_mark) or error.problem_mark
    at, column = (mark.line, mark.column) if mark else (0, 0)
    opened = _open_quote(lines, at)
    if opened is not None:
        return opened, UNCLOSED
    if SPACED_MACRO.search(lines[at]):
        return at, SPACED
    if "mapping values" not in problem and UNQUOTED_MACRO.search(lines[at]):
        return at, UNQUOTED
    field = FIELD.match(lines[at])
    if "mapping values" not in problem or not field or field.end() <= column:
        return at, cause
    # The field is as it should be: look for the text that it came to stand in.
    above = at - 1
    while (
        above >= 0 and lines[above].strip()[:1] not in ("", "#") and not FIELD.match(lines[above])
    ):
        above -= 1
    if above == at - 1:
        return at, INDENT
    before, first = lines[above] if above >= 0 else "", lines[above + 1]
    goes_on = FIELD.fullmatch(before.rstrip()) is None and indent(first) > indent(before)
    return (at, cause) if before.strip() and goes_on else (above + 1, NO_COLON)


def _open_quote(lines: list[str], at: int) -> int | None:
    """Return the line, from 0, of a value whose quotation mark is never closed, above the line
    where reading stopped: the text went on to the next quotation mark. None if there is none."""
    for above in range(at - 1, max(-1, at - OPEN_QUOTE_REACH), -1):
        if OPEN_QUOTE.match(lines[above]) and FIELD.match(lines[above + 1]):
            return above
    return None


def indent(line: str) -> int:
    """Return how many spaces a line begins with."""
    return len(line) - len(line.lstrip())


def parse_yaml(text: str, shown: PurePosixPath, first_line: int = 1) -> dict[Any, Any]:
    """Return the mapping in ``text``, which begins on ``first_line`` of the file ``shown``.

    Raises ContentError where it isn't YAML, isn't a mapping, or has a key twice.
    """
    try:
        value = _load(text)
    except yaml.MarkedYAMLError as error:
        at, cause = _locate_error(error, text.split("\n"))
        message = f'raden kan inte läsas ({cause}). Skriv "nyckel: värde".'
        raise _content_error(shown, first_line + at, "bad-yaml", message) from error
    except (yaml.YAMLError, ValueError, LookupError, AttributeError, RecursionError) as error:
        message = 'kan inte läsas. Skriv "nyckel: värde" på varje rad.'
        raise _content_error(shown, first_line, "bad-yaml", message) from error
    if not isinstance(value, dict):
        raise _content_error(
            shown, first_line, "bad-yaml", 'här ska stå rader med "nyckel: värde".'
        )
    return value


def compose_yaml(text: str) -> yaml.Node | None:
    """Return YAML as nodes, which know their lines; None if it is empty. Raises yaml.YAMLError."""
    node: yaml.Node | None = yaml.compose(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return node


@dataclass(frozen=True)
class RegisterFile:
    """A register file of docs/_data/, or the front matter of a page: its text and its value."""

    display_path: PurePosixPath  # as findings name it
    text: str
    value: dict[Any, Any] = field(default_factory=dict)  # words inserted, see facts.py
    first_line: int = 1  # of the text, in its file
    words: Mapping[str, str] = field(default_factory=dict)  # those inserted: "fakta:frist" → words

    @property
    def parts(self) -> tuple[RegisterFile, ...]:
        """The files that its rows are written in."""
        return (self,)

    def part(self, where: ValuePath) -> tuple[RegisterFile, ValuePath]:
        """Return the file that a value is written in, and the path to the value in that file."""
        return self, where

    def location(self, *where: str | int) -> tuple[PurePosixPath, int]:
        """Return the file, as findings name it, and the line of a value: see ``line``."""
        file, own = self.part(where)
        return file.display_path, file.line(*own)

    def record_location(self, key: str, *where: str | int) -> tuple[PurePosixPath, int]:
        """Return the file, as findings name it, and the line of a record, by its key or its id, or
        of a value in it."""
        return self.location(*self.paths_by_key.get(key, ()), *where)

    @cached_property
    def tree(self) -> yaml.Node | None:
        """The file as YAML nodes, which know their lines."""
        return compose_yaml(self.text)

    def line(self, *where: str | int) -> int:
        """Return the line of the value at ``where``, or of its nearest existing parent, or 1."""
        return self._find(where)[0]

    def node(self, *where: str | int) -> Any:
        """Return the value at the path ``where``, or None."""
        return self._find(where)[1]

    def _find(self, where: ValuePath) -> tuple[int, yaml.Node | None]:
        """Return the line and the node of a value; if it is missing, the line of the nearest parent
        that there is, and None."""
        line, node = 1, self.tree
        for name in where:
            if isinstance(node, yaml.MappingNode):
                found = next((pair for pair in node.value if pair[0].value == str(name)), None)
                if found is None:
                    return line, None
                line, node = found[0].start_mark.line + self.first_line, found[1]
            elif isinstance(node, yaml.SequenceNode) and isinstance(name, int):
                node = node.value[name]
                line = node.start_mark.line + self.first_line
        return line, node

    def line_with(self, words: str, *where: str | int) -> int:
        """Return the first line of a value that has ``words`` in it, or the ``line`` where it
        begins: a long text has many lines."""
        first = self.line(*where)
        rows = enumerate(self.text.split("\n")[first - self.first_line :], first)
        return next((number for number, row in rows if words in row), first)

    def location_with(self, words: str, *where: str | int) -> tuple[PurePosixPath, int]:
        """Return the file, as findings name it, and the line as ``line_with`` does."""
        file, own = self.part(where)
        return file.display_path, file.line_with(words, *own)

    def texts(self) -> Iterator[tuple[ValuePath, str]]:
        """Yield each text of the file with the way to it, in the file's order."""

        def walk(value: Any, where: ValuePath) -> Iterator[tuple[ValuePath, str]]:
            if isinstance(value, str):
                yield where, value
            elif isinstance(value, dict):
                for key, item in value.items():
                    yield from walk(item, (*where, key))
            elif isinstance(value, list):
                for number, item in enumerate(value):
                    yield from walk(item, (*where, number))

        yield from walk(self.value, ())

    @cached_property
    def paths_by_key(self) -> dict[str, ValuePath]:
        """Each record's key → the way there: a key of the file or of a part of it, or a row's id;
        the first in the file where there are several."""
        found: dict[str, ValuePath] = {}

        def walk(node: yaml.Node | None, where: ValuePath) -> None:
            if isinstance(node, yaml.MappingNode):
                for key, value in node.value:
                    if key.value == "id":
                        found.setdefault(value.value, where)
                    found.setdefault(key.value, (*where, key.value))
                for key, value in node.value:
                    walk(value, (*where, key.value))
            elif isinstance(node, yaml.SequenceNode):
                for number, value in enumerate(node.value):
                    walk(value, (*where, number))

        walk(self.tree, ())
        return found
