"""Checks the external addresses of a built site, at one request a second to a host, and returns
findings: pages that are dead, moved or changed, statute sections that are amended."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import NamedTuple, TextIO
from urllib.parse import urlsplit

import requests

from scripts.content.content import Content
from scripts.core.findings import Finding
from scripts.links.inside import canonical_address, check_site, link_finding
from scripts.links.net import TOO_MANY_REQUESTS, Answer, RequestFailed, fetch
from scripts.links.resolve import mask
from scripts.links.sources import Sources
from scripts.links.state import STATE, Target, due_requests, load, save
from scripts.links.validate import line_of, read_built
from scripts.links.verdict import REASONS, Verdict, classify

HOSTS_AT_ONCE = 16
MAX_PAGES_NAMED = 5  # in a message


class SourceInfo(NamedTuple):
    """The statute section that an address shows, from sources.yml and law/; empty for any other."""

    name: str = ""  # "17 kap. 1 § utlänningslagen"
    amended_by: str = ""  # the SFS number of the statute that last amended our wording
    location: tuple[PurePosixPath, int] | None = None  # file and line of our wording
    # The Markdown files that cite it; in HTML they link to our copy of the wording instead.
    citing_pages: tuple[str, ...] = ()


NO_INFO = SourceInfo()


def check_external(
    root: Path,
    site_url: str,
    sources: Sources,
    session: requests.Session,
    today: dt.date,
    progress: TextIO,
) -> list[Finding]:
    """Check every external address of the built site ``root``; return the findings, sorted.

    Args:
        site_url: the site's own URL; "": the canonical address of its start page.
        sources: the site's docs/, which also keeps the results of the runs (STATE); without a
            folder nothing is saved.

    Raises OSError, and ValueError if the results of earlier runs can't be read.
    """
    docs = sources.folders[0] if sources.folders else None
    external = check_site(root, site_url or canonical_address(root)).external
    pages_by_url = {url: pages for url, pages in external.items() if not _is_phone_number(url)}
    earlier = load(docs / STATE) if docs else {}
    verdicts = _request_all(due_requests(pages_by_url, earlier, today), session, progress)
    targets = {}
    for url in sorted(pages_by_url):
        if url in verdicts:
            targets[url] = earlier.get(url, Target()).after(verdicts[url], today)
        elif url in earlier:  # not due, or not reached in this run
            targets[url] = earlier[url]
    if docs:
        save(docs / STATE, targets)
    infos = _read_source_infos(sources) if docs else {}
    findings = []
    for url, target in targets.items():
        # a change of the text is reported only by the run that saw it
        before = earlier.get(url) if url in verdicts else None
        finding = target_finding(url, target, before, infos.get(url, NO_INFO))
        if finding:
            findings.append((url, finding))
    return _locate(findings, pages_by_url, root, sources, infos)


def _is_phone_number(url: str) -> bool:
    return url.lower().startswith("tel:")


def _request_all(
    hosts: Mapping[str, Mapping[str, list[str]]], session: requests.Session, progress: TextIO
) -> dict[str, Verdict]:
    """Request all pages, the hosts in parallel; return address → verdict. After Ctrl+C each host's
    current request is the last.

    ``hosts``: host → page → its addresses, of ``due_requests``.
    """
    results: dict[str, Verdict] = {}
    total = sum(map(len, hosts.values()))
    requested = 0
    stop = threading.Event()
    pool = ThreadPoolExecutor(HOSTS_AT_ONCE)
    jobs = [pool.submit(request_host, pages, session, results, stop) for pages in hosts.values()]
    try:
        for job in as_completed(jobs):
            requested += job.result()
            print(f"{requested} av {total} adresser", file=progress, flush=True)
    finally:
        stop.set()
        pool.shutdown(wait=False, cancel_futures=True)
    return results


def request_host(
    pages: Mapping[str, list[str]],
    session: requests.Session,
    results: dict[str, Verdict],
    stop: threading.Event,
) -> int:
    """Request the pages of one host, one after the other, and write the verdict on each of their
    addresses into ``results``.

    Return the number of requests. It is smaller than the number of pages if ``stop`` is set, or if
    the host answers that it gets too many requests: the next run requests the rest.
    """
    for count, (page, urls) in enumerate(pages.items()):
        if stop.is_set():
            return count
        answer: Answer | RequestFailed
        try:
            answer = fetch(session, page)
        except RequestFailed as failure:
            answer = failure
        for url in urls:
            fragment = url.partition("#")[2]
            results[url] = classify(answer, fragment)
        if isinstance(answer, Answer) and answer.status in TOO_MANY_REQUESTS:
            return count + 1
    return len(pages)


def target_finding(
    url: str, target: Target, before: Target | None = None, info: SourceInfo = NO_INFO
) -> Finding | None:
    """Return the finding of an address that an editor has to mend or read again, or None. The most
    serious fault is reported: unreachable, an amended statute section, a changed text, a move.

    The finding has no file and line: ``_locate`` sets them.

    Args:
        before: the address's results before this run; None if this run didn't request it.
        info: what the registers have about the address.
    """
    if target.state in ("unsure", "dead"):
        return _unreachable_finding(url, target)
    if info.amended_by and target.amended not in ("", info.amended_by):
        text = f"{info.name}: lydelsen är nu enligt {target.amended} (hos oss {info.amended_by})."
        return link_finding("", "statute-changed", url, text, "warning")
    # a digest is "" until the page has been read once
    if before and before.digest and target.digest and before.digest != target.digest:
        title = f', och rubriken är nu "{target.title}"' if before.title != target.title else ""
        text = f'"{mask(url)}": texten har ändrats{title}. Läs den, och sidorna som bygger på den.'
        return link_finding("", "external-changed", url, text, "warning")
    return _moved_finding(url, target)


def _unreachable_finding(url: str, target: Target) -> Finding:
    """Return the finding of an address whose state is "dead" (an error; a warning if only the place
    on the page is missing) or "unsure" (a note)."""
    lacks_only_anchor = target.reason == "no-such-place"
    text = f'"{mask(url)}": {REASONS[target.reason].words}'
    text += f" ({target.detail})." if target.detail else "."
    if target.state == "unsure":
        text += " Öppna den själv, eller vänta på nästa körning."
        rule = "external-place" if lacks_only_anchor else "external-unsure"
        return link_finding("", rule, url, text, "note")
    if len(target.failed_on) > 1:
        text += f" Den har svikit sedan {target.failed_on[0]}."
    text += f" Arkiverade kopior: https://web.archive.org/web/*/{mask(url).partition('#')[0]}"
    if lacks_only_anchor:
        return link_finding("", "external-place", url, text, "warning")
    return link_finding("", "external-dead", url, text)


def _moved_finding(url: str, target: Target) -> Finding | None:
    """Return the finding of an address with a permanent redirect (``target.moved``) to another, or
    None; a slash at the end is no difference."""
    if not target.moved:
        return None
    fragment = url.partition("#")[2]
    goal = target.moved
    if fragment and "#" not in goal:  # browsers keep the fragment through a redirect
        goal += f"#{fragment}"
    old, new = urlsplit(url.rstrip("/")), urlsplit(goal.rstrip("/"))
    if old == new:
        return None
    if (old.scheme, new.scheme) == ("https", "http"):
        text = "leder vidare till en sida utan kryptering (http). Byt källa."
    elif _without_www(old.hostname) != _without_www(new.hostname):
        text = f"har flyttat till en annan webbplats: {goal} Läs den och byt adress."
    else:
        text = f"har flyttat för gott. Byt till {goal}"
    return link_finding("", "external-moved", url, f'"{mask(url)}" {text}', "warning")


def _without_www(host: str | None) -> str:
    """Return a host name without "www.": a site often has both names, and adding or removing "www."
    is no move to another site."""
    return (host or "").removeprefix("www.")


def _read_source_infos(sources: Sources) -> dict[str, SourceInfo]:
    """Return address → SourceInfo, for the statute sections in sources.yml."""
    content = Content.read(*sources.folders[:2])  # docs/, and the national one of a municipality
    infos = {}
    for key, source in content.registers.sources.items():
        if source.section:
            pages = content.pages_by_source.get(key, ())
            infos[source.url] = SourceInfo(
                name=f"{source.section} {source.name}",
                amended_by=source.amended_by,
                location=content.source_location(key),
                citing_pages=tuple(str(page.display_path) for page in pages),
            )
    return infos


def _locate(
    findings: Iterable[tuple[str, Finding]],
    pages_by_url: Mapping[str, list[str]],
    root: Path,
    sources: Sources,
    infos: Mapping[str, SourceInfo],
) -> list[Finding]:
    """Return the findings, sorted, each with the file and line that its address is written at (see
    ``_place_of``), and with the pages that use the address at the end of its message.

    Args:
        findings: (address, finding).
        pages_by_url: address → the built pages that use it.
    """
    located = []
    for url, finding in findings:
        pages = sorted(set(pages_by_url[url]))
        info = infos.get(url, NO_INFO)
        path, line = _place_of(url, pages[0], root, sources, info)
        names = list(info.citing_pages) or [_display_name(page, sources) for page in pages]
        message = f"{finding.message} {_pages_sentence(names, finding.rule)}"
        located.append(replace(finding, path=path, line=line, page=pages[0], message=message))
    return sorted(located)


def _pages_sentence(pages: Sequence[str], rule: str) -> str:
    """Return the sentence that names the pages to read again, at most MAX_PAGES_NAMED of them."""
    label = "Sidor som bygger på paragrafen" if rule == "statute-changed" else "Används på"
    others = len(pages) - MAX_PAGES_NAMED
    more = f" och {others} till" if others > 0 else ""
    return f"{label}: {', '.join(pages[:MAX_PAGES_NAMED])}{more}."


def _place_of(
    url: str, page: str, root: Path, sources: Sources, info: SourceInfo
) -> tuple[PurePosixPath, int]:
    """Return the file and line to mend the address ``url`` at: in a register; or else our wording
    of the statute section; or else in the Markdown of ``page``; or else in the built ``page``."""
    places = sources.find_in_registers(url)
    if not places and info.location:
        return info.location
    places = places or sources.find_link(page, url)
    if places:
        return places[0].path, places[0].line
    return PurePosixPath(root.name, page), line_of(read_built(root / page), url)


def _display_name(page: str, sources: Sources) -> str:
    """Return the path of a built page's Markdown as findings name it, or else ``page`` itself."""
    files = sources.markdown_by_page.get(page)
    return str(sources.display_path(files[0])) if files else page
