"""One thing an editor can fix, and how a list of such things is shown."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TextIO


@dataclass(frozen=True, order=True)
class Finding:
    """One fault, and where: ``path:line: message (rule)``.

    ``path`` is relative to the project (or to the checked folder), ``line`` counts from 1,
    ``rule`` is kebab-case English, ``message`` is Swedish and names the cure.
    """

    path: PurePosixPath
    line: int
    rule: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message} ({self.rule})"


class ContentError(Exception):
    """Something in docs/ can't be read; ``finding`` says where and how to mend it."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(str(finding))
        self.finding = finding


def report(findings: Iterable[Finding], out: TextIO | None = None) -> int:
    """Print findings in order, each once, and a closing line; return the exit code, 0 or 1."""
    out = out or sys.stdout
    # by their text, as the link validator's findings are of another class
    told = {str(finding): finding for finding in findings}
    ordered = sorted(told.values(), key=lambda f: (f.path, f.line, f.rule, f.message))
    for finding in ordered:
        print(finding, file=out)
    count = len(ordered)
    print("Inga fel." if not count else f"{count} fel." if count > 1 else "Ett fel.", file=out)
    return 1 if ordered else 0
