"""Replaces the old site by a new one in two renames, so that a partial site is never served."""

from __future__ import annotations

import shutil
from pathlib import Path


def build_dir(site: Path) -> Path:
    """Return the folder for incomplete sites: beside the site, on the same file system."""
    return site.parent / ".build"


def old_site(site: Path) -> Path:
    """Return the folder of the old site during the swap."""
    return build_dir(site) / "site-old"


def swap(new: Path, site: Path) -> None:
    """Replace the folder ``site`` by ``new`` in two renames, and make all of it readable to other
    users.

    If the second rename fails, the old site is put back, and OSError raised. If the process dies
    between the renames, ``recover`` puts it back when the next build begins.
    """
    old = old_site(site)
    shutil.rmtree(old, ignore_errors=True)
    # a web server that runs as another user must be able to read it, whatever umask the build had
    for path in (new, *new.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    if site.is_dir():
        site.rename(old)
    else:
        site.unlink(missing_ok=True)  # a file in the folder's place
    try:
        new.rename(site)
    except OSError:
        if old.is_dir():
            old.rename(site)
        raise
    shutil.rmtree(old, ignore_errors=True)


def recover(site: Path) -> None:
    """Put the old site back if the last build was killed during the swap, and delete the folders
    that killed builds have left: sites that are incomplete, or that have been replaced."""
    old = old_site(site)
    if old.is_dir() and not site.exists():
        old.rename(site)
    for unfinished in build_dir(site).glob("site-*"):
        shutil.rmtree(unfinished, ignore_errors=True)
