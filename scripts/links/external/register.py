"""What sources.yml says of an address, and a moved address written into it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote


class Statute(NamedTuple):
    """A paragraph of the register, for the address of its published text."""

    name: str  # "17 kap. 1 § utlänningslagen"
    amended_by: str
    line: int  # in sources.yml


def rewrite(text: str, moves: Mapping[str, str]) -> tuple[str, int]:
    """Return a register with moved addresses written in, line by line, and how many there were."""
    count = 0
    lines = text.split("\n")
    for i, line in enumerate(lines):
        match = re.match(r"""(\s*(?:-\s*)?url:\s*)(["']?)(\S+?)\2(\s*(?:#.*)?)$""", line)
        if match and match[3] in moves:
            new = quote(moves[match[3]], safe="/:?#[]@!$&()*+,;=%~-._")
            lines[i] = f"{match[1]}{match[2]}{new}{match[2]}{match[4]}"
            count += 1
    return "\n".join(lines), count


def register_facts(file: Path) -> dict[str, str]:
    """Return address → when it was last read, from sources.yml. A missing file has none."""
    from scripts.content.content import read_registers
    from scripts.core.findings import ContentError

    try:
        sources = read_registers(file.parent.parent).sources
    except ContentError:
        return {}
    rows = (row for row in sources.values() if isinstance(row, dict) and row.get("url"))
    return {str(row["url"]): str(row.get("read_on") or "") for row in rows}


def register_statutes(file: Path) -> dict[str, Statute]:
    """Return address → paragraph, from sources.yml. A missing file has none."""
    from scripts.content.content import read_registers
    from scripts.content.statutes import register_lines
    from scripts.core.findings import ContentError

    try:
        sources = read_registers(file.parent.parent).sources
    except ContentError:
        return {}
    lines = register_lines(file.read_text("utf-8-sig")) if file.is_file() else {}
    return {
        str(row["url"]): Statute(
            f"{row['place']} {row.get('name')}", str(row["amended_by"]), lines.get(key, 1)
        )
        for key, row in sources.items()
        if isinstance(row, dict) and row.get("place") and row.get("amended_by")
    }
