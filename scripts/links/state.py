"""The results of earlier runs for each external address: one bad day doesn't make it dead.

A small file that is committed: {"version": 2, "targets": {address: {…}}}, sorted, with dates and no
times, so that a week without news changes little.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from scripts.links.verdict import Verdict

STATE = "_data/link-state.json"  # in docs/
VERSION = 2
DAYS_UNTIL_DEAD = 3  # an address that has failed on so many days in a row is dead
FRESH_DAYS = 5  # an address that answered well so recently isn't requested again


@dataclass(frozen=True)
class Target:
    """The results of one address, of this run and earlier ones."""

    state: str = "unsure"  # ok, dead, unsure
    reason: str = ""  # a key of verdict.REASONS
    detail: str = ""
    checked_on: str = ""  # ISO 8601 date of the last request
    failed_on: list[str] = field(default_factory=list)  # days in a row, never the same twice
    # as in verdict.Verdict and verdict.PageText
    moved: str = ""
    title: str = ""
    digest: str = ""
    amended: str = ""

    def after(self, verdict: Verdict, today: dt.date) -> Target:
        """Return the record of the address after one more run, with its ``verdict``.

        An address that fails is "unsure", and dead after DAYS_UNTIL_DEAD different days; one that
        is gone is dead at once. One that keeps programs out ("walled") is "unsure", whatever the
        number of days. If no page was read, the record keeps what an earlier run read.
        """
        day = today.isoformat()
        state = "unsure"
        failed_on = self.failed_on
        if verdict.outcome == "ok":
            state, failed_on = "ok", []
        elif verdict.outcome == "gone":
            state = "dead"
        elif verdict.outcome == "failing":
            failed_on = sorted({*self.failed_on, day})
            if len(failed_on) >= DAYS_UNTIL_DEAD:
                state = "dead"
        page = verdict.page or self  # both have title, digest and amended
        return Target(
            state=state,
            reason=verdict.reason,
            detail=verdict.detail,
            checked_on=day,
            failed_on=failed_on,
            moved=verdict.moved,
            title=page.title,
            digest=page.digest,
            amended=page.amended,
        )

    def is_due(self, today: dt.date) -> bool:
        """Whether to request the address today: it didn't answer well in the last run, or that run
        was FRESH_DAYS ago or more."""
        if self.state != "ok":
            return True
        return (today - dt.date.fromisoformat(self.checked_on)).days >= FRESH_DAYS


def load(file: Path) -> dict[str, Target]:
    """Return address → its results in earlier runs; {} if there is no file. Raises ValueError if
    it isn't as ``save`` wrote it."""
    if not file.is_file():
        return {}
    try:
        data = json.loads(file.read_text("utf-8"))
        if data["version"] != VERSION:
            raise ValueError(f"version {data['version']}, inte {VERSION}")
        return {url: Target(**fields) for url, fields in data["targets"].items()}
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        cure = "Hämta den ur git, eller ta bort den"
        raise ValueError(f"{file} kan inte läsas ({error}). {cure}") from error


def save(file: Path, targets: Mapping[str, Target]) -> None:
    """Write address → results to ``file``, which is replaced as a whole. Empty fields are left out.
    Raises OSError."""
    rows = {
        url: {name: value for name, value in asdict(target).items() if value}
        for url, target in sorted(targets.items())
    }
    text = json.dumps({"version": VERSION, "targets": rows}, ensure_ascii=False, indent=1)
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_name(file.name + ".new")
    new.write_text(text + "\n", encoding="utf-8", newline="\n")
    new.replace(file)


def due_requests(
    urls: Iterable[str], earlier: Mapping[str, Target], today: dt.date
) -> dict[str, dict[str, list[str]]]:
    """Return the requests to make today: host → page → its addresses in ``urls``. Addresses that
    differ only in their fragment are one page, and one request.

    ``earlier``: address → its results in earlier runs.
    """
    hosts: dict[str, dict[str, list[str]]] = {}
    for url in sorted(set(urls)):
        if earlier.get(url, Target()).is_due(today):
            page = url.partition("#")[0]
            host = urlsplit(page).hostname or ""
            hosts.setdefault(host, {}).setdefault(page, []).append(url)
    return hosts
