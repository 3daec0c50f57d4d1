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
from scripts.links.inside import Result, check_site, link_finding, orphans
from scripts.links.resolve import mask
from scripts.links.rules import EXTERNAL, RULES, apply_exceptions
from scripts.links.sources import Place, Sources


def validate(
    root: Path,
    sources: Sources,
    site_url: str = "",
    label: str = "",
    *,
    parsed: Mapping[str, Document] | None = None,
    today: dt.date | None = None,
    numbers: Collection[str] = (),
) -> list[Finding]:
    """Return the link findings of the built site ``root``, sorted.

    Args:
        sources: the Markdown and the exceptions of the site.
        site_url: the URL it will be published at; its path is the base path.
        label: the name of the folder ``root`` in findings; "": its own name.
        parsed: file name → its document, for pages that the caller has parsed already.
        today: the day that decides whether an exception has expired; None: none has.
        numbers: the numbers that a link may call, as ``phone.national`` returns them; empty: any.

    Raises:
        OSError: a file can't be read.
    """
    result = check_site(root, site_url, parsed)
    findings = [*result.findings, *_unknown_number_findings(result, numbers)]
    findings += [_orphan_finding(page) for page in orphans(result)]
    label = label or root.name
    findings = locate(findings, root, sources, label)
    if sources.folders:  # else every finding is at a built page, and none is a copy
        findings = _without_copies(findings, label)
    return sorted(apply_exceptions(findings, sources.folders, today, RULES.keys() - EXTERNAL))


def _without_copies(findings: list[Finding], label: str) -> list[Finding]:
    """Return the findings, except a finding at a built page whose fault is also found in a source
    file. Slides, for one, are made of other pages: mending the source mends the copy.

    ``label``: the name of the built site's folder in findings.
    """

    def fault_key(finding: Finding) -> tuple[str, str]:
        """Return the rule, and the target as a path from the root: equal for a link and its copy
        in another folder."""
        target = posixpath.join("/", posixpath.dirname(finding.page), finding.target)
        return finding.rule, posixpath.normpath(target)

    in_sources = [finding for finding in findings if not finding.path.is_relative_to(label)]
    in_site = [finding for finding in findings if finding.path.is_relative_to(label)]
    faults = {fault_key(finding) for finding in in_sources}
    return [*in_sources, *(finding for finding in in_site if fault_key(finding) not in faults)]


def _orphan_finding(page: str) -> Finding:
    """Return the finding of a page that no links lead to from the start page."""
    address = "/" + re.sub(r"index\.html$", "", page)
    text = (
        f'ingen länk leder till "{address}" från startsidan. Länka dit, eller skriv ett undantag.'
    )
    return link_finding(page, "orphan-page", address, text)


def _unknown_number_findings(result: Result, numbers: Collection[str]) -> Iterator[Finding]:
    """Yield a finding for each ``tel:`` link whose number isn't one of ``numbers``, on the first
    page that has the link. If ``numbers`` is empty, any number is allowed."""
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
    located: set[Finding] = set()  # a line of a register may be on many pages: one finding
    by_page = attrgetter("page")
    for page, group in groupby(sorted(findings, key=by_page), by_page):
        text = ""  # of the built file; read only if a finding needs it
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
        is_repeated = finding.rule == "duplicate-id"
        return sources.find_id(finding.page, finding.target, is_repeated=is_repeated)
    return sources.find_link(finding.page, finding.target)


def read_built(file: Path) -> str:
    """Return a built file's text, with addresses in the form of ``Finding.target``: "&amp;" is "&",
    and passwords are masked."""
    return mask(html.unescape(decode(file.read_bytes())))


def line_of(text: str, target: str) -> int:
    """Return the number of the first line that has ``target`` as an attribute's value, or else
    anywhere; 1 if no line has it."""
    start = text.find(f'"{target}"')
    if start < 0:
        start = max(text.find(target), 0)
    return 1 + text.count("\n", 0, start)


def _with_written_address(finding: Finding, written: str) -> str:
    """Return the message of a finding with the address at its beginning as ``written`` in the
    source, where an editor searches for it: MkDocs makes "../a.md" into "../../a/".

    The message stays as it is if ``written`` is "", or if it doesn't begin with the address.
    """
    address = finding.target.partition("#")[0]  # the message about a missing page has no fragment
    for built, source in ((finding.target, written), (address, written.partition("#")[0])):
        if written and finding.message.startswith(f'"{built}"'):
            return f'"{mask(source)}"' + finding.message.removeprefix(f'"{built}"')
    return finding.message
