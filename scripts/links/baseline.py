"""What was known before: for a foreign site, whose old faults somebody else mends."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from scripts.core.findings import Finding

Key = tuple[str, str, str]


def read(file: Path) -> set[Key]:
    """Return (rule, page, target) of each finding in ``file``, written with ``--format json``.

    Raises OSError and ValueError.
    """
    try:
        rows = json.loads(file.read_text(encoding="utf-8-sig"))["findings"]
        return {(str(row["rule"]), str(row["page"]), str(row["target"])) for row in rows}
    except (ValueError, LookupError, TypeError) as error:
        raise ValueError(f"{file} är inga fynd, skrivna med --format json ({error})") from error


def new(findings: Iterable[Finding], known: set[Key]) -> list[Finding]:
    """Return the findings that aren't among the known, whatever line they stand on now."""
    return [f for f in findings if (f.rule, f.page, f.target) not in known]
