"""Which sources have changed since a commit: for those who only want to see their own faults."""

from __future__ import annotations

import subprocess
from pathlib import Path, PurePosixPath


def changed_since(revision: str, docs: Path) -> set[str] | None:
    """Return the files of ``docs`` that have changed since ``revision``, as findings name them.

    None when something that every page depends on has changed. Raises ValueError when git can't
    tell.
    """
    folder = docs.resolve()
    top = folder.parent

    def git(*arguments: str) -> list[str]:
        try:
            done = subprocess.run(
                ["git", "-C", str(top), *arguments],
                capture_output=True, text=True, encoding="utf-8", errors="surrogateescape",
            )  # fmt: skip
        except OSError as error:
            raise ValueError("programmet git finns inte") from error
        if done.returncode:
            raise ValueError(done.stderr.strip().split("\n")[0])
        return [name for name in done.stdout.split("\0") if name]

    # What is no commit, an option for one, comes no further.
    commit = git("rev-parse", "--verify", f"{revision}^{{commit}}")[0].strip()
    names = git("diff", "--name-only", "--relative", "-z", commit, "--", ".")
    names += git("ls-files", "--others", "--exclude-standard", "-z")
    shared = (f"{folder.name}/_data/", "overrides/", "mkdocs.yml", "scripts/")
    if any(name.startswith(shared) for name in names):
        return None
    own = f"{folder.name}/"  # "docs", "." or a symbolic link's name: findings name it as it came
    inside = (name.removeprefix(own) for name in names if name.startswith(own))
    return {str(PurePosixPath(docs.name, name)) for name in inside}
