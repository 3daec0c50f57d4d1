"""The results of earlier runs for each external address: one bad day doesn't make it dead.

A small file that is committed: {"version": 1, "targets": {address: {…}}}, sorted, with dates and no
times, so that a week without news changes little.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from scripts.links.verdict import PageText, Verdict

STATE = "_data/link-state.json"  # in docs/
VERSION = 1
DAYS_UNTIL_DEAD = 3  # failing on so many days in a row means dead
FRESH_DAYS, EXTRA_DAYS = 5, 5  # days that a good answer is believed: 5 to 9, not alike for all
MAX_PER_HOST = 100  # pages of a host that are asked in one run


@dataclass(frozen=True)
class Target:
    """The results of one address, of this run and earlier ones."""

    state: str = "unsure"  # ok, dead, unsure
    reason: str = ""
    detail: str = ""
    checked_on: str = ""
    ok_on: str = ""  # the last day that it answered well
    failed_on: list[str] = field(default_factory=list)  # days in a row, never the same twice
    moved: str = ""
    notes: list[str] = field(default_factory=list)
    title: str = ""
    digest: str = ""
    amended: str = ""

    def after(self, verdict: Verdict, content: PageText | None, today: dt.date) -> Target:
        """Return the record of the address after one more run. An address that fails is dead only
        after DAYS_UNTIL_DEAD different days; one that is gone is dead at once."""
        day = today.isoformat()
        failed_on = self.failed_on
        if verdict.outcome == "ok":
            failed_on = []
        elif verdict.outcome == "failing":
            failed_on = sorted({*self.failed_on, day})
        long_dead = len(failed_on) >= DAYS_UNTIL_DEAD
        if verdict.outcome == "ok":
            state = "ok"
        elif verdict.outcome == "gone" or (verdict.outcome == "failing" and long_dead):
            state = "dead"
        else:
            state = "unsure"
        page = content or self
        return Target(
            state=state,
            reason=verdict.reason,
            detail=verdict.detail,
            checked_on=day,
            ok_on=day if verdict.outcome == "ok" else self.ok_on,
            failed_on=failed_on,
            moved=verdict.moved,
            notes=verdict.notes,
            title=page.title,
            digest=page.digest,
            amended=page.amended,
        )


def load(file: Path) -> dict[str, Target]:
    """Return the results of earlier runs; {} where there is no file. Raises ValueError."""
    if not file.is_file():
        return {}
    try:
        data = json.loads(file.read_text("utf-8-sig"))
        if data["version"] != VERSION:
            raise ValueError(f"version {data['version']}, inte {VERSION}")
        targets = {url: Target(**row) for url, row in data["targets"].items()}
        for target in targets.values():
            for name, value in vars(Target()).items():
                if type(getattr(target, name)) is not type(value):
                    raise TypeError(name)
            for day in filter(None, (target.checked_on, target.ok_on, *target.failed_on)):
                dt.date.fromisoformat(day)
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise ValueError(
            f"{file} kan inte läsas ({error}). Hämta den ur git, eller ta bort den"
        ) from error
    return targets


def save(file: Path, targets: Mapping[str, Target]) -> None:
    """Write the results; empty fields are left out. Raises OSError."""
    rows = {
        url: {name: value for name, value in asdict(target).items() if value}
        for url, target in sorted(targets.items())
    }
    text = json.dumps({"version": VERSION, "targets": rows}, ensure_ascii=False, indent=1)
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_name(file.name + ".new")
    new.write_text(text + "\n", encoding="utf-8", newline="\n")
    new.replace(file)


def hash_bucket(text: str, parts: int) -> int:
    """Return a number from 0 to ``parts`` - 1 by a text's hash: the same one in every run."""
    return int.from_bytes(hashlib.sha256(text.encode("utf-8", "replace")).digest()[:4]) % parts


def due(
    urls: Iterable[str], known: Mapping[str, Target], today: dt.date, most: int = MAX_PER_HOST
) -> dict[str, dict[str, list[str]]]:
    """Return the requests of today: host → page → its addresses, those checked longest ago first.

    Addresses that differ only in their fragment are one request. At most ``most`` for a host: the
    rest are still due the next time.
    """
    pages: dict[str, list[str]] = {}
    for url in sorted(set(urls)):
        one = known.get(url, Target())
        age = (today - dt.date.fromisoformat(one.checked_on or "0001-01-01")).days
        if one.state != "ok" or not 0 <= age < FRESH_DAYS + hash_bucket(url, EXTRA_DAYS):
            pages.setdefault(url.partition("#")[0], []).append(url)

    def sort_key(page: str) -> tuple[str, int]:
        """Pages with the address checked longest ago first; those of one day by hash."""
        days = (known[url].checked_on if url in known else "" for url in pages[page])
        return min(days), hash_bucket(page, 1 << 30)

    hosts: dict[str, dict[str, list[str]]] = {}
    for page in sorted(pages, key=sort_key):
        host = hosts.setdefault(urlsplit(page).hostname or "", {})
        if len(host) < most:
            host[page] = pages[page]
    return hosts
