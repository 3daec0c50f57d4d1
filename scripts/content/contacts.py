"""The registers of contacts, regions and counties."""

from __future__ import annotations

from collections.abc import Mapping

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
    def numbers(self) -> tuple[str, ...]:
        """Each way the number is written."""
        return (self.phone, *self.spellings) if self.phone else ()

    @property
    def called(self) -> str:
        """The name without the number that some names end with: "Jouren, 08-1"."""
        return self.name.removesuffix(f", {self.phone}")


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
        """How certain the region's host is."""
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
        """The sort key of the name in Swedish order."""
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
    """Return a dict from each way a number is written to its contact."""
    return {written: contact for contact in contacts.values() for written in contact.numbers}
