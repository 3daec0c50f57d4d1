"""Whether the built site is already what a build would give: nothing is built twice.

Kept in .build/, safe to delete: what was built of, and what came of it, as hashes. A changed file
or script, another day or setting, or a touched site/ makes the next build a whole one.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import sys
from collections.abc import Iterable
from pathlib import Path

from scripts.core.environment import WORK

MARK = WORK / "unchanged"
SOURCES = ("docs", "overrides", "scripts", "mkdocs.yml", "requirements.txt")


def digest(root: Path, files: Iterable[Path]) -> str:
    """Return one hash of the names and bytes of files below ``root``."""
    total = hashlib.sha256()
    for file in sorted(files):
        data = file.read_bytes()
        total.update(f"{file.relative_to(root).as_posix()}\0{len(data)}\0".encode() + data)
    return total.hexdigest()


def fingerprint(root: Path, *settings: str) -> str:
    """Return the hash of what decides a build of the project in ``root``: its files, the packages
    as they are installed, and ``settings``: the day, the address, with or without PDF files."""
    found = [
        file
        for name in SOURCES
        for file in ((root / name).rglob("*") if (root / name).is_dir() else [root / name])
        if file.is_file() and "__pycache__" not in file.parts
    ]
    packages = sorted(f"{d.name} {d.version}" for d in importlib.metadata.distributions())
    given = "\n".join([digest(root, found), sys.version, *packages, *settings])
    return hashlib.sha256(given.encode()).hexdigest()


def remember(wanted: str, site: Path) -> None:
    """Write down that ``site`` was built of what has the fingerprint ``wanted``."""
    half = MARK.with_suffix(".half")
    half.write_text(f"{wanted} {_digest(site)}", encoding="ascii")
    half.replace(MARK)


def holds(wanted: str, site: Path) -> bool:
    """Whether ``site`` was built of what has that fingerprint, and nobody has touched it since."""
    if not MARK.is_file() or not site.is_dir():
        return False
    return MARK.read_text(encoding="ascii", errors="replace") == f"{wanted} {_digest(site)}"


def _digest(site: Path) -> str:
    return digest(site, (file for file in site.rglob("*") if file.is_file()))
