"""Finds the telephone numbers of docs/_data/contacts.yml in text, and a number that isn't there."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from typing import Any

# A number as people write it, in what may say more: "08-123 45 67, efter klockan 17".
WRITTEN = re.compile(r"\+?\d[\d -]+\d")


def tel(number: str) -> str:
    """Return what a tel: link to ``number`` needs (RFC 3966): its digits, and a plus sign if it
    has one."""
    return re.sub(r"[^\d+]", "", number)


def with_tel(contacts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the register with what a tel: link needs of each number."""
    return {
        key: {**row, "tel": tel(str(row["phone"]))}
        if isinstance(row, dict) and row.get("phone")
        else row
        for key, row in contacts.items()
    }


def spellings(contacts: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """Return each way a number is written → its contact's key."""
    return {
        spelling: key
        for key, contact in contacts.items()
        if "phone" in contact
        for spelling in (contact["phone"], *contact.get("spellings", []))
    }


def pattern(numbers: Iterable[str]) -> str:
    """Return the expression that finds them, the longest first; with none it finds nothing."""
    either = "|".join(re.escape(n) for n in sorted(numbers, key=len, reverse=True))
    # Not inside a longer number, a date or a statute number such as 2025:400.
    return rf"(?<![\d:/§-])({either or '(?!)'})(?![\d:/]|-\d| §| kap)"


def linked(text: str, contacts: Mapping[str, Mapping[str, Any]]) -> str:
    """Return plain ``text`` as HTML with its numbers as links to call them."""
    keys = spellings(contacts)
    return re.sub(
        pattern(map(html.escape, keys)),
        lambda m: f'<a class="tel" href="tel:{contacts[keys[m[1]]]["tel"]}">{m[1]}</a>',
        html.escape(text),
    )
