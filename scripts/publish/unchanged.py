"""Whether the built site is already what a build would give: nothing is built twice.

Kept in .build/, safe to delete: what was built of, and what came of it, as hashes. A changed file
or script, another day or setting, or a touched site/ makes the next build a whole one.
"""

from __future__ import annotations

import functools
import hashlib
import importlib.metadata
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

from scripts.content.content import Content
from scripts.core.environment import ROOT
from scripts.publish.swap import work

CONTENT = ("docs", "mkdocs.yml")
GENERATOR = ("overrides", "scripts", "requirements.txt")  # the same for every site


def digest(
    root: Path, files: Iterable[Path], known: Mapping[Path, str] = MappingProxyType({})
) -> str:
    """Return one hash of the names of files below ``root`` and of what they hold: their bytes, or
    what is ``known`` of them without opening them again."""
    total = hashlib.sha256()
    for file in sorted(files):
        data = known[file].encode() if file in known else file.read_bytes()
        total.update(f"{file.relative_to(root).as_posix()}\0{len(data)}\0".encode() + data)
    return total.hexdigest()


def fingerprint(root: Path, content: Content, *settings: str) -> str:
    """Return the hash of what decides a build of the project in ``root``: its files, the packages
    as they are installed, and ``settings``: the day, the address, with or without PDF files.
    """
    known = {content.docs / page.path: page.source for page in content.written}
    known |= {content.docs.parent / file.shown: file.text for file in content.files.values()}
    own = digest(root, (file for name in CONTENT for file in _files(root / name)), known)
    return hashlib.sha256("\n".join([own, generator(), *settings]).encode()).hexdigest()


def generator() -> str:
    """Return the hash of what builds, whatever the site: scripts, templates, packages, Python."""
    files = digest(ROOT, (file for name in GENERATOR for file in _files(ROOT / name)))
    return "\n".join([files, sys.version, *_packages()])


@functools.cache
def _packages() -> tuple[str, ...]:
    return tuple(sorted(f"{d.name} {d.version}" for d in importlib.metadata.distributions()))


def _files(place: Path) -> Iterable[Path]:
    for file in place.rglob("*") if place.is_dir() else [place]:
        if file.is_file() and "__pycache__" not in file.parts:
            yield file


def _mark(site: Path) -> Path:
    return work(site) / "unchanged"


def remember(wanted: str, site: Path) -> None:
    """Write down that ``site`` was built of what has the fingerprint ``wanted``."""
    mark = _mark(site)
    mark.parent.mkdir(exist_ok=True)
    half = mark.with_suffix(".half")
    half.write_text(f"{wanted} {folder_digest(site)}", encoding="ascii")
    half.replace(mark)


def holds(wanted: str, site: Path) -> bool:
    """Whether ``site`` was built of what has that fingerprint, and nobody has touched it since."""
    mark = _mark(site)
    if not mark.is_file() or not site.is_dir():
        return False
    return mark.read_text(encoding="ascii", errors="replace") == f"{wanted} {folder_digest(site)}"


def folder_digest(site: Path) -> str:
    """Return one hash of all that a folder holds."""
    return digest(site, (file for file in site.rglob("*") if file.is_file()))
