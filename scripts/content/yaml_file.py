"""A file of text or YAML: read without guessing, and every key knows its line."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path, PurePosixPath
from typing import Any

import yaml

from scripts.core.findings import ContentError, Finding


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


def compose(text: str) -> yaml.Node | None:
    """Return YAML as nodes, which know their lines; None if it is empty. Raises yaml.YAMLError."""
    node: yaml.Node | None = yaml.compose(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return node


def _is_date(row: str) -> bool:
    match = re.search(r"(\d{4})-(\d{1,2})-(\d{1,2})", row)
    try:
        return bool(match and dt.date(*map(int, match.groups())))
    except ValueError:
        return False
