"""From a built site to findings, each where an editor can mend it: the line in Markdown or a
register, else the line in the built file."""

from __future__ import annotations

import datetime as dt
import html
import posixpath
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby
from operator import attrgetter
from pathlib import Path, PurePosixPath

from scripts.core import phone
from scripts.core.findings import Finding
from scripts.links.html import Document, decode
from scripts.links.inside import Result, check, link_finding, orphans
from scripts.links.resolve import mask
from scripts.links.rules import EXTERNAL, RULES, apply_exceptions
from scripts.links.sources import Place, Sources


def validate(
    root: Path,
    sources: Sources,
    site_url: str = "",
    label: str = "",
    *,
    known: Mapping[str, Document] | None = None,
    today: dt.date | None = None,
    numbers: Collection[str] = (),
) -> list[Finding]:
    """Return the link findings of the built site ``root``, sorted.

    Args:
        sources: the Markdown and the exceptions of the site.
        site_url: the URL it will be published at; its path is the base path.
        label: the name of the folder in findings; "": its own.
        known: pages that are parsed already, by file name.
        today: the day that decides whether an exception has expired; None: none has.
        numbers: those that may be called, as ``phone.national`` returns them; empty: any.

    Raises:
        OSError: a file can't be read.
    """
    result = check(root, site_url, known)
    findings = [*result.findings, *_unknown_numbers(result, numbers)]
    findings += [_orphan(page) for page in orphans(result)]
    label = label or root.name
    findings = locate(findings, root, sources, label)
    if sources.folders:
        findings = _without_copies(findings, label)
    return sorted(apply_exceptions(findings, sources.folders, today, RULES.keys() - EXTERNAL))


def _without_copies(findings: list[Finding], label: str) -> list[Finding]:
    """Return the findings without those of pages that are made of other pages, such as slides, if
    the other page has the same one in its source: it is mended there.

    ``label``: the name of the built site's folder in findings.
    """

    def fault_key(finding: Finding) -> tuple[str, str]:
        """Return the rule and the target's path from the root, whatever page links to it."""
        target = posixpath.join("/", posixpath.dirname(finding.page), finding.target)
        return finding.rule, posixpath.normpath(target)

    in_sources = [finding for finding in findings if not finding.path.is_relative_to(label)]
    in_site = [finding for finding in findings if finding.path.is_relative_to(label)]
    known = {fault_key(finding) for finding in in_sources}
    return [*in_sources, *(finding for finding in in_site if fault_key(finding) not in known)]


def _orphan(page: str) -> Finding:
    """Return the finding of a page that the start page doesn't lead to."""
    address = "/" + re.sub(r"index\.html$", "", page)
    text = (
        f'ingen länk leder till "{address}" från startsidan. Länka dit, eller skriv ett undantag.'
    )
    return link_finding(page, "orphan-page", address, text)


def _unknown_numbers(result: Result, numbers: Collection[str]) -> Iterator[Finding]:
    """Yield a finding on the first page that has it, for each ``tel:`` link whose number isn't one
    of ``numbers``; none if that is empty."""
    for url, pages in result.external.items():
        if not numbers or not url.lower().startswith("tel:"):
            continue
        if phone.national(phone.from_uri(url)) not in numbers:
            text = f'"{url}" finns inte i contacts.yml. Skriv in numret där, eller ta bort länken.'
            yield link_finding(pages[0], "bad-tel-register", url, text)


def locate(findings: Iterable[Finding], root: Path, sources: Sources, label: str) -> list[Finding]:
    """Return the findings of built files where an editor can mend them, sorted: at each place in
    the sources that has the link or id, else at the line of the built file.

    ``label``: the name of the built site's folder ``root`` in findings.
    """
    located: set[Finding] = set()
    by_page = attrgetter("page")
    for page, group in groupby(sorted(findings, key=by_page), by_page):
        text = ""  # of the built file, read if needed
        for finding in group:
            places = find_places(finding, sources)
            if not places:
                text = text or read_built(root / page)
                line = line_of(text, finding.target)
                places = [Place(PurePosixPath(label, page), line)]
            for path, line, written in places:
                message = _with_written_address(finding, written)
                located.add(replace(finding, path=path, line=line, message=message))
    return sorted(located)


def find_places(finding: Finding, sources: Sources) -> list[Place]:
    """Return the places in the sources that have the link or id of a finding."""
    if finding.rule in ("duplicate-id", "bad-id"):
        return sources.find_id(finding.page, finding.target, finding.rule == "duplicate-id")
    return sources.find_link(finding.page, finding.target)


def read_built(file: Path) -> str:
    """Return a built file's text with addresses as findings have them: without character
    references and passwords."""
    return mask(html.unescape(decode(file.read_bytes())))


def line_of(text: str, target: str) -> int:
    """Return the line, from 1, that has ``target`` as an attribute's value, or else as a part of
    the text; 1 if none has."""
    start = text.find(f'"{target}"')
    if start < 0:
        start = max(text.find(target), 0)
    return 1 + text.count("\n", 0, start)


def _with_written_address(finding: Finding, written: str) -> str:
    """Return the message of a finding with the address as its source has it, since an editor
    searches for that: MkDocs makes "../a.md" into "../../a/". ``written`` is "" if unknown."""
    address = finding.target.partition("#")[0]
    for built, source in ((finding.target, written), (address, written.partition("#")[0])):
        if written and finding.message.startswith(f'"{built}"'):
            return f'"{mask(source)}"' + finding.message.removeprefix(f'"{built}"')
    return finding.message
