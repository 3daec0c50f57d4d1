"""Runs MkDocs: docs/ and overrides/ in, pages out."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from pathlib import Path

from scripts.content.content import Content


def environment(content: Content) -> dict[str, str]:
    """Return the environment MkDocs runs in: same input, same bytes, whatever the day."""
    newest = max(page.meta["last_reviewed_on"] for page in content.pages.values())
    noon = dt.datetime.combine(newest, dt.time(12), dt.UTC)
    return {
        **os.environ,
        "SOURCE_DATE_EPOCH": str(int(noon.timestamp())),
        # Material's notice about MkDocs 2; README says when its maintenance ends, and the way out.
        "NO_MKDOCS_2_WARNING": "1",
        "PYTHONHASHSEED": "0",
    }


def run(root: Path, target: Path, content: Content) -> list[str]:
    """Build the project in ``root`` into ``target``; return what MkDocs complains of, or []."""
    done = subprocess.run(
        # Never -q: with it, --strict lets warnings pass (MkDocs 1.6.1).
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(target)],
        cwd=root,
        env=environment(content),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    )
    if done.returncode == 0:
        return []
    lines = done.stdout.splitlines()
    return (
        [row for row in lines if row.startswith(("WARNING", "ERROR"))] or lines[-15:] or ["MkDocs"]
    )


def whole(target: Path, content: Content) -> bool:
    """Whether every page was written: --strict stops after the last; else MkDocs died."""
    return all((target / p.address / "index.html").is_file() for p in content.pages.values())
