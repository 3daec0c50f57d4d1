"""Two YAML files merged: the national file, and a municipality's file with more rows.

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
    """The rows of two files. ``value`` has them all. ``text``, ``line`` and ``node`` are of the
    national file alone: use ``part``, ``location`` or ``record_location`` to find a value."""

    national: RegisterFile
    added: RegisterFile
    # Path to each value that ``added`` has given → its path there.
    origins: Mapping[ValuePath, ValuePath] = field(default_factory=dict)

    @property
    def parts(self) -> tuple[RegisterFile, ...]:
        """The national file and the municipality's."""
        return self.national, self.added

    def part(self, where: ValuePath) -> tuple[RegisterFile, ValuePath]:
        """Return the file that a value is written in, and the path to the value there."""
        for length in range(len(where), 0, -1):  # the value itself, or what it is part of
            if where[:length] in self.origins:
                return self.added, (*self.origins[where[:length]], *where[length:])
        return self.national, where

    def record_location(self, key: str, *where: str | int) -> tuple[PurePosixPath, int]:
        """As in ``RegisterFile``; a key that both files have is the national one's."""
        is_added = key in self.added.paths_by_key and key not in self.national.paths_by_key
        file = self.added if is_added else self.national
        return file.record_location(key, *where)


def merge_files(national: RegisterFile, added: RegisterFile) -> MergedFile:
    """Return the rows of both files, the municipality's last.

    Raises ContentError with a finding for each key of ``added`` that the national file has.
    """
    merge = _Merge(national, added)
    value = merge.merge_mappings(national.value, added.value, (), ())
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
    """Merges two files. Collects where the added values came from, and the keys that both have.

    Args of the methods:
        base, more: the national value, and the one to add to it.
        where, added_where: the paths to them, in the merged value and in the municipality's file.
    """

    def __init__(self, national: RegisterFile, added: RegisterFile) -> None:
        self.national = national
        self.added = added
        self.origins: dict[ValuePath, ValuePath] = {}
        self.conflicts: list[Finding] = []

    def merge_mappings(
        self,
        base: Mapping[Any, Any],
        more: Mapping[Any, Any],
        where: ValuePath,
        added_where: ValuePath,
    ) -> dict[Any, Any]:
        """Return ``base`` with the keys of ``more``. A key of both is a conflict, unless it is one
        of OPEN_PARTS: their rows are merged."""
        merged = dict(base)
        for key, value in more.items():
            path, added_path = (*where, key), (*added_where, key)
            present = merged.get(key)
            if present in (None, [], {}):
                merged[key] = value
                self.origins[path] = added_path
            elif key in OPEN_PARTS and isinstance(present, list) and isinstance(value, list):
                merged[key] = self.merge_lists(present, value, path, added_path)
            elif key in OPEN_PARTS and isinstance(present, dict) and isinstance(value, dict):
                merged[key] = self.merge_mappings(present, value, path, added_path)
            elif key != "id":  # the id is what says that two groups are one
                self.conflicts.append(self.conflict(key, added_path))
        return merged

    def merge_lists(
        self, base: list[Any], more: list[Any], where: ValuePath, added_where: ValuePath
    ) -> list[Any]:
        """Return ``base`` with the rows of ``more``: last, or in the group with the same id."""
        merged = list(base)
        index_by_group = {_group_id(row): at for at, row in enumerate(base) if _group_id(row)}
        for number, row in enumerate(more):
            index = index_by_group.get(_group_id(row))
            if index is None:
                self.origins[(*where, len(merged))] = (*added_where, number)
                merged.append(row)
            else:
                merged[index] = self.merge_mappings(
                    base[index], row, (*where, index), (*added_where, number)
                )
        return merged

    def conflict(self, key: Any, added_where: ValuePath) -> Finding:
        """Return the finding for a key that both files have."""
        message = (
            f'"{key}" står redan i {self.national.display_path}. En egen mapp lägger till, '
            "och ändrar inget. Byt nyckel, eller ta bort raden."
        )
        return Finding(*self.added.location(*added_where), "national", message)


def _group_id(row: Any) -> str:
    """Return the id of a row that has rows of its own; "" for any other row."""
    if isinstance(row, dict) and "id" in row and any(part in row for part in OPEN_PARTS):
        return str(row["id"])
    return ""


def merge_menus(national: list[Any], added: list[Any]) -> list[Any]:
    """Return the menu (``nav`` of mkdocs.yml) of both: the municipality's pages are last, or last
    in the section with the same title."""
    merged = list(national)
    for row in added:
        title, pages = _menu_section(row)
        titles = [_menu_section(other)[0] for other in merged]
        if title and title in titles:
            index = titles.index(title)
            merged[index] = {title: merge_menus(_menu_section(merged[index])[1], pages)}
        else:
            merged.append(row)
    return merged


def _menu_section(row: Any) -> tuple[str, list[Any]]:
    """Return the title and the rows of a menu's section; "" and no rows for a page."""
    if isinstance(row, dict) and len(row) == 1:
        title, pages = next(iter(row.items()))
        if isinstance(pages, list):
            return str(title), pages
    return "", []
