"""Sources, statutes with their sections, and changes of the law to come.

A statute is one record of docs/_data/sources.yml; the sections that the site cites are quoted in
docs/_data/law/. A citation names ``statute-chapter-section``: ``utl-5-15``, ``utl-12-12b``,
``lvu-6``. ``utl`` is the statute's key; ``5-15`` is the section's place, "5 kap. 15 §" in words.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, field, replace
from typing import Annotated

from scripts.content.field_types import (
    STATUSES,
    Cell,
    Certainty,
    Computed,
    NamedSource,
    Note,
    Reported,
    SfsNumber,
    SourceKey,
    SourceKind,
    WebAddress,
)
from scripts.content.fields import LABEL, TEXT, Field, Iso, Record
from scripts.content.statutes import Statute

LONGEST_PAGE = 10_000  # words: a longer statute has a page for each chapter
MORE = "Fler ändringar rör sidan."  # after the notice of the first change


class SectionOverrides(Record):
    """Fields of one section whose values differ from those of its statute."""

    as_of: Annotated[Iso | None, "Så långt paragrafen var uppdaterad."] = None
    as_of_note: Annotated[Cell, "Detsamma i ord."] = ""
    certainty: Annotated[Certainty, "Hur säker lydelsen är."] = ""
    note: Annotated[Note, "Det läsaren behöver veta om paragrafen."] = ""


class Reading(Record):
    """A record of docs/_data/law_read.yml: the last reading of a statute section's wording."""

    mark: Annotated[
        str,
        Field(
            pattern="[0-9a-f]{8}",
            pattern_help="ett märke, som programmet skriver",
            known_phones_only=False,
        ),
        "Märket av lydelsen som är läst. Programmet skriver det.",
    ]
    read_on: Annotated[Iso | None, "Dagen den lästes, när den är en annan än lagens."] = None


class Source(Record):
    """A source that a citation names. A statute section also has the computed fields."""

    title: Annotated[str, "Källans egen titel."]
    publisher: Annotated[str, "Den som har gett ut den."]
    url: Annotated[WebAddress, "Källans adress på webben."]
    kind: Annotated[SourceKind, "Vad slags källa det är."]
    certainty: Annotated[Certainty, "osaker: källan är gammal, i andra hand eller kan ha flyttats."]
    as_of: Annotated[
        Iso | None, "Hur gammal texten är. För en lag: så långt den var uppdaterad."
    ] = None
    as_of_note: Annotated[str, "Hur gammal den är, i ord, när dagen inte räcker."] = ""
    read_on: Annotated[Iso | None, "Dagen då någon läste källan."] = None
    note: Annotated[Note, "Det läsaren behöver veta om källan."] = ""
    name: Annotated[str, "Lagens namn så som en text skriver det."] = ""
    sfs: Annotated[SfsNumber, "Lagens SFS-nummer."] = ""
    paragraphs: Annotated[
        dict[str, SectionOverrides],
        "Paragrafer där något är annorlunda än lagen säger om sig: 5-15 först.",
    ] = field(default_factory=dict)
    statute: Computed = ""  # key of the section's statute
    section: Computed = ""  # the section's place in words: "5 kap. 15 §"
    amended_by: Computed = ""  # SFS number of the amending statute
    in_force: Computed = ""  # ISO date of the wording's entry into force; "" if unknown
    wording: Computed = ""  # verbatim, with an empty line between paragraphs
    chapter: Computed = ""  # the chapter's name: "Inledande bestämmelser"; "" without one
    statute_page: Computed = ""  # link to the page of the whole statute: "/lag/lvu.md"
    wording_page: Computed = ""  # link to the page with the wording: the same, or a chapter's

    @property
    def is_statute(self) -> bool:
        """Whether the source is a statute as a whole, not a section of one. Both have an SFS
        number."""
        return bool(self.sfs and not self.statute)

    @property
    def wording_argument(self) -> str:
        """The argument of [[lagtext:…]] on the page with the wording: "utl", or "utl/5" if the
        chapter has a page of its own; "" if no page has the wording."""
        if not self.wording_page:
            return ""
        if self.wording_page == self.statute_page:
            return self.statute
        return f"{self.statute}/{self.wording_page.rpartition('/kap-')[2].removesuffix('.md')}"

    @property
    def short_title(self) -> str:
        """The title in a list that has the whole title below: "5 kap. 15 § utlänningslagen"."""
        return f"{self.section} {self.name}" if self.section and self.name else self.title


class LawChange(Record):
    """A record of docs/_data/law_changes.yml: a change of the law to come."""

    key: Computed = ""
    title: Annotated[str, Field(LABEL, needs_source=False), "Vad ändringen gäller."]
    status: Annotated[
        str,
        Field(choices=tuple(STATUSES)),
        "beslutat, oklart (beslutet är inte sett) eller foreslaget (bara ett förslag är sett).",
    ]
    affects: Annotated[
        tuple[NamedSource, ...],
        Field(empty_ok=True),
        "Lagar och paragrafer som kan ändras: nycklar i sources.yml. Inga: [].",
    ]
    changes: Annotated[Reported, "Vad det betyder här, och vad läsaren gör."]
    seen: Annotated[Reported, "Vad som är läst, var och när, och vad som inte är läst."]
    checked_on: Annotated[Iso, "Dagen då någon senast tittade."]
    sources: Annotated[
        tuple[SourceKey, ...], Field(empty_ok=True), "Källorna: nycklar i sources.yml. Inga: []."
    ]
    in_force: Annotated[Iso | None, "Dagen då ändringen börjar gälla, när den är känd."] = None
    notice: Annotated[
        str,
        Field(
            TEXT,
            needs_source=False,
            known_phones_only=False,
            max_length=140,
            pattern=r"[^\[\n]+",
            pattern_help="en rad ren text, utan länkar och källor",
        ),
        "En rad på sidorna som bygger på det som ändras.",
    ] = ""


def wording_hash(wording: str) -> str:
    """Return the hash of a statute section's wording, eight hexadecimal digits. Another amending
    statute gives another hash, since its number ends the wording; line breaks don't matter."""
    return hashlib.sha256(" ".join(wording.split()).encode()).hexdigest()[:8]


def format_section(place: str) -> str:
    """Return a section's place in words: ``5-15d`` → ``5 kap. 15 d §``."""
    return re.sub(r"(\d)([a-z])", r"\1 \2", place).replace("-", " kap. ") + " §"


def lagen_nu_anchor(place: str) -> str:
    """Return the fragment of a section's URL at lagen.nu: ``5-15d`` → ``K5P15d``."""
    chapter, _, section = place.rpartition("-")
    return f"K{chapter}P{section}" if chapter else f"P{section}"


def expand_sections(
    sources: Mapping[str, Source],
    statutes: Mapping[str, Statute],
    folder: str,
    readings: Mapping[str, Reading],
) -> dict[str, Source]:
    """Return citation key → source: the sources of sources.yml, each statute followed by its
    sections.

    Args:
        statutes: statutes with their wording, by the name of the file and of the page.
        folder: link to the folder of the pages, "/lag/"; "" if the statutes have no pages.
        readings: last reading of a section, by the section's citation key.
    """
    names_by_sfs = {statute.sfs: name for name, statute in statutes.items()}
    expanded: dict[str, Source] = {}
    for key, source in sources.items():
        expanded[key] = source
        name = names_by_sfs.get(source.sfs)
        if name is None:  # no statute, or one whose wording isn't on the site
            continue
        page = f"{folder}{name}" if folder else ""
        for place in statutes[name].sections:
            section_key = f"{key}-{place}"
            section = _section_source(
                place, statute_key=key, statute_source=source, statute=statutes[name], page=page
            )
            reading = readings.get(section_key)
            if reading and reading.read_on:
                section = replace(section, read_on=reading.read_on)
            expanded[section_key] = section
    return expanded


def _section_source(
    place: str, *, statute_key: str, statute_source: Source, statute: Statute, page: str
) -> Source:
    """Return the source of the section at ``place``: a copy of the statute's source, with the
    values that differ.

    Args:
        place: "5-15d".
        statute_key: the statute's key.
        statute_source: the statute's record in sources.yml.
        statute: the statute with its wording.
        page: link to the statute's page without ".md"; "" if it has no page.
    """
    section = statute.sections[place]
    words = format_section(place)
    chapter, hyphen, _ = place.partition("-")
    wording_page = page
    if page and hyphen and statute.word_count > LONGEST_PAGE:
        wording_page = f"{page}/kap-{chapter}"
    # "Lagen (2005:429) om god man, 2 §", but "Brottsbalken (1962:700) 4 kap. 1 a §"
    comma = "" if statute_source.title.endswith(")") else ","
    overrides = asdict(statute_source.paragraphs.get(place, SectionOverrides()))
    return replace(
        statute_source,
        title=f"{statute_source.title}{comma} {words}",
        url=f"{statute_source.url}#{lagen_nu_anchor(place)}",
        paragraphs={},
        statute=statute_key,
        section=words,
        amended_by=section.amended_by,
        in_force=section.in_force,
        wording=section.text,
        chapter=statute.chapters.get(chapter, "") if hyphen else "",
        statute_page=page and f"{page}.md",
        wording_page=wording_page and f"{wording_page}.md",
        **{field: value for field, value in overrides.items() if value},
    )


def oldest_reading_date(keys: Iterable[str], sources: Mapping[str, Source]) -> str:
    """Return the oldest day (ISO 8601) on which one of the statutes and statute sections among
    ``keys`` was read; "" if none has such a day."""
    law = [sources[key] for key in keys if key in sources and sources[key].sfs]
    return min((source.read_on for source in law if source.read_on), default="")


def effective_date_key(change: LawChange) -> str:
    """Sort key: the day a change takes effect; a change without a known day is last."""
    return change.in_force or "9999-99-99"


def affected_keys(
    change: LawChange, keys: Iterable[str], sources: Mapping[str, Source]
) -> list[str]:
    """Return those of the source keys ``keys`` whose source a change affects. A change of a statute
    as a whole affects all the statute's sections."""
    return [
        key
        for key in keys
        if key in change.affects or (key in sources and sources[key].statute in change.affects)
    ]


def is_unread(change: LawChange, keys: Iterable[str], sources: Mapping[str, Source]) -> bool:
    """Whether a change affects one of the sources ``keys`` and takes effect on a known day after
    that source was last read."""
    if not change.in_force:
        return False
    affected = [sources[key] for key in affected_keys(change, keys, sources)]
    # ISO dates and their beginnings compare as text: "2026-02" comes before each day in it
    return any(change.in_force > (source.read_on or source.as_of or "") for source in affected)


def change_notice(
    changes: Mapping[str, LawChange], keys: Iterable[str], sources: Mapping[str, Source]
) -> str:
    """Return the notice for a page that cites the sources ``keys``: the notice of the change that
    takes effect first, and MORE if others have another notice. "" if all changes are read (see
    ``is_unread``)."""
    cited = [key for key in keys if key in sources]
    notices: dict[str, None] = {}  # each once: several changes may share one
    for change in sorted(changes.values(), key=effective_date_key):
        if change.notice and is_unread(change, cited, sources):
            notices[change.notice] = None
    if not notices:
        return ""
    first = next(iter(notices))
    if not first.endswith((".", "!", "?")):  # MORE may follow
        first += "."
    return f"{first} {MORE}" if len(notices) > 1 else first
