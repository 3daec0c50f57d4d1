"""Puts a new site in the place of the old one: at no moment is there a half-made site."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from pathlib import Path


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
    for file in (new, *new.rglob("*")):  # whoever built it, and whatever a picture's file allowed
        file.chmod(0o755 if file.is_dir() else 0o644)
    if site.exists() and not site.is_dir():
        site.unlink()
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
