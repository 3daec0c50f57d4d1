"""docs/_data/audit/budget.toml: what a page, a task and the search may cost."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath
from typing import Any

from scripts.content.content import Content
from scripts.content.facts import insert_words
from scripts.core.findings import ContentError, Finding

AUDIT_FOLDER = "_data/audit"  # in docs/
# Figure → its unit, as findings have it. Of a page, then of a task.
UNITS = {
    "words": "öppna ord",
    "screens": "skärmar på en telefon",
    "first_line": "bildpunkter till första raden",
    "first_step": "bildpunkter till första steget",
    "doubt": "av sidans höjd är osäkert och källor",
    "open_doubts": "öppna rutor med osäkert",
    "bytes": "byte vid första besöket",
    "html": "byte är sidan själv",
    "script": "byte skript",
    "requests": "filer vid första besöket",
    "presses": "tryck",
    "place": "är svarets plats bland träffarna",
}


@dataclass(frozen=True)
class Budget:
    """The limits, each the most that is allowed but for the search's, which are the least."""

    page: Mapping[str, float] = field(default_factory=dict)
    pages: Mapping[str, Mapping[str, float]] = field(default_factory=dict)  # by "/odla/*"
    task: Mapping[str, float] = field(default_factory=dict)  # of an urgent task
    search: Mapping[str, Mapping[str, float]] = field(default_factory=dict)  # set → share

    def of(self, address: str) -> dict[str, float]:
        """Return the limits of the page at ``address``, "" for the start page."""
        limits = dict(self.page)
        for pattern, others in self.pages.items():
            if fnmatchcase(f"/{address}", pattern):
                limits |= others
        return limits


def exceeded_limits(
    figures: Mapping[str, float], limits: Mapping[str, float]
) -> Iterator[tuple[str, str]]:
    """Yield rule and words for each figure that is above its limit."""
    for name, most in limits.items():
        if (value := figures.get(name, 0)) > most:
            form = ".0%" if most < 1 else ".4g"
            words = f"{value:{form}} {UNITS[name]}, högst {most:{form}}."
            yield f"budget-{name.replace('_', '-')}", words


def read_text(docs: Path, name: str) -> str:
    """Return the text of ``docs``/_data/audit/``name``, with facts and telephone numbers inserted
    for their macros. Raises OSError and UnicodeDecodeError."""
    contacts = Content.read(docs).files.get("contacts")
    words = contacts.words if contacts else {}
    return insert_words((docs / AUDIT_FOLDER / name).read_text(encoding="utf-8"), words)


def read_toml(kind: Any, docs: Path, name: str) -> Any:
    """Return what stands in ``docs``/_data/audit/``name`` as a ``kind``. Raises ContentError."""
    try:
        return kind(**tomllib.loads(read_text(docs, name)))
    except (OSError, ValueError, TypeError) as error:
        raise ContentError(
            finding_at(docs, name, 1, "audit", f"kan inte läsas: {error}.")
        ) from error


def finding_at(docs: Path, name: str, line: int, rule: str, words: str) -> Finding:
    """Return a finding in a file of ``docs``/_data/audit/."""
    return Finding(PurePosixPath(docs.name, AUDIT_FOLDER, name), line, rule, words)
