"""Contacts, regions and counties; how a contact's telephone number is found in text."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping

from scripts.content.field_types import (
    Cell,
    Certainty,
    ContactKey,
    Label,
    Made,
    RegionKey,
    SourceKey,
    Text,
)
from scripts.content.fields import Iso, Record
from scripts.core.swedish import swedish_order

# A number as people write it, in what may say more: "08-123 45 67, efter klockan 17".
WRITTEN = re.compile(r"\+?\d[\d -]+\d")


def tel(number: str) -> str:
    """Return what a tel: link to ``number`` needs (RFC 3966): its digits, and a plus sign if it
    has one."""
    return re.sub(r"[^\d+]", "", number)


class Contact(Record):
    key: Made = ""
    name: Label
    group: tuple[str, ...]
    for_whom: Cell
    what_happens: Text
    source: SourceKey
    certainty: Certainty
    phone: Cell = ""
    spellings: tuple[str, ...] = ()
    hours: Cell = ""
    not_for: Text = ""
    note: Text = ""
    doubt: Text = ""
    as_of: Iso | None = None
    as_of_note: Cell = ""
    confirmed_by_call: Iso | None = None
    test_call: bool = True  # False: a number that nobody rings to try it
    page: SourceKey = ""

    @property
    def tel(self) -> str:
        """What a tel: link to its number needs."""
        return tel(self.phone)

    @property
    def numbers(self) -> tuple[str, ...]:
        """Each way its number is written."""
        return (self.phone, *self.spellings) if self.phone else ()

    @property
    def called(self) -> str:
        """Its name without the number, which some carry: "Jouren, 08-1"."""
        return self.name.removesuffix(f", {self.phone}")

    @property
    def named(self) -> str:
        """Its name with the number, where it has one."""
        return self.name if self.phone in self.name else f"{self.name}, {self.phone}"


class Region(Record):
    key: Made = ""
    name: Label
    host_certainty: Certainty
    contact: ContactKey
    source: SourceKey
    note: Text
    host: Cell = ""

    @property
    def certainty(self) -> str:
        """How sure what is said of it is: that is its host."""
        return self.host_certainty


class County(Record):
    key: Made = ""
    name: Label
    region: RegionKey
    certainty: Certainty
    source: SourceKey
    note: Text = ""

    @property
    def order(self) -> str:
        """Where it stands among others: by its name."""
        return swedish_order(self.name)


class Regions(Record):
    regions: dict[str, Region]
    counties: dict[str, County]
    general: ContactKey = ""  # for a region without a number of its own
    current: Text = ""  # where the contacts of today are
    ask: Cell = ""  # who knows to which region a county belongs

    def of(self, county: County) -> Region:
        """Return a county's region."""
        return self.regions[county.region]


def spellings(contacts: Mapping[str, Contact]) -> dict[str, Contact]:
    """Return each way a number is written → its contact."""
    return {written: contact for contact in contacts.values() for written in contact.numbers}


def pattern(numbers: Iterable[str]) -> str:
    """Return the expression that finds them, the longest first; with none it finds nothing."""
    either = "|".join(re.escape(n) for n in sorted(numbers, key=len, reverse=True))
    # Not inside a longer number, a date or a statute number such as 2025:400; what not to ring is
    # nothing to press.
    return rf"(?<![\d:/§-])(?<!inte )({either or '(?!)'})(?![\d:/]|-\d| §| kap)"


def linked(text: str, contacts: Mapping[str, Contact]) -> str:
    """Return plain ``text`` as HTML with its numbers as links to call them."""
    known = spellings(contacts)
    return re.sub(
        pattern(map(html.escape, known)),
        lambda m: f'<a class="tel" href="tel:{known[m[1]].tel}">{m[1]}</a>',
        html.escape(text),
    )
