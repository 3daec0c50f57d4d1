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
        # ``added`` gave the value itself, or a row or mapping that has the value
        for length in range(len(where), 0, -1):
            outer, rest = where[:length], where[length:]
            if outer in self.origins:
                return self.added, (*self.origins[outer], *rest)
        return self.national, where

    def record_location(self, key: str, *where: str | int) -> tuple[PurePosixPath, int]:
        """As in ``RegisterFile``. If both files have the key, the national record is meant."""
        is_added = key in self.added.paths_by_key and key not in self.national.paths_by_key
        file = self.added if is_added else self.national
        return file.record_location(key, *where)


def merge_files(national: RegisterFile, added: RegisterFile) -> MergedFile:
    """Return a file with the rows of both files, the municipality's last.

    Raises ContentError with a finding for each key of ``added`` that the national file has, too.
    """
    merge = _Merge(national, added)
    value = merge.merge_mappings(national.value, added.value, (), ())
    if merge.conflicts:
        raise ContentError(*merge.conflicts)
    return MergedFile(
        display_path=national.display_path,
        text=national.text,
        value=value,
        first_line=national.first_line,
        words=national.words,
        national=national,
        added=added,
        origins=merge.origins,
    )


class _Merge:
    """Merges the values of two files. Collects the path of each added value in the municipality's
    file (``origins``), and findings for the keys that both files have (``conflicts``).

    Args of the methods:
        base, more: a national value, and the municipality's value to add to it.
        where: the path to ``base`` in the merged file.
        added_where: the path to ``more`` in the municipality's file.
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
        """Return ``base`` with the keys of ``more``. A key with a value in both is a conflict; but
        the rows of OPEN_PARTS are merged, and ``id`` stays as it is."""
        merged = dict(base)
        for key, value in more.items():
            path, added_path = (*where, key), (*added_where, key)
            present = merged.get(key)
            if present in (None, [], {}):  # the national file has no value there
                merged[key] = value
                self.origins[path] = added_path
            elif key in OPEN_PARTS and isinstance(present, list) and isinstance(value, list):
                merged[key] = self.merge_lists(present, value, path, added_path)
            elif key in OPEN_PARTS and isinstance(present, dict) and isinstance(value, dict):
                merged[key] = self.merge_mappings(present, value, path, added_path)
            elif key != "id":  # two groups are merged because they have the same id
                self.conflicts.append(self.conflict_finding(key, added_path))
        return merged

    def merge_lists(
        self, base: list[Any], more: list[Any], where: ValuePath, added_where: ValuePath
    ) -> list[Any]:
        """Return ``base`` with the rows of ``more`` last; but a group whose id a group of ``base``
        has is merged into that group. ``origins`` gets the place of each row that is added.

        Args:
            where: path of ``base`` in the merged file.
            added_where: path of ``more`` in the municipality's file.
        """
        merged = list(base)
        index_by_group = {_group_id(row): index for index, row in enumerate(base) if _group_id(row)}
        for added_index, row in enumerate(more):
            added_path = (*added_where, added_index)
            index = index_by_group.get(_group_id(row))
            if index is None:
                self.origins[(*where, len(merged))] = added_path
                merged.append(row)
            else:
                merged[index] = self.merge_mappings(base[index], row, (*where, index), added_path)
        return merged

    def conflict_finding(self, key: Any, added_where: ValuePath) -> Finding:
        """Return the finding for a key that both files have."""
        message = (
            f'"{key}" står redan i {self.national.display_path}. En egen mapp lägger till, '
            "och ändrar inget. Byt nyckel, eller ta bort raden."
        )
        return Finding(*self.added.location(*added_where), "national", message)


def _group_id(row: Any) -> str:
    """Return the id of a group, a row that has rows of its own; "" for any other row."""
    if isinstance(row, dict) and "id" in row and any(part in row for part in OPEN_PARTS):
        return str(row["id"])
    return ""


def merge_menus(national: list[Any], added: list[Any]) -> list[Any]:
    """Return one menu of two (``nav`` in mkdocs.yml). Sections with the same title are merged, and
    in each section the municipality's own rows are last."""
    merged = list(national)
    for row in added:
        title, rows = _menu_section(row)
        titles = [_menu_section(other)[0] for other in merged]
        if title and title in titles:
            index = titles.index(title)
            _, present_rows = _menu_section(merged[index])
            merged[index] = {title: merge_menus(present_rows, rows)}
        else:
            merged.append(row)
    return merged


def _menu_section(row: Any) -> tuple[str, list[Any]]:
    """Return the title and the rows of a menu's section; "" and no rows for a page."""
    if isinstance(row, dict) and len(row) == 1:
        title, rows = next(iter(row.items()))
        if isinstance(rows, list):
            return str(title), rows
    return "", []
