"""Statutes: how sources.yml holds an act with its paragraphs, and how a folder of acts is read.

An act stands once in docs/_data/sources.yml, and its paragraphs under it. A citation names
``act-chapter-paragraph``: ``utl-5-15``, ``utl-12-12b``, ``lvu-6``. Title and address of a
paragraph are made here; the form of a place follows Svensk författningssamling, "5 kap. 15 §".
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PLACE = re.compile(r"^(?:(\d+[a-z]?)-)?(\d+)([a-z]?)$")
HEADING = re.compile(r"^### (?:(\d+) ?([a-z]?) kap\. )?(\d+) ?([a-z]?) §\s*$", re.M)
NEXT = re.compile(r"^#{1,3} ", re.M)
SFS = re.compile(r"^- \*\*SFS-nummer:\*\* (\d{4}:\d+)", re.M)
PART_ONLY = re.compile(r"^- \*\*Urval:\*\*", re.M)
# The amending act stands last in a paragraph: "Lag (2025:179)."
AMENDED = re.compile(r"(?:Lag|Förordning) \((\d{4}:\d+)\)\.?\s*$")
LIMIT = re.compile(r"^\*\*\[(Träder i kraft|Upphör att gälla) ([^\]]*)\]\*\*\s*$", re.M)
REPEALED = re.compile(r"^Har upphävts (?:genom|av) ")
UNKNOWN = "okant"  # in_force: the text doesn't tell from which day


def place_words(place: str) -> str:
    """Return a place in words: ``5-15d`` → ``5 kap. 15 d §``. Raises ValueError."""
    match = PLACE.match(place)
    if match is None:
        raise ValueError(place)
    chapter = re.sub(r"(\d)([a-z])", r"\1 \2", match[1] or "")
    return (
        (f"{chapter} kap. " if chapter else "") + " ".join(filter(None, match.groups()[1:])) + " §"
    )


def place_anchor(place: str) -> str:
    """Return a place as lagen.nu names it in an address: ``5-15d`` → ``K5P15d``."""
    chapter, _, paragraph = place.rpartition("-")
    return (f"K{chapter}" if chapter else "") + f"P{paragraph}"


def flatten(sources: Mapping[str, Any]) -> dict[str, Any]:
    """Return sources.yml as records by citation key, each paragraph a record of its own.

    A paragraph takes what it doesn't say from its act. What has no right form is left as it is,
    for check_sources to tell of.
    """
    flat: dict[str, Any] = {}
    for key, act in sources.items():
        flat[key] = act
        paragraphs = act.get("paragraphs") if isinstance(act, dict) else None
        if not isinstance(paragraphs, dict):
            continue
        shared = {name: value for name, value in act.items() if name != "paragraphs"}
        for place, own in paragraphs.items():
            if not PLACE.match(str(place)) or not isinstance(own, dict):
                continue
            words = place_words(str(place))
            # "Lagen (2005:429) om god man, 2 §", but "Brottsbalken (1962:700) 4 kap. 1 a §"
            comma = "" if str(act.get("title", "")).endswith(")") else ","
            flat[f"{key}-{place}"] = {
                **shared,
                "title": f"{act.get('title')}{comma} {words}",
                "url": f"{act.get('url')}#{place_anchor(str(place))}",
                "act": key,
                "place": words,
                **own,
            }
    return flat


def law_read(keys: Iterable[str], sources: Mapping[str, Mapping[str, Any]]) -> str:
    """Return the oldest day (ISO 8601) on which one of the statutes among ``keys`` was read; ""
    if none of them is a statute with a date."""
    days = (
        str(source["read_on"])
        for source in (sources.get(key, {}) for key in keys)
        if source.get("sfs") and source.get("read_on")
    )
    return min(days, default="")


@dataclass(frozen=True)
class Paragraph:
    """A paragraph as a consolidated text has it on one day."""

    amended_by: str  # SFS number after the text; the act's own where there is none
    text: str


@dataclass(frozen=True)
class Act:
    """One file of a folder of statutes."""

    sfs: str
    whole: bool  # False: only some of the act's paragraphs are in the file
    paragraphs: Mapping[str, Paragraph]  # by place: "5-15d"


def read_act(text: str, on: dt.date) -> Act | None:
    """Return the act in ``text`` as it reads on the day ``on``; None if it is no act.

    The form: a line ``- **SFS-nummer:** 2005:716``, a heading ``### 5 kap. 15 §`` for each
    paragraph, ``- **Urval:**`` where some are left out, and ``**[Träder i kraft 2026-07-01]**``
    or ``**[Upphör att gälla 2026-07-01]**`` before a wording that doesn't hold at all times.
    """
    number = SFS.search(text)
    if number is None:
        return None
    found: dict[str, Paragraph] = {}
    for match in HEADING.finditer(text):
        end = NEXT.search(text, match.end())
        body = text[match.end() : end.start() if end else len(text)]
        wording = _on(body, on)
        if not wording or REPEALED.match(wording):
            continue
        chapter = f"{match[1]}{match[2]}-" if match[1] else ""
        amended = AMENDED.search(wording)
        found[f"{chapter}{match[3]}{match[4]}"] = Paragraph(
            amended[1] if amended else number[1], wording
        )
    return Act(number[1], PART_ONLY.search(text) is None, found)


def _on(body: str, on: dt.date) -> str:
    """Return what of a paragraph holds on a day, without headings in italics."""
    parts = LIMIT.split(body)  # text, then (which, when, text) for each wording with a limit
    rows = [parts[0].strip()]
    for which, when, text in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
        try:
            begun = dt.date.fromisoformat(when[:10]) <= on
        except ValueError:
            begun = False  # "den dag som regeringen bestämmer"
        if begun == (which == "Träder i kraft"):
            rows.append(text.strip())
    lines = "\n\n".join(filter(None, rows)).split("\n")
    while lines and (
        not lines[-1].strip() or re.fullmatch(r"\*[^*].*\*|\*\*[^\[].*\*\*", lines[-1])
    ):
        lines.pop()
    return "\n".join(lines).strip()


def read_folder(folder: Path, on: dt.date) -> dict[str, Act]:
    """Return SFS number → act, of every Markdown file in ``folder``. Raises OSError."""
    acts = (read_act(f.read_text("utf-8"), on) for f in sorted(folder.glob("*.md")))
    return {act.sfs: act for act in acts if act}
