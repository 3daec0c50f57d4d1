"""docs/_data/audit/budget.toml: limits of a page, a task and the search."""

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
# Measure → its unit in findings. First those of a page, then those of a task.
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
    """The limits.

    Attributes:
        page: measure → maximum for every page.
        pages: pattern of addresses, "/odla/*" → measure → maximum for those pages.
        task: measure → maximum for an urgent task.
        search: set of queries → "first" or "first_three" → least share of answered queries, 0–1.
    """

    page: Mapping[str, float] = field(default_factory=dict)
    pages: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    task: Mapping[str, float] = field(default_factory=dict)
    search: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

    def limits_for(self, address: str) -> dict[str, float]:
        """Return measure → maximum for the page at ``address``, such as "odla/tomat/" or "".

        A later pattern in ``pages`` overrides an earlier one, and both override ``page``.
        """
        limits = dict(self.page)
        for pattern, overrides in self.pages.items():
            if fnmatchcase(f"/{address}", pattern):
                limits |= overrides
        return limits


def exceeded_limits(
    measured: Mapping[str, float], limits: Mapping[str, float]
) -> Iterator[tuple[str, str]]:
    """Yield (rule, Swedish message) for each measure that is above its limit.

    ``measured`` and ``limits``: measure → value. A task's way and its search are measured one at a
    time: a measure that is missing exceeds no limit.
    """
    for name, limit in limits.items():
        value = measured.get(name, 0)
        if value > limit:
            number_format = ".0%" if limit < 1 else ".4g"  # a share is below 1
            message = f"{value:{number_format}} {UNITS[name]}, högst {limit:{number_format}}."
            yield f"budget-{name.replace('_', '-')}", message


def read_text(docs: Path, name: str) -> str:
    """Return the text of ``docs``/_data/audit/``name``, with facts and telephone numbers inserted
    for their macros. Raises OSError and UnicodeDecodeError."""
    text = (docs / AUDIT_FOLDER / name).read_text(encoding="utf-8")
    contacts = Content.read(docs).files.get("contacts")
    return insert_words(text, contacts.words) if contacts else text


def read_toml(construct: Any, docs: Path, name: str) -> Any:
    """Return what ``construct``, a class or function, returns for the TOML file
    ``docs``/_data/audit/``name``: the file's keys and values are its keyword arguments. Raises
    ContentError."""
    try:
        return construct(**tomllib.loads(read_text(docs, name)))
    except (OSError, ValueError, TypeError) as error:
        raise ContentError(
            finding_at(docs, name, 1, "audit", f"kan inte läsas: {error}.")
        ) from error


def finding_at(docs: Path, name: str, line: int, rule: str, message: str) -> Finding:
    """Return a finding in the file ``name`` of ``docs``/_data/audit/."""
    return Finding(PurePosixPath(docs.name, AUDIT_FOLDER, name), line, rule, message)
