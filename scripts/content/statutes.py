"""A folder of statutes as Markdown, read as it holds on one day.

docs/_data/law/ is one: the paragraphs that the site cites, each in the wording that was read.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

HEADING = re.compile(r"^### (?:(\d+) ?([a-z]?) kap\. )?(\d+) ?([a-z]?) §\s*$", re.M)
CHAPTER = re.compile(r"^## (\d+) ?([a-z]?) kap\. (.+?)\s*$", re.M)
NEXT = re.compile(r"^#{1,3} ", re.M)
SFS = re.compile(r"^- \*\*SFS-nummer:\*\* (\d{4}:\d+)", re.M)
PART_ONLY = re.compile(r"^- \*\*Urval:\*\*", re.M)
# The amending statute is last in a section's text: "Lag (2025:179)." The next section's
# heading may follow.
AMENDED = re.compile(r"(?:Lag|Förordning) \((\d{4}:\d+)\)\.?\s*$", re.M)
BEGINS = "Träder i kraft"
LIMIT = re.compile(rf"^\*\*\[({BEGINS}|Upphör att gälla) ([^\]]*)\]\*\*\s*$", re.M)
REPEALED = re.compile(r"^Har upphävts (?:genom|av) (.+?)\.?\s*$", re.M)
UPDATED = re.compile(r"^- \*\*Källa:\*\*.*senast uppdaterad där (\d{4}-\d{2}-\d{2})", re.M)


@dataclass(frozen=True)
class StatuteSection:
    """A statute section as a consolidated text has it on one day."""

    amended_by: str  # SFS number after the text; the statute's own if there is none
    text: str
    in_force: str = ""  # ISO date from which the wording holds, where the text tells
    line: int = 1  # of its heading in the file


@dataclass(frozen=True)
class Statute:
    """One file of a folder of statutes."""

    sfs: str
    is_complete: bool  # False: only some of its sections are in the file
    sections: Mapping[str, StatuteSection]  # by place: "5-15d"; those that hold on the day
    # Place → why it doesn't hold on the day, though it is in the file, in Swedish.
    not_in_force: Mapping[str, str] = field(default_factory=dict)
    # Section → its next change after the day, in Swedish: "ändras 2026-07-01".
    future_changes: Mapping[str, str] = field(default_factory=dict)
    # Chapter → its name: "5" → "Inledande bestämmelser"; those that the file names
    chapters: Mapping[str, str] = field(default_factory=dict)
    updated: str = ""  # ISO date up to which the text was kept, where the file says so


def parse_statute(text: str, on: dt.date) -> Statute | None:
    """Return the statute in ``text`` as it reads on the day ``on``; None if there is none.

    The form: a line ``- **SFS-nummer:** 2005:716``, a heading ``## 5 kap. Skydd`` for a chapter and
    ``### 5 kap. 15 §`` for each paragraph, ``- **Urval:**`` where some are left out, and
    ``**[Träder i kraft 2026-07-01]**`` or ``**[Upphör att gälla 2026-07-01]**`` before a wording
    that doesn't hold at all times. A paragraph with two wordings may have two headings.
    """
    number = SFS.search(text)
    if number is None:
        return None
    found: dict[str, str] = {}
    lines: dict[str, int] = {}
    limits: dict[str, list[tuple[str, str]]] = {}
    for match in HEADING.finditer(text):
        end = NEXT.search(text, match.end())
        body = text[match.end() : end.start() if end else len(text)]
        place = (f"{match[1]}{match[2]}-" if match[1] else "") + match[3] + match[4]
        lines[place] = text.count("\n", 0, match.start()) + 1
        limits.setdefault(place, []).extend((m[1], m[2]) for m in LIMIT.finditer(body))
        # The last that holds: a later wording may follow one that nobody has marked as ended.
        found[place] = _wording_in_force(body, on) or found.get(place, "")
    paragraphs: dict[str, StatuteSection] = {}
    gone: dict[str, str] = {}
    for place, wording in found.items():
        if repealed := REPEALED.match(wording):
            gone[place] = f"upphävd genom {repealed[1]}"
        elif not wording:
            began = any(which == BEGINS for which, _ in limits[place])
            gone[place] = "gäller inte än" if began else "gäller inte längre"
        else:
            amended = [number[1], *AMENDED.findall(wording)]
            begun = [
                day for which, when in limits[place] if which == BEGINS if (day := _parse_day(when))
            ]
            since = max((day.isoformat() for day in begun if day <= on), default="")
            paragraphs[place] = StatuteSection(amended[-1], wording, since, lines[place])
    later = {place: _next_change(marks, on, place in paragraphs) for place, marks in limits.items()}
    updated = UPDATED.search(text)
    return Statute(
        number[1],
        PART_ONLY.search(text) is None,
        paragraphs,
        gone,
        {place: words for place, words in later.items() if words},
        {number + letter: name for number, letter, name in CHAPTER.findall(text)},
        updated[1] if updated else "",
    )


def _parse_day(when: str) -> dt.date | None:
    """Return the day a limit names; None for "den dag som regeringen bestämmer"."""
    try:
        return dt.date.fromisoformat(when[:10])
    except ValueError:
        return None


def _wording_in_force(body: str, on: dt.date) -> str:
    """Return the wording of a section in force on a day, without headings in italics."""
    parts = LIMIT.split(body)  # text, then (which, when, text) for each limit
    rows = [parts[0].strip()]
    holds = True
    for which, when, text in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
        day = _parse_day(when)
        begun = day is not None and day <= on
        holds = holds and begun == (which == BEGINS)
        if text.strip():  # two limits in a row are one wording's: from one day to another
            if holds:
                rows.append(text.strip())
            holds = True
    lines = "\n\n".join(filter(None, rows)).split("\n")
    while lines and (
        not lines[-1].strip() or re.fullmatch(r"\*[^*].*\*|\*\*[^\[].*\*\*", lines[-1])
    ):
        lines.pop()
    wording = "\n".join(lines).strip()
    ends = [match.end() for match in AMENDED.finditer(wording)]
    return wording[: ends[-1]].strip() if ends else wording  # a plain heading may follow


def _next_change(limits: Iterable[tuple[str, str]], on: dt.date, holds: bool) -> str:
    """Return what happens first to a paragraph after a day, in Swedish, or "". ``holds``: whether
    it has a wording on the day itself."""
    coming = [
        (day.isoformat() if day else when.strip(), which)
        for which, when in limits
        if (day := _parse_day(when)) is None or day > on
    ]
    # Digits sort before letters: a day before "den dag som regeringen bestämmer".
    first = min((when for when, _ in coming), default="")
    if not first:
        return ""
    changes = any(which == BEGINS for when, which in coming if when == first)
    if not changes:
        return f"upphör {first}"
    return f"ändras {first}" if holds else f"träder i kraft {first}"


def read_statutes(folder: Path, on: dt.date) -> dict[str, Statute]:
    """Return SFS number → statute for the Markdown files in ``folder``, as they read on the day
    ``on``; files without a statute are skipped.

    Raises OSError, and ValueError with a Swedish text that names the file: a broken file would
    else look like a statute whose sections are gone.
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
