"""Puts a new site in the place of the old one: at no moment is there a half-made site. And tells
whether the old one is already what a build would give: nothing is built twice.

What was built of, and what came of it, stands as hashes in .build/unchanged, safe to delete. A
changed file or script, another day or setting, or a touched site/ makes the next build a whole one.
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib.metadata
import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from scripts.core.environment import ROOT

CONTENT = ("docs", "mkdocs.yml")
GENERATOR = ("overrides", "scripts", "requirements.txt")  # the same for every site


def work(site: Path) -> Path:
    """Return where a site that is half made stands: beside it, on the same file system."""
    return site.parent / ".build"


def swap(new: Path, site: Path) -> None:
    """Put ``new`` in the place of ``site``.

    On Linux in one step (renameat2 with RENAME_EXCHANGE). Elsewhere in two renames; ``recover``
    finishes the job if the process dies between them.
    """
    old = work(site) / "site-old"
    shutil.rmtree(old, ignore_errors=True)
    if not site.exists():
        new.rename(site)
        return
    if sys.platform == "linux":
        exchange = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
        # -100: AT_FDCWD, 2: RENAME_EXCHANGE (renameat2(2))
        if exchange and exchange(-100, os.fsencode(new), -100, os.fsencode(site), 2) == 0:
            shutil.rmtree(new, ignore_errors=True)
            return
    site.rename(old)
    new.rename(site)
    shutil.rmtree(old, ignore_errors=True)


def recover(site: Path) -> None:
    """Undo what a killed build left: a site moved aside, half-made folders."""
    old = work(site) / "site-old"
    if old.is_dir() and not site.exists():
        old.rename(site)
    for left in work(site).glob("site-*"):
        shutil.rmtree(left, ignore_errors=True)


def fingerprint(root: Path, *settings: str) -> str:
    """Return the hash of what decides a build of the project in ``root``: its files, what builds
    them, and ``settings``: the day, the address, with or without PDF files.

    Asked for before anything is read: a file saved after that makes the next build a whole one.
    """
    packages = sorted(f"{d.name} {d.version}" for d in importlib.metadata.distributions())
    own, ours = _digest(root, CONTENT), _digest(ROOT, GENERATOR)
    return _hash("\n".join([own, ours, sys.version, *packages, *settings]).encode())


def _digest(folder: Path, names: Iterable[str]) -> str:
    """Return one hash of what the files and folders ``names`` hold, and of its names."""
    files = (file for name in names for file in _files(folder / name))
    rows = (f"{f.relative_to(folder).as_posix()} {_hash(f.read_bytes())}" for f in sorted(files))
    return _hash("\n".join(rows).encode())


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _files(place: Path) -> Iterator[Path]:
    for file in place.rglob("*") if place.is_dir() else [place]:
        if file.is_file() and "__pycache__" not in file.parts:
            yield file


def remember(made_of: str, site: Path) -> None:
    """Write down that ``site`` was built of what has that fingerprint."""
    mark = work(site) / "unchanged"
    mark.parent.mkdir(exist_ok=True)
    mark.write_text(f"{made_of} {_digest(site, ['.'])}", encoding="ascii")


def holds(made_of: str, site: Path) -> bool:
    """Whether ``site`` was built of what has that fingerprint, and nobody has touched it since."""
    mark = work(site) / "unchanged"
    if not mark.is_file() or not site.is_dir():
        return False
    wanted = f"{made_of} {_digest(site, ['.'])}"
    return mark.read_text(encoding="ascii", errors="replace") == wanted
