"""Puts a new site in the place of the old one, so that a half-made site is never served."""

from __future__ import annotations

import shutil
from pathlib import Path


def work(site: Path) -> Path:
    """Return the folder for half-made sites: beside the site, on the same file system."""
    return site.parent / ".build"


def set_aside(site: Path) -> Path:
    """Return where the old site is kept while the new one takes its place."""
    return work(site) / "site-old"


def swap(new: Path, site: Path) -> None:
    """Replace ``site`` by ``new`` in two renames.

    A failure of the second puts the old site back. If the process dies between them, ``recover``
    does so when the next build begins. Raises OSError.
    """
    old = set_aside(site)
    shutil.rmtree(old, ignore_errors=True)
    # A web server of another user must be able to read it, whatever umask the build had.
    for path in (new, *new.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    if site.is_dir():
        site.rename(old)
    else:
        site.unlink(missing_ok=True)
    try:
        new.rename(site)
    except OSError:
        if old.is_dir():
            old.rename(site)
        raise
    shutil.rmtree(old, ignore_errors=True)


def recover(site: Path) -> None:
    """Put back a site that a killed build left set aside, and delete its half-made folders."""
    old = set_aside(site)
    if old.is_dir() and not site.exists():
        old.rename(site)
    for left in work(site).glob("site-*"):
        shutil.rmtree(left, ignore_errors=True)
