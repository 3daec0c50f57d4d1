"""From a built site to findings, each where an editor can mend it."""

from __future__ import annotations

import datetime as dt
import posixpath
import re
from collections.abc import Collection, Iterator
from pathlib import Path

from scripts.content.content import read_registers
from scripts.core.findings import ContentError, Finding
from scripts.links.check import Result, check, orphans
from scripts.links.exceptions import accept
from scripts.links.judge import Fault, telephone_number
from scripts.links.place import place
from scripts.links.rules import EXTERNAL, RULES


def validate(
    root: Path,
    site_url: str = "",
    docs: Path | None = None,
    label: str = "",
    *,
    with_orphans: bool = False,
    today: dt.date | None = None,
    accepted: Path | None = None,
    processes: int | None = None,
    numbers: Collection[str] = (),
) -> list[Finding]:
    """Return every fault in the built site ``root``, in order.

    ``site_url`` is where it will stand (its path is the base path); ``docs`` holds its Markdown,
    if any; ``label`` is what findings call the folder. ``accepted``: the file of exceptions, if
    not the one in ``docs``; without ``today`` none of them expires. ``numbers``: digits that may be
    called though no contact in ``docs`` has them. Raises OSError.
    """
    site, result = check(root, site_url, processes=processes)
    faults = [*result.faults, *_unknown_numbers(result, docs, numbers)]
    if with_orphans:
        faults += [(page, _orphan(page)) for page in orphans(site, result)]
    findings = place(faults, root, docs, label or root.name)
    if docs is not None:
        findings = _each_once(findings, docs.name)
    return sorted(accept(findings, docs, accepted, today, set(RULES) - _outside(with_orphans)))


def _each_once(findings: list[Finding], docs: str) -> list[Finding]:
    """Return the findings without those of pages that are made of others, such as frames, where
    the same is told of the page that they are made of: it is mended there."""

    def what(finding: Finding) -> tuple[str, str]:
        target = posixpath.join("/", posixpath.dirname(finding.page), finding.target)
        return finding.rule, posixpath.normpath(target)

    written = {what(one) for one in findings if one.path.parts[0] == docs}
    return [one for one in findings if one.path.parts[0] == docs or what(one) not in written]


def _outside(with_orphans: bool) -> set[str]:
    """Return the rules that a run without the net doesn't look for."""
    return EXTERNAL | (set() if with_orphans else {"orphan-page"})


def _orphan(page: str) -> Fault:
    address = "/" + re.sub(r"index\.html$", "", page)
    return Fault(
        "orphan-page",
        address,
        f'ingen väg leder till "{address}" från startsidan. Länka dit, eller skriv ett undantag.',
    )


def _unknown_numbers(
    result: Result, docs: Path | None, others: Collection[str]
) -> Iterator[tuple[str, Fault]]:
    """Yield ``tel:`` links whose number no contact has, where there are contacts."""
    try:
        rows = read_registers(docs).contacts.values() if docs else ()
    except ContentError:
        return  # check_sources tells of it, and of rows of another kind
    known = {str(row["tel"]) for row in rows if isinstance(row, dict) and row.get("tel")}
    if not known:
        return
    for url, pages in result.external.items():
        if url[:4].lower() == "tel:" and telephone_number(url) not in {*known, *others}:
            text = f'"{url}" finns inte i contacts.yml. Skriv in numret där, eller ta bort länken.'
            yield pages[0], Fault("bad-tel-register", url, text)
