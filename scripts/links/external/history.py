"""What earlier runs said, in a small file that is committed: one bad day is no proof.

The file is JSON: {"version": 1, "targets": {address: {...}}}, sorted, with dates and never times,
so that a week without news changes little. Pure but for ``load`` and ``save``.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from scripts.links.external.drift import Content
from scripts.links.external.verdict import Verdict

VERSION = 1
DAYS_TO_DIE = 3  # failing on this many different days means dead
DAYS_TO_DIE_OF = {"no-such-host": 2}  # a name that is gone is gone sooner
GOOD_FOR = 5  # days that a good answer is believed without asking again, at least
SPREAD = 5  # … and up to so many days less one more


@dataclass
class Target:
    """What is known of one address."""

    state: str = "unsure"  # ok, dead, unsure
    reason: str = ""
    detail: str = ""
    checked_on: str = ""
    ok_on: str = ""  # the last day it was well
    failed_on: list[str] = field(default_factory=list)  # days in a row, never the same twice
    moved: str = ""
    notes: list[str] = field(default_factory=list)
    title: str = ""
    modified: str = ""
    digest: str = ""
    sfs: str = ""
    amended: str = ""


def load(file: Path) -> dict[str, Target]:
    """Return what earlier runs said. A missing file says nothing. Raises ValueError."""
    if not file.is_file():
        return {}
    try:
        data = json.loads(file.read_text(encoding="utf-8-sig"))
        if data["version"] != VERSION:
            raise ValueError(f"version {data['version']}, inte {VERSION}")
        targets = {url: Target(**row) for url, row in data["targets"].items()}
        for target in targets.values():
            _check(target)
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise ValueError(
            f"{file} kan inte läsas ({error}). Hämta den ur git, eller ta bort den"
        ) from error
    return targets


def _check(target: Target) -> None:
    """Raise ValueError or TypeError if a file that somebody has edited says what can't be."""
    for name, value in vars(Target()).items():
        if type(getattr(target, name)) is not type(value):
            raise TypeError(name)
    for day in filter(None, (target.checked_on, target.ok_on, *target.failed_on)):
        dt.date.fromisoformat(day)


def save(file: Path, targets: dict[str, Target]) -> None:
    """Write what is known; fields that say nothing are left out."""
    rows = {
        url: {name: value for name, value in asdict(target).items() if value}
        for url, target in sorted(targets.items())
    }
    text = json.dumps({"version": VERSION, "targets": rows}, ensure_ascii=False, indent=1)
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_name(file.name + ".new")
    new.write_text(text + "\n", encoding="utf-8", newline="\n")
    new.replace(file)


def spread(text: str, parts: int) -> int:
    """Return one of ``parts``, always the same for a text, and even over many."""
    return int.from_bytes(hashlib.sha256(text.encode("utf-8", "replace")).digest()[:4]) % parts


def is_fresh(target: Target | None, today: dt.date, url: str) -> bool:
    """Whether a good answer is so new that asking again would be needless.

    Some addresses are asked sooner than others: else all that were asked on one day fall due on
    one day.
    """
    if target is None or target.state != "ok" or not target.checked_on:
        return False
    age = (today - dt.date.fromisoformat(target.checked_on)).days
    return 0 <= age < GOOD_FOR + spread(url, SPREAD)


def after(old: Target | None, verdict: Verdict, content: Content | None, today: dt.date) -> Target:
    """Return what is known of an address after one more run."""
    old = old or Target()
    day = today.isoformat()
    new = Target(
        reason=verdict.reason,
        detail=verdict.detail,
        checked_on=day,
        ok_on=old.ok_on,
        moved=verdict.moved,
        notes=list(verdict.notes),
        title=old.title,
        modified=old.modified,
        digest=old.digest,
        sfs=old.sfs,
        amended=old.amended,
    )
    if verdict.says == "ok":
        new.state, new.ok_on = "ok", day
        if content is not None:
            new.title, new.modified = content.title, content.modified
            new.digest, new.sfs = content.digest, content.sfs
            new.amended = content.amended
    elif verdict.says == "gone":
        new.state, new.failed_on = "dead", sorted({*old.failed_on, day})
    elif verdict.says == "failing":
        new.failed_on = sorted({*old.failed_on, day})
        enough = DAYS_TO_DIE_OF.get(verdict.reason, DAYS_TO_DIE)
        new.state = "dead" if len(new.failed_on) >= enough else "unsure"
    else:  # a wall says nothing, for or against
        new.state, new.failed_on = "unsure", list(old.failed_on)
    return new
