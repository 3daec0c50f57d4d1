"""A folder of statutes as Markdown, read as they are in force on one day.

docs/_data/law/ is one: the sections that the site cites, each in the wording that was read. In a
file: a line ``- **SFS-nummer:** 2005:716``, a heading ``## 5 kap. Skydd`` for a chapter and
``### 5 kap. 15 §`` for a section, and ``- **Urval:**`` if sections are left out. Before a wording
that isn't always in force: ``**[Träder i kraft 2026-07-01]**``, ``**[Upphör att gälla …]**``, or
both. A section with two wordings may have two headings. A place is "15", or "5-15d" in chapter 5.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

# "### 5 kap. 15 d §"; groups: chapter and its letter (None without a chapter), section, letter.
HEADING = re.compile(r"^### (?:(\d+) ?([a-z]?) kap\. )?(\d+) ?([a-z]?) §\s*$", re.M)
# "## 5 kap. Skydd"; groups: number, letter, name.
CHAPTER = re.compile(r"^## (\d+) ?([a-z]?) kap\. (.+?)\s*$", re.M)
NEXT = re.compile(r"^#{1,3} ", re.M)  # the heading that ends a section
SFS = re.compile(r"^- \*\*SFS-nummer:\*\* (\d{4}:\d+)", re.M)
PART_ONLY = re.compile(r"^- \*\*Urval:\*\*", re.M)  # the file has only some of the sections
# The amending statute is last in a section's text: "Lag (2025:179)." The next section's
# heading may follow.
AMENDED = re.compile(r"(?:Lag|Förordning) \((\d{4}:\d+)\)\.?\s*$", re.M)
BEGINS = "Träder i kraft"
# "**[Träder i kraft 2026-07-01]**"; groups: which limit, when.
LIMIT = re.compile(rf"^\*\*\[({BEGINS}|Upphör att gälla) ([^\]]*)\]\*\*\s*$", re.M)
# "Har upphävts genom lag (2025:400)."; group 1: what repealed the section.
REPEALED = re.compile(r"^Har upphävts (?:genom|av) (.+?)\.?\s*$", re.M)
# "- **Källa:** lagen.nu, senast uppdaterad där 2026-05-01, …"; group 1: the day.
UPDATED = re.compile(r"^- \*\*Källa:\*\*.*senast uppdaterad där (\d{4}-\d{2}-\d{2})", re.M)
# A line in italics or bold: a heading within a statute.
EMPHASIS_ALONE = re.compile(r"\*[^*].*\*|\*\*[^\[].*\*\*")


@dataclass(frozen=True)
class StatuteSection:
    """A statute section in the wording in force on one day."""

    amended_by: str  # SFS number after the text; the statute's own if there is none
    text: str
    in_force: str = ""  # ISO date of the wording's entry into force, if the file has it
    line: int = 1  # of its heading in the file


@dataclass(frozen=True)
class Statute:
    """One file of a folder of statutes."""

    sfs: str
    is_complete: bool  # False: only some of its sections are in the file
    sections: Mapping[str, StatuteSection]  # by place: "5-15d"; those in force on the day
    # Place → why a section in the file isn't in force on the day, in Swedish.
    not_in_force: Mapping[str, str] = field(default_factory=dict)
    # Place → the section's next change after the day, in Swedish: "ändras 2026-07-01".
    future_changes: Mapping[str, str] = field(default_factory=dict)
    # Chapter → its name: "5" → "Inledande bestämmelser"; those that the file names
    chapters: Mapping[str, str] = field(default_factory=dict)
    updated: str = ""  # ISO date of the last change in the text, if the file has it

    @cached_property
    def word_count(self) -> int:
        """The number of words in the statute's sections."""
        return sum(len(section.text.split()) for section in self.sections.values())


@dataclass
class _Wordings:
    """The wordings of one section in a file, under one heading or several."""

    line: int = 1  # of the last heading
    in_force: str = ""  # the wording in force on the day; "" without one
    limits: list[tuple[str, str]] = field(default_factory=list)  # (which, when) of LIMIT


def parse_statute(text: str, on: dt.date) -> Statute | None:
    """Return the statute in ``text`` as it is in force on the day ``on``; None if ``text`` has no
    SFS number."""
    number = SFS.search(text)
    if number is None:
        return None
    sections: dict[str, StatuteSection] = {}
    not_in_force: dict[str, str] = {}
    future_changes: dict[str, str] = {}
    for place, wordings in _wordings_by_place(text, on).items():
        reason = _reason_not_in_force(wordings)
        if reason:
            not_in_force[place] = reason
        else:
            sections[place] = StatuteSection(
                amended_by=[number[1], *AMENDED.findall(wordings.in_force)][-1],
                text=wordings.in_force,
                in_force=_last_entry_into_force(wordings, on),
                line=wordings.line,
            )
        change = _next_change(wordings, on, is_in_force=not reason)
        if change:
            future_changes[place] = change
    updated = UPDATED.search(text)
    return Statute(
        sfs=number[1],
        is_complete=PART_ONLY.search(text) is None,
        sections=sections,
        not_in_force=not_in_force,
        future_changes=future_changes,
        chapters={number + letter: name for number, letter, name in CHAPTER.findall(text)},
        updated=updated[1] if updated else "",
    )


def _wordings_by_place(text: str, on: dt.date) -> dict[str, _Wordings]:
    """Return place → wordings of the section, in the order of the file ``text``."""
    by_place: dict[str, _Wordings] = {}
    for heading in HEADING.finditer(text):
        chapter, chapter_letter, number, letter = heading.groups()
        place = f"{number}{letter}"
        if chapter:
            place = f"{chapter}{chapter_letter}-{place}"
        following = NEXT.search(text, heading.end())
        body = text[heading.end() : following.start() if following else len(text)]
        wordings = by_place.setdefault(place, _Wordings())
        wordings.line = text.count("\n", 0, heading.start()) + 1
        wordings.limits += LIMIT.findall(body)
        # The last one in force wins: an earlier wording may lack the mark that it has ended.
        wordings.in_force = _wording_in_force(body, on) or wordings.in_force
    return by_place


def _reason_not_in_force(wordings: _Wordings) -> str:
    """Return why a section isn't in force, in Swedish: it is repealed, or all its wordings are to
    come, or all have ended. "" if it is in force."""
    repealed = REPEALED.match(wordings.in_force)
    if repealed:
        return f"upphävd genom {repealed[1]}"
    if wordings.in_force:
        return ""
    begins = any(which == BEGINS for which, _ in wordings.limits)
    return "gäller inte än" if begins else "gäller inte längre"


def _last_entry_into_force(wordings: _Wordings, on: dt.date) -> str:
    """Return the last day (ISO 8601), ``on`` or earlier, on which a wording of the section entered
    into force; "" if no such day is known."""
    days = [_parse_day(when) for which, when in wordings.limits if which == BEGINS]
    return max((day.isoformat() for day in days if day and day <= on), default="")


def _parse_day(when: str) -> dt.date | None:
    """Return the day of a limit; None for "den dag som regeringen bestämmer"."""
    try:
        return dt.date.fromisoformat(when[:10])
    except ValueError:
        return None


def _wording_in_force(body: str, on: dt.date) -> str:
    """Return the wording that is in force on the day ``on``, from ``body``, the text below a
    section's heading; "" if none is.

    What has no limits before it is always in force. Headings within the statute that follow the
    section are left out.
    """
    before_limits, *rest = LIMIT.split(body)  # text, then which, when, text of each limit
    parts = [before_limits.strip()]
    applies = True  # whether the limits before the next text all hold on the day
    for which, when, text in zip(rest[0::3], rest[1::3], rest[2::3], strict=True):
        day = _parse_day(when)
        has_come = day is not None and day <= on
        applies = applies and has_come == (which == BEGINS)
        if text.strip():  # two limits in a row are of one wording: from one day to another
            if applies:
                parts.append(text.strip())
            applies = True
    lines = "\n\n".join(filter(None, parts)).split("\n")
    while lines and (not lines[-1].strip() or EMPHASIS_ALONE.fullmatch(lines[-1])):
        lines.pop()
    wording = "\n".join(lines).strip()
    ends = [match.end() for match in AMENDED.finditer(wording)]
    return wording[: ends[-1]].strip() if ends else wording  # a heading in plain text may follow


def _next_change(wordings: _Wordings, on: dt.date, *, is_in_force: bool) -> str:
    """Return the first change of a section after the day ``on``, in Swedish: "ändras 2026-07-01",
    "träder i kraft …" for a section that isn't in force yet, or "upphör …"; "" if none is known.
    """
    coming = list(_limits_after(wordings, on))
    if not coming:
        return ""
    # Digits sort before letters: a day before "den dag som regeringen bestämmer".
    first = min(when for _, when in coming)
    if (BEGINS, first) not in coming:
        return f"upphör {first}"
    return f"ändras {first}" if is_in_force else f"träder i kraft {first}"


def _limits_after(wordings: _Wordings, on: dt.date) -> Iterator[tuple[str, str]]:
    """Yield (which, when) of the limits after the day ``on``. ``when`` is an ISO date, or words for
    a day that isn't decided."""
    for which, when in wordings.limits:
        day = _parse_day(when)
        if day is None:
            yield which, when.strip()  # not decided: it is still to come
        elif day > on:
            yield which, day.isoformat()


def read_statutes(folder: Path, on: dt.date) -> dict[str, Statute]:
    """Return SFS number → statute for the Markdown files in ``folder``, as they are in force on the
    day ``on``; files without a statute are skipped.

    Raises:
        OSError: a file can't be read.
        ValueError: a file isn't UTF-8 or has no sections, or a statute is in two files: else its
            sections would seem to be gone. The text, in Swedish, names the file.
    """
    statutes: dict[str, Statute] = {}
    for file in sorted(folder.glob("*.md")):
        try:
            statute = parse_statute(file.read_text("utf-8"), on)
        except UnicodeDecodeError as error:
            raise ValueError(f'filen "{file.name}" är inte UTF-8. Spara om den') from error
        if statute is None:
            continue
        if not statute.sections and not statute.not_in_force:
            raise ValueError(
                f'filen "{file.name}" har ett SFS-nummer men ingen rubrik som "### 5 kap. 15 §". '
                "Hämta den igen"
            )
        if statute.sfs in statutes:
            raise ValueError(
                f'SFS {statute.sfs} står i två filer, den ena är "{file.name}". Behåll en'
            )
        statutes[statute.sfs] = statute
    return statutes
