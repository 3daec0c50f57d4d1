"""Ask git which commit a folder is checked out from."""

from __future__ import annotations

import datetime as dt
import subprocess
from dataclasses import dataclass
from pathlib import Path

LENGTH = 10  # digits of a commit's hash that are shown; they don't collide in a small repository


@dataclass(frozen=True)
class Commit:
    """The commit that is checked out.

    Attributes:
        name: the first LENGTH hexadecimal digits of its hash.
        date: the committer's date, in the commit's own time zone.
        changed: whether a file in the folder differs from the commit; ignored files don't count.
    """

    name: str
    date: dt.date
    changed: bool


def commit_of(folder: Path, file: str) -> Commit | None:
    """Return the commit that ``folder`` is checked out from.

    ``file``: a path in ``folder`` that is in git if the project is. Return None if it isn't, since
    the repository around the folder is another project's then; also without git or a commit.
    """
    if _git(folder, "ls-files", "--error-unmatch", file) is None:
        return None
    head = _git(folder, "log", "-1", "--format=%H %cs")
    changes = _git(folder, "status", "--porcelain", "--", ".")  # a line for each file, or ""
    if not head or changes is None:
        return None
    name, date = head.split()
    return Commit(name[:LENGTH], dt.date.fromisoformat(date), bool(changes))


def _git(folder: Path, *arguments: str) -> str | None:
    """Return the output of a git command run in ``folder``; None if it fails or git is missing."""
    command = ["git", "-C", str(folder), *arguments]
    try:
        result = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    except OSError:
        return None
    return result.stdout.strip() if result.returncode == 0 else None
