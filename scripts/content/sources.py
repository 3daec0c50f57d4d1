"""Sources, statutes with their sections, and changes of the law to come.

A statute is written once, in docs/_data/sources.yml; the sections that the site cites are quoted in
docs/_data/law/. A citation names ``statute-chapter-section``: ``utl-5-15``, ``utl-12-12b``,
``lvu-6``. Title and URL of a section are made here; the form of a place follows Svensk
författningssamling, "5 kap. 15 §".
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, field, replace
from types import MappingProxyType
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
from scripts.content.fields import LABEL, Field, Iso, Record
from scripts.content.statutes import Statute

# Words of a statute's text: a longer one has a page for each chapter.
LONGEST_PAGE = 10_000
MORE = "Fler ändringar rör sidan."


class SectionOverrides(Record):
    """Values of one section that differ from those of its statute."""

    as_of: Annotated[Iso | None, "Så långt paragrafen var uppdaterad."] = None
    as_of_note: Annotated[Cell, "Detsamma i ord."] = ""
    certainty: Annotated[Certainty, "Hur säker lydelsen är."] = ""
    note: Annotated[Note, "Det läsaren behöver veta om paragrafen."] = ""


class Reading(Record):
    """docs/_data/law_read.yml: the hash of a statute section's wording when it was last read."""

    mark: Annotated[
        str,
        Field(
            pattern="[0-9a-f]{8}", pattern_help="ett märke, som programmet skriver", phones=False
        ),
        "Märket av lydelsen som är läst. Programmet skriver det.",
    ]
    read_on: Annotated[Iso | None, "Dagen den lästes, när den är en annan än lagens."] = None


class Source(Record):
    """A source that a citation names. A statute section also has ``statute`` and ``section``."""

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
    statute: Computed = ""  # its key
    section: Computed = ""  # in words: "5 kap. 15 §"
    amended_by: Computed = ""
    in_force: Computed = ""  # ISO date; "": the text doesn't tell
    wording: Computed = ""  # verbatim: paragraphs of text with an empty line between
    chapter: Computed = ""  # a section's: "Inledande bestämmelser"; "" where the text has none
    statute_page: Computed = ""  # the page in docs/ of the whole statute: "/lag/lvu.md"
    wording_page: Computed = (
        ""  # the page in docs/ with the wording: that one, or "/lag/lvu/kap-5.md"
    )

    @property
    def wording_argument(self) -> str:
        """The argument of [[lagtext:…]] on the page with the statute section's wording: "utl", or
        "utl/5" if the chapter has a page of its own; "" if no page has the wording."""
        if not self.wording_page:
            return ""
        if self.wording_page == self.statute_page:
            return self.statute
        return f"{self.statute}/{self.wording_page.rpartition('/kap-')[2].removesuffix('.md')}"

    @property
    def short_title(self) -> str:
        """What a list calls it that has the title below: "5 kap. 15 § utlänningslagen"."""
        return f"{self.section} {self.name}" if self.section and self.name else self.title


class LawChange(Record):
    key: Computed = ""
    title: Annotated[str, Field(LABEL, facts=False), "Vad ändringen gäller."]
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
    notice: Annotated[Reported, "En rad på sidorna som bygger på det som ändras."] = ""


def wording_hash(wording: str) -> str:
    """Return the mark of a paragraph's wording: eight hexadecimal digits. The amending statute is
    last in the wording; how its lines are broken doesn't matter."""
    return hashlib.sha256(" ".join(wording.split()).encode()).hexdigest()[:8]


def format_section(place: str) -> str:
    """Return a place in words: ``5-15d`` → ``5 kap. 15 d §``."""
    return re.sub(r"(\d)([a-z])", r"\1 \2", place).replace("-", " kap. ") + " §"


def lagen_nu_anchor(place: str) -> str:
    """Return a section's place as the fragment of its URL at lagen.nu: ``5-15d`` → ``K5P15d``."""
    chapter, _, section = place.rpartition("-")
    return f"K{chapter}P{section}" if chapter else f"P{section}"


def expand_sections(
    sources: Mapping[str, Source],
    law: Mapping[str, Statute],
    folder: str = "",
    readings: Mapping[str, Reading] = MappingProxyType({}),
) -> dict[str, Source]:
    """Return citation key → source: those of sources.yml, each statute followed by its sections.

    A section has the values of its statute where it has none of its own.

    Args:
        law: name of a file, and of its page in ``folder`` → the statute's text.
        folder: a link like "/lag/"; "" if the statutes have no pages.
        readings: citation key of a section → the hash and day of its last reading.
    """
    texts = {text.sfs: (name, text) for name, text in law.items()}
    flat: dict[str, Source] = {}
    for key, source in sources.items():
        flat[key] = source
        name, text = texts.get(source.sfs, ("", None))
        page = f"{folder}{name}" if folder else ""
        split = text is not None and _words(text) > LONGEST_PAGE
        for place, wording in text.sections.items() if text else ():
            words = format_section(place)
            chapter, mark, _ = place.partition("-")
            # "Lagen (2005:429) om god man, 2 §", but "Brottsbalken (1962:700) 4 kap. 1 a §"
            comma = "" if source.title.endswith(")") else ","
            own = asdict(source.paragraphs.get(place, SectionOverrides()))
            reading = readings.get(f"{key}-{place}")
            has_own_page = split and mark
            file = f"{page}/kap-{chapter}.md" if has_own_page else f"{page}.md"
            flat[f"{key}-{place}"] = replace(
                source,
                read_on=(reading and reading.read_on) or source.read_on,
                title=f"{source.title}{comma} {words}",
                url=f"{source.url}#{lagen_nu_anchor(place)}",
                paragraphs={},
                statute=key,
                section=words,
                amended_by=wording.amended_by,
                in_force=wording.in_force,
                wording=wording.text,
                chapter=text.chapters.get(chapter, "") if text and mark else "",
                statute_page=page and f"{page}.md",
                wording_page=page and file,
                **{name: value for name, value in own.items() if value},
            )
    return flat


def _words(statute: Statute) -> int:
    """Return how many words a statute's text has."""
    return sum(len(paragraph.text.split()) for paragraph in statute.sections.values())


def oldest_reading_date(keys: Iterable[str], sources: Mapping[str, Source]) -> str:
    """Return the oldest day (ISO 8601) on which one of the statutes among ``keys`` was read; ""
    if none of them is a statute with a date."""
    found = (sources[key] for key in keys if key in sources)
    return min((s.read_on for s in found if s.sfs and s.read_on), default="")


def effective_date_key(change: LawChange) -> str:
    """Sort key: the day a change takes effect, those without one last."""
    return change.in_force or "9999-99-99"


def affected_keys(
    change: LawChange, keys: Iterable[str], sources: Mapping[str, Source]
) -> list[str]:
    """Return those of ``keys`` that a change affects; a statute means all its sections."""
    return [
        key
        for key in keys
        if key in change.affects or (key in sources and sources[key].statute in change.affects)
    ]


def is_unread(change: LawChange, keys: Iterable[str], sources: Mapping[str, Source]) -> bool:
    """Whether a change takes effect after the text of one of ``keys`` that it affects was read.

    ISO dates and their beginnings compare as text: "2026-02" comes before each day in it.
    """
    hit = (sources[key] for key in affected_keys(change, keys, sources))
    day = change.in_force
    return bool(day) and any(str(day) > (s.read_on or s.as_of or "") for s in hit)


def change_notice(
    changes: Mapping[str, LawChange], keys: Iterable[str], sources: Mapping[str, Source]
) -> str:
    """Return the line for a page that cites ``keys``: the notice of the first change that nobody
    has read in the text of the law yet, or "". The rest are behind the line's link."""
    cited = [key for key in keys if key in sources]
    told = [
        change.notice
        for change in sorted(changes.values(), key=effective_date_key)
        if change.notice and is_unread(change, cited, sources)
    ]
    told = [text if text.endswith((".", "!", "?")) else f"{text}." for text in dict.fromkeys(told)]
    return " ".join([*told[:1], *([MORE] if told[1:] else [])])
