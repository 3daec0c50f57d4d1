"""Checks the external addresses of a built site, at one request a second to a host, and returns
findings: pages that are dead, moved or changed, statute sections that are amended."""

from __future__ import annotations

import datetime as dt
import re
import threading
from collections import Counter
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path, PurePosixPath
from typing import NamedTuple, TextIO
from urllib.parse import urlsplit

import requests

from scripts.content.content import Content
from scripts.core.findings import Finding
from scripts.links.inside import Fault, canonical_address, check
from scripts.links.net import TOO_MANY_REQUESTS, Answer, RequestFailed, fetch
from scripts.links.resolve import mask
from scripts.links.state import STATE, Target, due, load, save
from scripts.links.validate import Sources, line_of, text_of
from scripts.links.verdict import REASONS, PageText, Verdict, classify, read_page

HOSTS_AT_ONCE = 16  # hosts
MAX_PAGES_NAMED = 5


Results = dict[str, tuple[Verdict, PageText | None]]  # of one run, by address


def ask_host(
    pages: Mapping[str, list[str]],
    session: requests.Session,
    results: Results,
    stop: threading.Event,
) -> int:
    """Request the pages of one host, one after the other; write into ``results`` as they come.

    Return the number of requests: all, unless ``stop`` is set on the way, or the host answers that
    it gets too many.
    """
    for asked, (page, urls) in enumerate(pages.items()):
        if stop.is_set():
            return asked
        answer: Answer | RequestFailed
        try:
            answer = fetch(session, page)
        except RequestFailed as failure:
            answer = failure
        for url in urls:
            fragment = url.partition("#")[2]
            verdict, content = classify(answer, fragment), None
            if isinstance(answer, Answer) and answer.whole and verdict.outcome == "ok":
                content = read_page(answer, fragment)
            results[url] = verdict, content
        if isinstance(answer, Answer) and answer.status in TOO_MANY_REQUESTS:
            return asked + 1  # the rest the next time
    return len(pages)


class SourceInfo(NamedTuple):
    """The record of an address in sources.yml; of a statute section the fields after ``read_on``
    too."""

    read_on: str = ""
    name: str = ""  # "17 kap. 1 § utlänningslagen"
    amended_by: str = ""
    where: tuple[PurePosixPath, int] | None = None  # its wording
    pages: tuple[str, ...] = ()  # those that cite it: their links lead to our copy of the wording


NO_INFO = SourceInfo()


def fault_for(
    url: str, new: Target, old: Target | None = None, row: SourceInfo = NO_INFO
) -> Fault | None:
    """Return what an editor has to mend about one address, or None.

    ``old``: the result before, if it was requested today. ``row``: its record in sources.yml.
    """
    shown = mask(url)
    words = REASONS.get(new.reason, ("", new.reason))[1]
    words += f" ({new.detail})" if new.detail else ""
    place = new.reason == "no-such-place"
    if new.state == "unsure":
        text = f'"{shown}": {words}. Öppna den själv, eller vänta på nästa körning.'
        return Fault("external-place" if place else "external-unsure", shown, text, "note")
    if new.state == "dead":
        since = f" Den har svikit sedan {new.failed_on[0]}." if len(new.failed_on) > 1 else ""
        day = re.sub(r"\D", "", row.read_on or new.ok_on)[:8] or "2"
        text = f'"{shown}": {words}.{since} Arkiverad kopia: https://web.archive.org/web/{day}/'
        text += shown.partition("#")[0]
        text += f' Eller sök efter "{new.title}" på {urlsplit(url).hostname}.' if new.title else ""
        if place:
            return Fault("external-place", shown, text, "warning")
        return Fault("external-dead", shown, text)
    if row.amended_by and new.amended not in ("", row.amended_by):
        text = f"{row.name}: lydelsen är nu enligt {new.amended} (hos oss {row.amended_by})."
        return Fault("statute-changed", shown, text, "warning")
    if old and "" not in (old.digest, new.digest) and old.digest != new.digest:
        title = f', och rubriken är nu "{new.title}"' if old.title != new.title else ""
        text = f'"{shown}": texten har ändrats{title}. Läs källan och de sidor som bygger på den.'
        return Fault("external-changed", shown, text, "warning")
    return _moved(url, new)


def _moved(url: str, new: Target) -> Fault | None:
    """Return the fault of an address that redirects for good, or None."""
    shown = mask(url)
    rule = "external-moved"
    fragment = url.partition("#")[2]
    goal = new.moved + (f"#{fragment}" if fragment and "#" not in new.moved else "")
    if "downgrade" in new.notes:
        text = "leder vidare till en sida utan kryptering (http). Byt källa."
    elif not new.moved or goal.rstrip("/") == url.rstrip("/"):
        return None  # a temporary redirect is the other site's own business
    elif "other-site" in new.notes:
        text = f"har flyttat till en annan webbplats: {new.moved} Läs den och byt adress."
    elif goal.rstrip("/") == re.sub(r"^http:", "https:", url).rstrip("/"):
        rule, text = "insecure-link", f"svarar också krypterat. Byt till {mask(goal)}"
    else:
        text = f"har flyttat för gott. Byt till {goal}"
    return Fault(rule, shown, f'"{shown}" {text}', "warning")


def external(
    root: Path,
    site_url: str,
    sources: Sources,
    session: requests.Session,
    today: dt.date,
    out: TextIO | None = None,
) -> list[Finding]:
    """Check every external address of the built site ``root``; return the findings, in order.

    Args:
        site_url: the site's own URL, if no page has it.
        sources: its docs/, which keeps the results of earlier runs; without one nothing is saved.
        out: where the progress is written.

    Raises OSError and ValueError; KeyboardInterrupt after the results so far are saved.
    """
    docs = sources.folders[0] if sources.folders else None
    external_uses = check(root, site_url or canonical_address(root)).external
    pages = {url: uses for url, uses in external_uses.items() if url[:4].lower() != "tel:"}
    known = load(docs / STATE) if docs else {}
    hosts = due(pages, known, today)
    every = due(pages, known, today, len(pages) + 1)
    rest = sum(map(len, every.values())) - sum(map(len, hosts.values()))
    if rest and out:
        number = "En adress" if rest == 1 else f"{rest} adresser"
        print(f"{number} väntar till nästa körning: så många frågas en värd högst.", file=out)
    results, stopped = _ask_all(hosts, session, out)
    targets = {
        url: known.get(url, Target()).after(*results[url], today) if url in results else known[url]
        for url in sorted(pages)
        if url in results or url in known
    }
    if docs:
        save(docs / STATE, targets)
    if stopped:
        if out:
            kept = f"Svaren finns i {docs / STATE}: nästa körning frågar resten." if docs else ""
            print(f"Antal adresser som hann svara: {len(results)}. {kept}", file=out)
        raise KeyboardInterrupt
    rows = _register(*sources.folders[:2]) if docs else {}
    faults = []
    for url, new in targets.items():
        old = known.get(url) if url in results else None
        fault = fault_for(url, new, old, rows.get(url, NO_INFO))
        if fault:
            faults.append((url, fault))
    return _place(faults, pages, root, sources, rows)


def _ask_all(
    hosts: Mapping[str, Mapping[str, list[str]]], session: requests.Session, out: TextIO | None
) -> tuple[Results, bool]:
    """Request all pages, the hosts in parallel; return the results, and whether it was stopped."""
    results: Results = {}
    total = sum(map(len, hosts.values()))
    asked = 0
    stop = threading.Event()
    pool = ThreadPoolExecutor(HOSTS_AT_ONCE)
    jobs = [pool.submit(ask_host, pages, session, results, stop) for pages in hosts.values()]
    try:
        for job in as_completed(jobs):
            asked += job.result()
            if out is not None:
                print(f"{asked} av {total} adresser", file=out, flush=True)
    except KeyboardInterrupt:
        return dict(results), True
    finally:
        stop.set()
        pool.shutdown(wait=False, cancel_futures=True)
    return results, False


def _register(docs: Path, national: Path | None = None) -> dict[str, SourceInfo]:
    """Return address → its record in sources.yml; {} where there is no such file."""
    content = Content.read(docs, national)
    rows = {}
    for key, source in content.registers.sources.items():
        row = SourceInfo(source.read_on or "")
        if source.section:
            row = SourceInfo(
                read_on=row.read_on,
                name=f"{source.section} {source.name}",
                amended_by=source.amended_by,
                where=content.source_location(key),
                pages=tuple(
                    str(page.display_path) for page in content.pages_by_source.get(key, ())
                ),
            )
        rows[source.url] = row
    return rows


def _place(
    faults: Iterable[tuple[str, Fault]],
    pages: Mapping[str, list[str]],
    root: Path,
    sources: Sources,
    rows: Mapping[str, SourceInfo],
) -> list[Finding]:
    """Return the faults as findings, each on the line that has the address, with its pages.

    The address of a statute section is on no line: its finding is at the wording in law/.
    """
    weight = Counter(page for uses in pages.values() for page in set(uses))
    findings = []
    for url, fault in faults:
        # A page that lists every source is named last.
        uses = sorted(set(pages[url]), key=lambda page: (weight[page], page))
        written = sources.by_page
        row = rows.get(url, NO_INFO)
        names = list(row.pages) or [
            str(sources.shown(written[p][0])) if p in written else p for p in uses
        ]
        more = f" och {len(names) - MAX_PAGES_NAMED} till" if len(names) > MAX_PAGES_NAMED else ""
        used = "Sidor som bygger på paragrafen" if fault.rule == "statute-changed" else "Används på"
        message = f"{fault.message} {used}: {', '.join(names[:MAX_PAGES_NAMED])}{more}."
        spots = [(one.path, one.line) for one in sources.in_register(url)]
        spots += [row.where] if row.where else []
        spots += [(one.path, one.line) for one in sources.find(uses[0], url, fault.rule)]
        if not spots:
            line = line_of(text_of(root / uses[0]), url, fault.rule)
            spots = [(PurePosixPath(root.name, uses[0]), line)]
        finding = Finding(
            *spots[0],
            fault.rule,
            message,
            severity=fault.severity,
            page=uses[0],
            target=fault.target,
        )
        findings.append(finding)
    return sorted(findings)
