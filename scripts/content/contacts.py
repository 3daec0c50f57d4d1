"""Contacts, regions and counties; how a contact's telephone number is found in text."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from typing import Annotated

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
    name: Annotated[Label, "Namnet som läsaren ser."]
    group: Annotated[
        tuple[str, ...], "Var kortet visas: akut, rad, utsatta, barn eller yrkesverksamma."
    ]
    for_whom: Annotated[Cell, "Vem som kan höra av sig."]
    what_happens: Annotated[Text, "Vad som händer när du ringer."]
    source: Annotated[SourceKey, "Källan till numret: en nyckel i sources.yml."]
    certainty: Annotated[Certainty, "Hur säker uppgiften är."]
    phone: Annotated[Cell, "Numret, skrivet så som läsaren ska se det. Utan nummer visas page."] = (
        ""
    )
    spellings: Annotated[
        tuple[str, ...], "Samma nummer, skrivet på andra sätt som ska bli länkar."
    ] = ()
    hours: Annotated[Cell, "När någon svarar."] = ""
    not_for: Annotated[Text, "Vad numret inte är till för."] = ""
    note: Annotated[Text, "En säker uppgift som hjälper. Visas som Bra att veta."] = ""
    doubt: Annotated[Text, "Ett tvivel som ändrar vad läsaren ska göra. Visas som Osäkert."] = ""
    as_of: Annotated[Iso | None, "Hur gammal uppgiften är."] = None
    as_of_note: Annotated[Cell, "Hur gammal den är, i ord, när dagen inte räcker."] = ""
    confirmed_by_call: Annotated[
        Iso | None, "Dagen då någon ringde numret. Har ingen ringt: null."
    ] = None
    test_call: Annotated[bool, "false: ingen ringer numret för att pröva det."] = True
    page: Annotated[SourceKey, "Kontaktens webbplats: en nyckel i sources.yml."] = ""

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
    name: Annotated[Label, "Regionens namn."]
    host_certainty: Annotated[Certainty, "Hur säkert det är var koordinatorn finns."]
    contact: Annotated[ContactKey, "Numret dit: en nyckel i contacts.yml."]
    source: Annotated[SourceKey, "Källan: en nyckel i sources.yml."]
    note: Annotated[Text, "Det läsaren behöver veta om regionen."]
    host: Annotated[Cell, "Kommunen eller myndigheten där koordinatorn finns."] = ""

    @property
    def certainty(self) -> str:
        """How sure what is said of it is: that is its host."""
        return self.host_certainty


class County(Record):
    key: Made = ""
    name: Annotated[Label, "Länets namn."]
    region: Annotated[RegionKey, "Regionen som länet hör till: en nyckel under regions."]
    certainty: Annotated[Certainty, "Hur säkert det är att länet hör dit."]
    source: Annotated[SourceKey, "Källan: en nyckel i sources.yml."]
    note: Annotated[Text, "Varför redaktionen tror det. Visas, och länet får en stjärna."] = ""

    @property
    def order(self) -> str:
        """Where it stands among others: by its name."""
        return swedish_order(self.name)


class Regions(Record):
    regions: Annotated[dict[str, Region], "Regionerna."]
    counties: Annotated[dict[str, County], "Länen. Nyckeln är länets adress på sidan."]
    general: Annotated[ContactKey, "Numret för en region utan eget: en nyckel i contacts.yml."] = ""
    current: Annotated[Text, "Var dagens kontaktuppgifter står."] = ""
    ask: Annotated[Cell, "Vem som vet vilken region ett län hör till."] = ""

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
