"""Two YAML files merged as records: the national file, and a municipality's file with more rows.

A municipality's file adds rows. It never replaces one: then an update of the national text would
have to be merged by hand. Every value keeps the file and the line that it is written on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from scripts.content.yaml_file import RegisterFile, ValuePath
from scripts.core.findings import ContentError, Finding

# The parts of a register that are lists or mappings of rows. Anything else is a record, which a
# municipality's file can't change.
OPEN_PARTS = ("groups", "moved", "retired", "rows")


@dataclass(frozen=True, kw_only=True)
class MergedFile(RegisterFile):
    """The rows of two files. ``value`` has them all; ``shown``, ``text`` and ``line`` are of the
    national file alone: use ``at`` or ``record_at`` to find a value."""

    national: RegisterFile
    added: RegisterFile
    # Path to a value that ``added`` has given → its path there.
    origins: Mapping[ValuePath, ValuePath] = field(default_factory=dict)

    @property
    def parts(self) -> tuple[RegisterFile, ...]:
        """The national file and the municipality's."""
        return self.national, self.added

    def part(self, where: ValuePath) -> tuple[RegisterFile, ValuePath]:
        """Return the file that a value is written in, and the path to the value there."""
        for end in range(len(where), 0, -1):
            if where[:end] in self.origins:
                return self.added, (*self.origins[where[:end]], *where[end:])
        return self.national, where

    def record_location(self, key: str, *where: str | int) -> tuple[PurePosixPath, int]:
        is_added = key in self.added.paths_by_key and key not in self.national.paths_by_key
        file = self.added if is_added else self.national
        return file.record_location(key, *where)


def merge_files(national: RegisterFile, added: RegisterFile) -> MergedFile:
    """Return the rows of both files, the municipality's last.

    Raises ContentError with a finding for each key of ``added`` that the national file has.
    """
    merge = _Merge(national, added)
    value = merge.mappings(national.value, added.value, (), ())
    if merge.conflicts:
        raise ContentError(*merge.conflicts)
    return MergedFile(
        national.display_path,
        national.text,
        value,
        national.first_line,
        national.words,
        national=national,
        added=added,
        origins=merge.origins,
    )


class _Merge:
    """The state of one merge: where the added values came from, and the keys that are taken."""

    def __init__(self, national: RegisterFile, added: RegisterFile) -> None:
        self.national = national
        self.added = added
        self.origins: dict[ValuePath, ValuePath] = {}
        self.conflicts: list[Finding] = []

    def mappings(
        self, base: Mapping[Any, Any], more: Mapping[Any, Any], where: ValuePath, own: ValuePath
    ) -> dict[Any, Any]:
        """Return ``base`` with the keys of ``more``. ``where``, ``own``: the paths to them in the
        merged value and in the municipality's file."""
        merged = dict(base)
        for key, value in more.items():
            here, there = (*where, key), (*own, key)
            present = merged.get(key)
            is_open = key in OPEN_PARTS
            if present is None or present in ("", [], {}):
                merged[key] = value
                self.origins[here] = there
            elif is_open and isinstance(present, list) and isinstance(value, list):
                merged[key] = self.lists(present, value, here, there)
            elif is_open and isinstance(present, dict) and isinstance(value, dict):
                merged[key] = self.mappings(present, value, here, there)
            elif present != value or isinstance(value, (dict, list)):
                self._conflict(key, there)
        return merged

    def lists(
        self, base: list[Any], more: list[Any], where: ValuePath, own: ValuePath
    ) -> list[Any]:
        """Return ``base`` with the rows of ``more``: last, or in the group with the same id."""
        merged = list(base)
        groups = {_group_id(row): at for at, row in enumerate(base) if _group_id(row)}
        for number, row in enumerate(more):
            at = groups.get(_group_id(row))
            if at is not None:
                merged[at] = self.mappings(base[at], row, (*where, at), (*own, number))
            else:
                self.origins[(*where, len(merged))] = (*own, number)
                merged.append(row)
        return merged

    def _conflict(self, key: Any, own: ValuePath) -> None:
        message = (
            f'"{key}" står redan i {self.national.display_path}. En egen mapp lägger till, '
            "och ändrar inget. Byt nyckel, eller ta bort raden."
        )
        where = self.added.display_path, self.added.line(*own)
        self.conflicts.append(Finding(*where, "national", message))


def _group_id(row: Any) -> str:
    """Return the id of a row that has rows of its own; "" for any other row."""
    if isinstance(row, dict) and "id" in row and any(part in row for part in OPEN_PARTS):
        return str(row["id"])
    return ""


def merge_menus(national: list[Any], added: list[Any]) -> list[Any]:
    """Return the menu (``nav`` of mkdocs.yml) of both: the municipality's pages stand last, or last
    in the section with the same title."""
    merged = list(national)
    for row in added:
        title, pages = _section(row)
        at = next((n for n, one in enumerate(merged) if title and _section(one)[0] == title), None)
        if at is None:
            merged.append(row)
        else:
            merged[at] = {title: merge_menus(_section(merged[at])[1], pages)}
    return merged


def _section(row: Any) -> tuple[str, list[Any]]:
    """Return the title and the rows of a menu's section; "" and no rows for a page."""
    if isinstance(row, dict) and len(row) == 1:
        title, pages = next(iter(row.items()))
        if isinstance(pages, list):
            return str(title), pages
    return "", []
