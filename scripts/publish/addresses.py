"""Addresses as the promise compares them: from the site's root, ``/a/#b``, in one form."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import unquote

from scripts.core.values import COMPILED

LEADS = "→ "  # before where a short address leads


def canonical(address: str) -> str:
    """Return an address in the one form that is compared: ``/a/#b``; decoded, composed (NFC)."""
    text = unicodedata.normalize("NFC", unquote(address)).replace(" ", "%20")
    page, mark, place = text.partition("#")
    return re.sub(r"(?<=/)index\.html$", "", page) + mark + place


def split(address: str) -> tuple[str, str]:
    """Return (page, id) of an address; the id may be empty."""
    page, _, place = address.partition("#")
    return page, place


def is_address(value: object) -> bool:
    """Whether a value is an address on the site, from its root: ``/a/#b``."""
    if not isinstance(value, str) or re.search(r"\s", value):
        return False
    # No "//": it would be another host. No "..": it would leave the site. Nothing that ends a
    # string or a line in a server's settings, encoded or not.
    text = unquote(value)
    return bool(re.fullmatch(r'/(?!/)(?:[^\s?\\"$]| )*', text)) and ".." not in text.split("/")


# Whom or what a place is about stays the same when the number to ring, or the time, is another.
VALUES = [pattern for kind, pattern in COMPILED if kind in ("telefon", "tid", "procent")]


def words(text: str) -> list[str]:
    """Return the words of a text: two with the same differ in punctuation alone."""
    return re.findall(r"\w+", text.casefold())


def subject(text: str) -> list[str]:
    """Return what two texts must share to mean the same: their words, but for telephone numbers,
    times, ages and shares."""
    text = text.casefold()
    for pattern in VALUES:
        text = pattern.sub(" ", text)
    return words(text)
