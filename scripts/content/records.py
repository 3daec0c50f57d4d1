"""The registers in docs/_data/: what each file holds, as types.

Each field of a type says whether it is required and who sees it. A new register is a type and a
field of ``Registers``: then its fields are validated, its texts are read by the checks of language
and facts, and the keys that it refers to must exist. See fields.py.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import field
from typing import Annotated, Any

from scripts.content import fields
from scripts.content.card import Card
from scripts.content.contacts import Contact, Region, Regions
from scripts.content.dates import Dates
from scripts.content.facts import Fact
from scripts.content.field_types import (
    ANSWERED,
    CONFORMITY,
    LEVELS,
    QUESTION_KINDS,
    Cell,
    Computed,
    ComputedKeys,
    Label,
    PageFile,
    PageLink,
    PastLink,
    Pattern,
    Reported,
    SiteAddress,
    Slug,
    SourceKey,
    StepKey,
    Text,
)
from scripts.content.fields import Field, Iso, Record
from scripts.content.figures import Figure
from scripts.content.guide import Guide
from scripts.content.handouts import Handout, Slides
from scripts.content.markdown import plain
from scripts.content.situations import Situation, SituationKey
from scripts.content.sources import LawChange, Reading, Source
from scripts.core.swedish import swedish_order

# Registers that may have a date at their head, for the records that have none of their own.
DATED_REGISTERS = ("questions", "law_changes")
DEFAULT_DATE_FIELD = "checked_on"
CHECKLISTS = "checklists"  # a folder in docs/_data/: each file is a list
# Read and checked by the link validator itself.
UNTYPED_REGISTERS = ("link-exceptions",)
NO_CARD, NO_REGIONS = Card(languages={}, parts=()), Regions(regions={}, counties={})
NO_GUIDE = Guide(version=Iso(), start="", questions={}, outcomes={})


class Question(Record):
    key: Computed = ""
    title: Annotated[Label, "Frågan."]
    kind: Annotated[
        str,
        Field(choices=tuple(QUESTION_KINDS)),
        "osaker, motstridig (källor säger olika) eller besvarad.",
    ]
    text: Annotated[Text, "Vad lagen lämnar öppet. När frågan är besvarad: svaret."]
    do: Annotated[Text, "Vad läsaren gör så länge."]
    checked: Annotated[Text, "Vad som är läst."]
    checked_on: Annotated[Iso, "Dagen då någon senast kontrollerade."]
    level: Annotated[
        int,
        Field(choices=tuple(LEVELS)),
        "Var tvivlet visas: 1 öppet, 2 hopfällt i texten, 3 längst ner.",
    ] = 0
    settles: Annotated[Text, "Vad som skulle ge svaret."] = ""
    ask: Annotated[Cell, "Vem som kan svara."] = ""
    sources: Annotated[tuple[SourceKey, ...], "Källorna: nycklar i sources.yml."] = ()

    @property
    def settled(self) -> bool:
        """Whether the law or a source has answered the question."""
        return self.kind == ANSWERED


class Term(Record):
    key: Computed = ""
    term: Annotated[Label, "Ordet."]
    text: Annotated[Text, "Vad ordet betyder, på klar svenska."]
    abbr: Annotated[Label, "Förkortningen, om ordet har en."] = ""
    also: Annotated[tuple[str, ...], "Andra ord som läsare använder, också på engelska."] = ()
    explain: Annotated[bool, "true: ordet förklaras där det först står på en sida."] = False

    @property
    def sort_key(self) -> str:
        """Sort key in Swedish order: of the abbreviation if there is one, else of the term."""
        return swedish_order(self.abbr or self.term)


class ChecklistRow(Record):
    """A row shows the text of a page's step, or its own text."""

    id: Annotated[Slug, "Radens adress. Ändra den aldrig, och ge den aldrig till en annan rad."]
    step: Annotated[
        StepKey,
        "Steget på en sida, som odla/tomat#vattna. Ord och källor följer med.",
    ] = ""
    text: Annotated[Text, "Radens egna ord, kring tio. Går före stegets rubrik."] = ""
    why: Annotated[Text, "Förklaringen under raden. Går före stegets första mening."] = ""
    sources: ComputedKeys = ()  # its step's
    who: Annotated[Cell, "Den som gör det."] = ""
    page: Annotated[PageLink, "Sidan som säger mer."] = ""
    page_title: Annotated[Label, "Länkens ord, där rubrikens eller sidans inte passar."] = ""
    changed: Annotated[
        Iso | None, "Dagen då raden fick en annan mening. Den som hade kryssat får göra det igen."
    ] = None

    @property
    def content_hash(self) -> str:
        """Hash of the row's text and of the day when its meaning changed: a browser restores a
        saved tick only for the same hash."""
        text = "\n".join((self.changed or "", plain(self.text), plain(self.why)))
        return hashlib.sha256(text.encode()).hexdigest()[:8]


class ChecklistGroup(Record):
    id: Annotated[Slug, "Delens adress. Ändra den aldrig."]
    title: Annotated[Label, "Delens rubrik."]
    rows: Annotated[tuple[ChecklistRow, ...], "Raderna att kryssa i."]
    count: Annotated[bool, "false: kryssen i delen räknas inte ihop."] = True


class Checklist(Record):
    key: Computed = ""  # the file's name
    title: Annotated[Label, "Listans namn."]
    version: Annotated[Iso, "Dagen då en rad senast ändrades."]
    groups: Annotated[tuple[ChecklistGroup, ...], "Listans delar, i ordning."]
    sheets: Annotated[int, "Så många papper listan högst får ta."] = 1
    first: Annotated[tuple[SituationKey, ...], "Frågorna överst: nycklar i situations.yml."] = ()
    answered: Annotated[
        dict[SituationKey, str], "Frågor som listan inte ställer, och varför: nyckeln först."
    ] = field(default_factory=dict)

    @property
    def rows(self) -> list[ChecklistRow]:
        """Every row, in order."""
        return [row for group in self.groups for row in group.rows]


class Shortcoming(Record):
    what: Annotated[Text, "Vad som brister."]
    why: Annotated[Text, "Varför det inte är rättat."]
    instead: Annotated[Text, "Vad läsaren kan göra i stället."]


class Accessibility(Record):
    assessed_on: Annotated[dt.date, "Dagen då sajten bedömdes."]
    conformity: Annotated[
        str, Field(choices=CONFORMITY), "Hur långt sajten följer lagen, med lagens ord."
    ]
    method: Annotated[Text, "Hur ni bedömde."]
    shortcomings: Annotated[tuple[Shortcoming, ...], "Det som brister, ett i taget."]
    exempt: Annotated[Text, "Det som lagen undantar."]
    outside: Annotated[Text, "Det som ligger utanför sajten."]


class Change(Record):
    key: Computed = ""
    date: Annotated[dt.date, "Dagen då det ändrades."]
    title: Annotated[Label, "Vad som är ändrat, med liten bokstav först."]
    what: Annotated[Reported, "Vad läsaren märker."]
    why: Annotated[Reported, "Varför det ändrades."]
    know: Annotated[Text, "Det läsaren behöver veta eller göra."] = ""
    pages: Annotated[
        tuple[PastLink, ...], "Sidorna som ändringen gäller. Hela sajten: ta bort raden."
    ] = ()


class Retired(Record):
    instead: Annotated[SiteAddress, "Adressen dit läsaren kan gå i stället."]
    reason: Annotated[Reported, "Varför, i en mening till läsaren."] = ""


class Redirects(Record):
    moved: Annotated[
        dict[SiteAddress, SiteAddress],
        "Det som har flyttat: den gamla adressen, och dit den leder nu.",
    ] = field(default_factory=dict)
    retired: Annotated[
        dict[SiteAddress, Retired], "Det som inte finns längre: den gamla adressen först."
    ] = field(default_factory=dict)


class Word(Record):
    use: Annotated[str, "Vad vi skriver i stället."]
    why: Annotated[str, "Varför."]
    pattern: Annotated[Pattern, "Mönstret att söka, när nyckeln inte räcker."] = ""
    mentioned_on: Annotated[
        tuple[PageFile, ...], "Sidor som nämner ordet för att varna för det."
    ] = ()


class WordUnless(Word):
    unless: Annotated[str, "När ordet får stå, i ord."]


class Avoided(Record):
    pattern: Annotated[Pattern, "Mönstret att söka i en mening."]
    message: Annotated[str, "Vad bygget säger."]
    unless: Annotated[Pattern, "Mönstret som gör meningen rätt."] = ""
    pages: Annotated[tuple[PageFile, ...], "Sidor där mönstret får stå."] = ()


class Words(Record):
    always: Annotated[dict[str, Word], "Ord som alltid är fel. De stoppar bygget."] = field(
        default_factory=dict
    )
    unless: Annotated[dict[str, WordUnless], "Ord som är fel utom i ett visst fall."] = field(
        default_factory=dict
    )
    abbreviations: Annotated[dict[str, str], "Förkortningar, och vad de betyder."] = field(
        default_factory=dict
    )
    avoid: Annotated[dict[str, Avoided], "Meningar att undvika."] = field(default_factory=dict)
    verbs: Annotated[tuple[str, ...], "Verb som kontrollen av steg inte känner igen."] = ()
    fragments: Annotated[tuple[str, ...], "Meningar utan verb som får stå i ett steg."] = ()


class Registers(Record):
    """The files of docs/_data/, a field for each, with their records in the file's order. A file
    that is missing, or violates its type, is empty."""

    accessibility: Annotated[Accessibility | None, "Tillgänglighetsredogörelsen."] = None
    card: Annotated[Card, "Kortet till personen. En rad har samma nummer på alla språk."] = NO_CARD
    changes: Annotated[
        dict[Slug, Change], "Det läsaren märker är ändrat, det nyaste först. Nyckeln är en adress."
    ] = field(default_factory=dict)
    checklists: Annotated[dict[str, Checklist], "Checklistorna, en fil för varje."] = field(
        default_factory=dict
    )
    contacts: Annotated[
        dict[Slug, Contact], "Vem läsaren ringer. Här, och bara här, står ett telefonnummer."
    ] = field(default_factory=dict)
    dates: Annotated[
        Dates | None, "Datumhjälpen: vad läsaren fyller i, och dagarna som räknas ut."
    ] = None
    facts: Annotated[dict[Slug, Fact], "Uppgifter som flera sidor visar, med [[fakta:nyckel]]."] = (
        field(default_factory=dict)
    )
    figures: Annotated[
        dict[Slug, Figure], "Figurernas ord: tidslinjer, tabeller, rutor, staplar och tecken."
    ] = field(default_factory=dict)
    glossary: Annotated[dict[Slug, Term], "Ordlistan. Nyckeln är ordets adress på sidan."] = field(
        default_factory=dict
    )
    guide: Annotated[Guide, "Vägledningen: en sida för varje fråga och svar."] = NO_GUIDE
    handouts: Annotated[
        dict[Slug, Handout],
        "Utskrifterna: avsnitt från sajtens sidor. Nyckeln är kortadressen /p/nyckeln/.",
    ] = field(default_factory=dict)
    law_changes: Annotated[dict[Slug, LawChange], "Lagändringar på väg. Nyckeln är en adress."] = (
        field(default_factory=dict)
    )
    law_read: Annotated[
        dict[str, Reading], "Lydelserna som är lästa. Programmet skriver filen."
    ] = field(default_factory=dict)
    # Keys of the numbers that a publisher may have of its own: mkdocs.yml names them.
    numbers: Annotated[tuple[str, ...], Field(computed=True)] = ()
    questions: Annotated[
        dict[Slug, Question],
        "Öppna frågor: det som lagen lämnar öppet och som ändrar vad någon gör.",
    ] = field(default_factory=dict)
    redirects: Annotated[Redirects, "Vart gamla adresser leder."] = field(default_factory=Redirects)
    situations: Annotated[
        dict[Slug, Situation], "Frågorna som ställs före stegen, den mest bråttom först."
    ] = field(default_factory=dict)
    regions: Annotated[Regions, "Regionkoordinatorernas regioner, och länen."] = NO_REGIONS
    slides: Annotated[Slides | None, "Bilderna till genomgången. Texten står på sidorna."] = None
    sources: Annotated[
        dict[str, Source], "Källor och lagar. Lagarnas paragrafer står ordagrant i law/."
    ] = field(default_factory=dict)
    synonyms: Annotated[
        dict[str, tuple[str, ...]], "Läsarens ord, och orden på sidorna som de leder till."
    ] = field(default_factory=dict)
    words: Annotated[Words, "Ord att undvika, och vad vi skriver i stället."] = field(
        default_factory=Words
    )

    def contact_to_call(self, region: Region) -> Contact | None:
        """Return the contact to call for a region: the region's own, or else the general one. None
        if neither has a number."""
        for key in (region.contact, self.regions.general):
            contact = self.contacts.get(key)
            if contact and contact.phone:
                return contact
        return None


def register_type(name: str) -> Any:
    """Return the type of a file in docs/_data/, "contacts" or "checklists/barn"; None for a file
    that is no register."""
    if name.startswith(f"{CHECKLISTS}/"):
        return Checklist
    return None if name == CHECKLISTS else fields.editable_fields(Registers).get(name)


def register_names() -> list[str]:
    """Return the names that a file in docs/_data/ may have. Checklists, in a folder of their own,
    may have any name."""
    names = [*fields.editable_fields(Registers), *UNTYPED_REGISTERS]
    names.remove(CHECKLISTS)
    return names
