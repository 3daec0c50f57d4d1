"""Schemas of contacts.yml, and of regions.yml: regions and counties."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from scripts.content.field_types import (
    Cell,
    Certainty,
    Computed,
    ContactKey,
    Label,
    RegionKey,
    SourceKey,
    Text,
)
from scripts.content.fields import Iso, Record
from scripts.core.swedish import swedish_order


class Contact(Record):
    key: Computed = ""
    name: Annotated[Label, "Namnet som läsaren ser."]
    group: Annotated[
        tuple[str, ...], "Var kortet visas: akut, rad, utsatta, barn eller yrkesverksamma."
    ]
    for_whom: Annotated[Cell, "Vem som kan höra av sig."]
    what_happens: Annotated[Text, "Vad som händer när du ringer."]
    source: Annotated[SourceKey, "Källan till numret: en nyckel i sources.yml."]
    certainty: Annotated[Certainty, "Hur säker uppgiften är."]
    phone: Annotated[Cell, "Numret, så som läsaren ska se det. Utan nummer visas page."] = ""
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
    def numbers(self) -> tuple[str, ...]:
        """Every spelling of the number; none if the contact has no number."""
        return (self.phone, *self.spellings) if self.phone else ()

    @property
    def name_without_number(self) -> str:
        """The name without the number that some names end with: "Jouren" for "Jouren, 08-1"."""
        return self.name.removesuffix(f", {self.phone}")


class Region(Record):
    """A region, whose counties share a coordinator."""

    key: Computed = ""
    name: Annotated[Label, "Regionens namn."]
    host_certainty: Annotated[Certainty, "Hur säkert det är var koordinatorn finns."]
    contact: Annotated[ContactKey, "Numret dit: en nyckel i contacts.yml."]
    source: Annotated[SourceKey, "Källan: en nyckel i sources.yml."]
    note: Annotated[Text, "Det läsaren behöver veta om regionen."]
    host: Annotated[Cell, "Kommunen eller myndigheten där koordinatorn finns."] = ""


class County(Record):
    key: Computed = ""
    name: Annotated[Label, "Länets namn."]
    region: Annotated[RegionKey, "Regionen som länet hör till: en nyckel under regions."]
    certainty: Annotated[Certainty, "Hur säkert det är att länet hör dit."]
    source: Annotated[SourceKey, "Källan: en nyckel i sources.yml."]
    note: Annotated[Text, "Varför redaktionen tror det. Visas, och länet får en stjärna."] = ""

    @property
    def sort_key(self) -> str:
        """Sort key of the name, in Swedish order."""
        return swedish_order(self.name)


class Regions(Record):
    regions: Annotated[dict[str, Region], "Regionerna."]
    counties: Annotated[dict[str, County], "Länen. Nyckeln är länets adress på sidan."]
    general: Annotated[ContactKey, "Numret för en region utan eget: en nyckel i contacts.yml."] = ""
    current: Annotated[Text, "Var dagens kontaktuppgifter står."] = ""
    ask: Annotated[Cell, "Vem som vet vilken region ett län hör till."] = ""


def contacts_by_number(contacts: Mapping[str, Contact]) -> dict[str, Contact]:
    """Return spelling of a number → its contact: the last one, if contacts share a number."""
    by_number = {}
    for contact in contacts.values():
        for number in contact.numbers:
            by_number[number] = contact
    return by_number
