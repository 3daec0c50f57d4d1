"""Telephone numbers: recognise them in Swedish text, compare, validate, and link them.

Written forms follow the Swedish numbering plan (PTS, "Svenska nummerplanen") and E.164; links are
``tel:`` URIs (RFC 3966). Every other module takes its patterns from here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

# International, with a space or hyphen after the area code, and without.
_LONG = r"\+46[\d -]{7,}\d|0\d{1,3}[ -]\d[\d ]{3,9}\d|0\d{7,9}"
# Emergency, care, information, police, harmonised services (116), directory enquiries.
_SHORT = r"112|1177|113 ?13|114 ?14|116 ?\d{3}|118 ?\d{2,3}"
# Not part of a longer number, a time ("1177:30"), a date ("1177/3") or a range ("1177–1180").
_NUMBER = re.compile(rf"(?<![\d.,:/–-])(?:{_LONG}|{_SHORT})(?![\d/–]|:\d)")
_SHORT_NUMBER = re.compile(_SHORT)
# In a field that holds a number and perhaps a note: "08-123 45 67, efter klockan 17".
_FIELD = re.compile(r"\+?\d[\d -]+\d")
# The start of a Swedish number in an editor's regular expression: "020-39[\d ]*".
_PREFIX = re.compile(r"(?<![\d-])0\d{1,3}-\d{2,}(?![\d ])")
# E.164, a national number, a short number, or a fund-raising number (90).
_DIALABLE = re.compile(rf"\+[1-9]\d{{6,14}}|0\d{{6,10}}|{_SHORT}|90\d{{3}}")
_SEPARATORS = re.compile("[-.() \u00a0\u2011]")
# A ``tel:`` URI with a global number (RFC 3966, 5.1.4), which can be called from any country.
GLOBAL_URI = r"tel:\+[\d-]{7,20}"


def numbers_in(text: str) -> Iterator[re.Match[str]]:
    """Yield each telephone number in running text, as a match whose group 0 is the number."""
    return _NUMBER.finditer(text)


def first_number_in_field(text: str) -> re.Match[str] | None:
    """Return the first number in a field that may also hold a note ("08-123 45 67, efter klockan
    17"), as a match whose group 0 is the number; None without a number."""
    return _FIELD.search(text)


def numbers_in_field(text: str) -> list[str]:
    """Return every number, as written, in a field that may also hold a note."""
    return _FIELD.findall(text)


def prefixes_in_pattern(pattern: str) -> list[str]:
    """Return the beginnings of the numbers that an editor's regular expression searches for, as
    written: ["020-39"] for "020-39[\\d ]*"."""
    return _PREFIX.findall(pattern)


def is_short(text: str) -> bool:
    """Whether ``text`` is a short number and nothing else, such as "1177" or "116 111"."""
    return _SHORT_NUMBER.fullmatch(text) is not None


def known_pattern(numbers: Iterable[str]) -> str:
    """Return a pattern that finds any of ``numbers``, exactly as written, in group 1.

    It finds none inside a longer number, a date or a statute number such as 2025:400, nor after
    "inte": a number not to call is no link. Without ``numbers`` it finds nothing.
    """
    longest_first = sorted(numbers, key=len, reverse=True)
    either = "|".join(map(re.escape, longest_first)) or "(?!)"  # "(?!)" matches nothing
    return rf"(?<![\d:/§-])(?<!inte )({either})(?![\d:/]|-\d| §| kap)"


def normalize(number: str) -> str:
    """Return a number without spaces, hyphens and other signs: its digits, after a plus sign if it
    has one."""
    return re.sub(r"[^\d+]", "", number)


def national(number: str) -> str:
    """Return the digits to dial within Sweden: "081234567" for both "+46 8 123 45 67" and "08-123
    45 67"."""
    # "+46", "0046", and "+460…", which some write with the zero
    return re.sub(r"^(?:\+|00)460?", "0", normalize(number))


def uri(number: str) -> str:
    """Return the ``tel:`` URI of a number as written (RFC 3966)."""
    return f"tel:{normalize(number)}"


def from_uri(address: str) -> str:
    """Return the number of a ``tel:`` URI, without its separators and its parameters (";ext=12"):
    RFC 3966, section 3."""
    number, _, _ = unquote(address.partition(":")[2]).partition(";")
    return _SEPARATORS.sub("", number)


def is_dialable(address: str) -> bool:
    """Whether the number of the ``tel:`` URI ``address`` can be dialled.

    "+46 (0)8 …" can't: the zero is for calls within Sweden.
    """
    number = from_uri(address)
    return bool(_DIALABLE.fullmatch(number)) and not number.startswith("+460")
