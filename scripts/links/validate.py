"""From a built site to findings, each where an editor can mend it."""

from __future__ import annotations

import datetime as dt
import posixpath
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from itertools import groupby
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from scripts.core.findings import Finding
from scripts.links.inside import Fault, Result, check, orphans
from scripts.links.place import place
from scripts.links.resolve import telephone_number
from scripts.links.rules import EXTERNAL, RULES, accept

MISSING = ("missing-page", "missing-asset")


def validate(
    root: Path,
    docs: Path,
    site_url: str = "",
    label: str = "",
    *,
    trees: Mapping[str, LexborHTMLParser] | None = None,
    today: dt.date | None = None,
    numbers: Collection[str] = (),
) -> list[Finding]:
    """Return every fault in the built site ``root``, in order.

    ``docs`` holds its Markdown and the exceptions; ``site_url`` is where it will stand (its path is
    the base path); ``label`` is what findings call the folder. ``trees``: pages that are parsed
    already. Without ``today`` no exception expires. ``numbers``: the digits that may be called; if
    none are given, any. Raises OSError.
    """
    result = check(root, site_url, trees)
    faults = [*result.faults, *_unknown_numbers(result, numbers)]
    faults += [(page, _orphan(page)) for page in orphans(result)]
    findings = _a_row_a_file(place(faults, root, docs, label or root.name))
    return sorted(accept(_each_once(findings, docs.name), docs, today, RULES.keys() - EXTERNAL))


def _a_row_a_file(findings: list[Finding]) -> list[Finding]:
    """Return one finding for each missing file and page that uses it, though the page may lead to
    many places in it, on many lines."""

    def what(one: Finding) -> tuple[str, ...]:
        return str(one.path), one.page, one.rule, one.target.partition("#")[0] or one.target

    rows = [one for one in findings if one.rule not in MISSING]
    missing = sorted((one for one in findings if one.rule in MISSING), key=what)
    for (*_, target), group in groupby(missing, what):
        first, *others = sorted(group)
        lines = ", ".join(str(line) for line in sorted({one.line for one in others}))
        more = f" Också på rad {lines}." if lines and lines != str(first.line) else ""
        rows.append(replace(first, target=target, message=first.message + more))
    return sorted(rows)


def _each_once(findings: list[Finding], docs: str) -> list[Finding]:
    """Return the findings without those of pages that are made of others, such as frames, where
    the same is told of the page that they are made of: it is mended there."""

    def what(finding: Finding) -> tuple[str, str]:
        target = posixpath.join("/", posixpath.dirname(finding.page), finding.target)
        return finding.rule, posixpath.normpath(target)

    written = {what(one) for one in findings if one.path.parts[0] == docs}
    return [one for one in findings if one.path.parts[0] == docs or what(one) not in written]


def _orphan(page: str) -> Fault:
    address = "/" + re.sub(r"index\.html$", "", page)
    text = f'ingen väg leder till "{address}" från startsidan. Länka dit, eller skriv ett undantag.'
    return Fault("orphan-page", address, text)


def _unknown_numbers(result: Result, numbers: Collection[str]) -> Iterator[tuple[str, Fault]]:
    for url, pages in result.away.items():
        if numbers and url[:4].lower() == "tel:" and telephone_number(url) not in numbers:
            text = f'"{url}" finns inte i contacts.yml. Skriv in numret där, eller ta bort länken.'
            yield pages[0], Fault("bad-tel-register", url, text)
