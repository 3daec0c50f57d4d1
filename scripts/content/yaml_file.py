"""A file of text or YAML: read without guessing; every value knows its line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any, TypeAlias

import yaml

from scripts.core.findings import CONTROL_CHARACTERS, ContentError, Finding

# The keys and the indexes of lists that lead to a value from a file's top: ("groups", 0, "title").
ValuePath: TypeAlias = tuple[str | int, ...]

NO_COLON = "det saknas ett kolon med mellanslag efter fältets namn"
INDENT = "raden står för långt in eller ut, eller ett citattecken saknas"
UNQUOTED = "sätt citattecken om värdet som har [[fakta:nyckel]] i sig"
UNCLOSED = "citattecknet efter kolonet har inget som slutar. Skriv ett till sist på raden"
# Part of PyYAML's message → the cause and the cure, in Swedish. The first part that fits counts.
COLON_IN_VALUE = "mapping values are not allowed here"
CAUSES = {
    COLON_IN_VALUE: "värdet har ett kolon. Sätt citattecken om värdet",
    "found character '\\t' that cannot start any token": "raden har en tabb. Skriv mellanslag",
    "found character": "värdet börjar med ett tecken som betyder annat. Sätt citattecken om värdet",
    "could not find expected ':'": NO_COLON,
    "expected <block end>": INDENT,
    "expected ',' or ']'": "listan slutar inte. Skriv ] efter den",
    "expected ',' or '}'": "raden slutar inte. Skriv } efter den",
    "found unexpected end of stream": "ett citattecken saknas",
    "found undefined alias": "värdet börjar med *. Sätt citattecken om det",
    "står två gånger": "",  # our own, see _mapping: shown as it is
}
# How a line with a field begins: "  text:", "  - id:".
FIELD = re.compile(r"\s*(?:- +)*[^\s#:\"'\[{][^:]*:(?=\s|$)")
# A field whose value has an opening quotation mark alone: '  name: "Jouren'.
OPEN_QUOTE = re.compile(r"""\s*(?:- +)*[^\s#:"'\[{][^:]*:\s+"[^"]*$""")
OPEN_QUOTE_REACH = 20  # lines that PyYAML may have read on, to the next quotation mark
MACRO = re.compile(r"\[\[[a-z-]+:")  # "[[fakta:" begins a list, to YAML
LINE_LIMIT = 3000  # characters; the longest in a register has half of them
# What no text may have: pattern, rule, message. A line that nobody has written by hand is a picture
# that was pasted as text (base64), say.
FORBIDDEN = (
    (f".{{{LINE_LIMIT + 1}}}", "long-line", f"raden har mer än {LINE_LIMIT} tecken. Dela den."),
    (r"^(<{7} |={7}$|>{7} )", "merge-conflict", "här står två versioner (git). Behåll en av dem."),
    (CONTROL_CHARACTERS.pattern, "bad-character", "raden har ett osynligt tecken. Skriv om den."),
)


def _content_error(shown: PurePosixPath, line: int, rule: str, message: str) -> ContentError:
    """Return an error with one finding."""
    return ContentError(Finding(shown, line, rule, message))


def read_text(file: Path, shown: PurePosixPath) -> str:
    """Return the UTF-8 text of ``file``; ``shown`` is the path that a finding names.

    Raises ContentError if the file can't be read or isn't UTF-8, or if it has a line that is too
    long, a git conflict marker or an invisible character.
    """
    try:
        text = file.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise _content_error(shown, 1, "unreadable", "filen finns inte. Hämta den igen.") from error
    except OSError as error:
        message = f"kan inte läsas ({error.strerror}). Ändra filens rättigheter."
        raise _content_error(shown, 1, "unreadable", message) from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        message = f"tecknet 0x{error.object[error.start]:02x} är inte UTF-8. Spara filen som UTF-8."
        raise _content_error(shown, line, "not-utf-8", message) from error
    for pattern, rule, message in FORBIDDEN:
        found = re.search(pattern, text, re.M)
        if found:
            raise _content_error(shown, 1 + text.count("\n", 0, found.start()), rule, message)
    return text


class _Loader(yaml.SafeLoader):
    """SafeLoader that refuses a key given twice: YAML itself lets the last one win in silence."""


class _FastLoader(yaml.CSafeLoader):
    """The same in C, five times as fast; but its errors name other lines, not as near the slip."""


def _mapping(loader: yaml.SafeLoader, node: yaml.MappingNode) -> dict[Any, Any]:
    """Return the mapping of a node. Raises MarkedYAMLError for a key given twice."""
    seen: set[str] = set()
    for key, _ in node.value:
        if str(key.value) in seen:
            problem = f"'{key.value}' står två gånger"
            raise yaml.MarkedYAMLError(problem=problem, problem_mark=key.start_mark)
        seen.add(str(key.value))
    return dict(loader.construct_mapping(node, deep=True))


def _date(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> object:
    """Return the date of a node. An impossible one (2026-02-30) stays text: the check of the
    register's type reports it, with a cure."""
    try:
        return loader.construct_yaml_timestamp(node)
    except ValueError:
        return node.value


for _loader in (_Loader, _FastLoader):
    _loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)
    _loader.add_constructor("tag:yaml.org,2002:timestamp", _date)


def parse_yaml(text: str, shown: PurePosixPath, first_line: int = 1) -> dict[Any, Any]:
    """Return the mapping in ``text``, which begins on ``first_line`` of the file ``shown``.

    Raises ContentError if it isn't YAML, isn't a mapping, or has a key twice.
    """
    try:
        value = _load(text)
    except yaml.MarkedYAMLError as error:
        index, cause = _locate_error(error, text.split("\n"))
        message = f'raden kan inte läsas ({cause}). Skriv "nyckel: värde".'
        raise _content_error(shown, first_line + index, "bad-yaml", message) from error
    if not isinstance(value, dict):
        message = 'här ska stå rader med "nyckel: värde".'
        raise _content_error(shown, first_line, "bad-yaml", message)
    return value


def _load(text: str) -> Any:
    """Return the value of a YAML text. Raises yaml.YAMLError."""
    try:
        return yaml.load(text, Loader=_FastLoader)
    except yaml.YAMLError:
        return yaml.load(text, Loader=_Loader)  # raises again, with better lines


def _locate_error(error: yaml.MarkedYAMLError, lines: list[str]) -> tuple[int, str]:
    """Return the index in ``lines`` of the line to mend, and the cause in Swedish.

    PyYAML stops on the line where it can't read on. The slip may be further up: a field's name
    without its colon is text, and so are the lines below it, until one has a colon.
    """
    problem = str(error.problem)
    known_problem = next((known for known in CAUSES if known in problem), "")
    cause = CAUSES.get(known_problem, "fel form") or problem  # "" in CAUSES: ``problem`` is Swedish
    # In a quoted text or a list in brackets, the line to mend is the one where it begins.
    in_value = re.match("while (scanning|parsing a flow)", error.context or "")
    mark = (error.context_mark if in_value else None) or error.problem_mark
    index = mark.line if mark else 0
    unclosed = _open_quote_above(lines, index)
    if unclosed is not None:
        return unclosed, UNCLOSED
    if known_problem != COLON_IN_VALUE:
        return index, UNQUOTED if MACRO.search(lines[index]) else cause
    field_match = FIELD.match(lines[index])
    if mark and field_match and field_match.end() > mark.column:
        # The colon is the field's own: PyYAML took the field for a part of the text above.
        return _locate_slip_above(lines, index)
    return index, cause


def _locate_slip_above(lines: list[str], index: int) -> tuple[int, str]:
    """Return the index of the line to mend, and the cause in Swedish, for a field on the line
    ``index`` that PyYAML took for part of the text above it."""
    first = index  # the first line of the text
    while first > 0 and _is_text(lines[first - 1]):
        first -= 1
    if first == index:  # no text above: the field itself is wrongly indented
        return index, INDENT
    before = lines[first - 1] if first > 0 else ""
    has_value = FIELD.match(before) and not FIELD.fullmatch(before.rstrip())
    if has_value and indent(lines[first]) > indent(before):
        return index, CAUSES[COLON_IN_VALUE]  # a value of several lines, and one has a colon
    return first, NO_COLON


def _is_text(line: str) -> bool:
    """Whether a line is neither empty nor a comment nor the beginning of a field."""
    return line.strip()[:1] not in ("", "#") and not FIELD.match(line)


def _open_quote_above(lines: list[str], index: int) -> int | None:
    """Return the index of the nearest line above ``index`` with an unclosed quotation mark, before
    a line that begins a field: PyYAML read on until a quotation mark further down. None if there is
    no such line."""
    for above in range(index - 1, max(-1, index - OPEN_QUOTE_REACH), -1):
        if OPEN_QUOTE.match(lines[above]) and FIELD.match(lines[above + 1]):
            return above
    return None


def indent(line: str) -> int:
    """Return how many spaces a line begins with."""
    return len(line) - len(line.lstrip())


@dataclass(frozen=True)
class RegisterFile:
    """A register file of docs/_data/, or the front matter of a page: its text and its value.

    A value's place in it is a ``ValuePath``: ``file.line("groups", 0, "title")``.
    """

    display_path: PurePosixPath  # as findings name it
    text: str
    value: dict[Any, Any] = field(default_factory=dict)  # words inserted, see facts.py
    first_line: int = 1  # of the text, in its file
    words: Mapping[str, str] = field(default_factory=dict)  # those inserted: "fakta:frist" → words

    @property
    def parts(self) -> tuple[RegisterFile, ...]:
        """The files that the register's rows are written in: this one. MergedFile has two."""
        return (self,)

    def part(self, where: ValuePath) -> tuple[RegisterFile, ValuePath]:
        """Return the file that a value is written in, and the path to the value in that file. A
        merged register overrides this and ``parts``."""
        return self, where

    def location(self, *where: str | int) -> tuple[PurePosixPath, int]:
        """Return the file, as findings name it, and the line of a value: see ``line``."""
        file, path = self.part(where)
        return file.display_path, file.line(*path)

    def location_with(self, words: str, *where: str | int) -> tuple[PurePosixPath, int]:
        """Return the file, as findings name it, and the line of ``words`` in a value: see
        ``line_with``."""
        file, path = self.part(where)
        return file.display_path, file.line_with(words, *path)

    def record_location(self, key: str, *where: str | int) -> tuple[PurePosixPath, int]:
        """Return the file, as findings name it, and the line of the record whose key or id is
        ``key``, or of a value ``where`` in the record. Line 1 if there is no such record."""
        return self.location(*self.paths_by_key.get(key, ()), *where)

    @cached_property
    def tree(self) -> yaml.Node | None:
        """The file as YAML nodes, which know their lines; None for an empty file."""
        node: yaml.Node | None = yaml.compose(self.text, yaml.CSafeLoader)
        return node

    def line(self, *where: str | int) -> int:
        """Return the line of a value; if the value is missing, of the innermost value around its
        place, or 1."""
        return self._find(where)[0]

    def node(self, *where: str | int) -> Any:
        """Return a value as a YAML node; None if the value is missing."""
        return self._find(where)[1]

    def _find(self, where: ValuePath) -> tuple[int, yaml.Node | None]:
        """Return the line and the node of a value; see ``line`` and ``node``."""
        line, node = 1, self.tree
        for step in where:
            if isinstance(node, yaml.SequenceNode) and isinstance(step, int):
                node = node.value[step]
                line = node.start_mark.line + self.first_line
            elif isinstance(node, yaml.MappingNode):
                pairs = {key.value: (key, value) for key, value in node.value}
                if str(step) not in pairs:
                    return line, None
                key, node = pairs[str(step)]
                line = key.start_mark.line + self.first_line
        return line, node

    def line_with(self, words: str, *where: str | int) -> int:
        """Return the line of ``words`` in a value, which may have many lines: the first line with
        them from the beginning of the value on, or else the line where the value begins."""
        first = self.line(*where)
        lines = self.text.split("\n")[first - self.first_line :]
        return next((number for number, line in enumerate(lines, first) if words in line), first)

    def texts(self) -> Iterator[tuple[ValuePath, str]]:
        """Yield (path, text) for each text of the file, in the file's order."""
        yield from _texts_in(self.value, ())

    @cached_property
    def paths_by_key(self) -> dict[str, ValuePath]:
        """Key of a record → the path to the record. A record's key is its key in a mapping, or its
        ``id``. If two records have the same key the outermost counts, then the first in the file.
        """
        paths: dict[str, ValuePath] = {}
        _add_paths(self.tree, (), paths)
        return paths


def _texts_in(value: Any, where: ValuePath) -> Iterator[tuple[ValuePath, str]]:
    """Yield (path, text) for each text in a value at the path ``where``."""
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _texts_in(item, (*where, key))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _texts_in(item, (*where, number))


def _add_paths(node: yaml.Node | None, where: ValuePath, paths: dict[str, ValuePath]) -> None:
    """Add to ``paths`` the records in a node at the path ``where``: first the node's own, then
    those further in. A key that ``paths`` has already keeps its path."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == "id":
                paths.setdefault(value.value, where)
            paths.setdefault(key.value, (*where, key.value))
        for key, value in node.value:
            _add_paths(value, (*where, key.value), paths)
    elif isinstance(node, yaml.SequenceNode):
        for number, item in enumerate(node.value):
            _add_paths(item, (*where, number), paths)
