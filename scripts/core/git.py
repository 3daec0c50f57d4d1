"""The commit that a folder's files are checked out from, asked of git."""

from __future__ import annotations

import datetime as dt
import subprocess
from dataclasses import dataclass
from pathlib import Path

LENGTH = 10  # of a commit's name, as it is shown: two in a repository of this size don't collide


@dataclass(frozen=True)
class Commit:
    """A commit, and whether the files are its own."""

    name: str  # the first LENGTH hexadecimal digits
    date: dt.date  # the committer's, in the time zone that the commit has
    changed: bool  # whether a file that git doesn't ignore has changed since


def commit_of(folder: Path, file: str) -> Commit | None:
    """Return the commit that ``folder`` is checked out from.

    None where there is no git, no commit, or ``file`` (relative to ``folder``) isn't in git: then
    the repository around the folder is another project's.
    """
    if _git(folder, "ls-files", "--error-unmatch", file) is None:
        return None
    head = _git(folder, "log", "-1", "--format=%H %cs")
    changes = _git(folder, "status", "--porcelain", "--", ".")
    if not head or changes is None:
        return None
    name, date = head.split()
    return Commit(name[:LENGTH], dt.date.fromisoformat(date), bool(changes))


def _git(folder: Path, *arguments: str) -> str | None:
    """Return what git prints, or None where it isn't installed or refuses."""
    command = ["git", "-C", str(folder), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    except OSError:
        return None
    return done.stdout.strip() if done.returncode == 0 else None
