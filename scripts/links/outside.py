"""Asks other hosts for the addresses that a built site leads to: politely, one host one question
a second, and tells what a person has to mend."""

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
from selectolax.lexbor import LexborHTMLParser

from scripts.content.content import Content as Docs
from scripts.core.findings import Finding
from scripts.links.html import as_utf8
from scripts.links.inside import Fault, check
from scripts.links.net import LEAVE, Answer, Failure, ask
from scripts.links.resolve import is_origin, mask
from scripts.links.state import STATE, Target, due, load, save
from scripts.links.validate import Sources, line_of, text_of
from scripts.links.verdict import REASONS, Content, Verdict, judge, read

AT_ONCE = 16  # hosts
PAGES_NAMED = 5


Said = dict[str, tuple[Verdict, Content | None]]  # what one run says of each address


def ask_host(
    pages: Mapping[str, list[str]], asks: requests.Session, said: Said, stop: threading.Event
) -> int:
    """Ask one host for its pages, one after the other, and write into ``said`` as the answers come.

    Return how many pages were asked: all, unless ``stop`` is set on the way, or the host wants to
    be left alone.
    """
    for asked, (page, urls) in enumerate(pages.items()):
        if stop.is_set():
            return asked
        answer: Answer | Failure
        try:
            answer = ask(asks, page)
        except Failure as failure:
            answer = failure
        for url in urls:
            fragment = url.partition("#")[2]
            verdict, content = judge(answer, fragment), None
            if isinstance(answer, Answer) and answer.whole and verdict.says == "ok":
                content = read(answer, fragment)
            said[url] = verdict, content
        if isinstance(answer, Answer) and answer.status in LEAVE:
            return asked + 1  # the rest the next time
    return len(pages)


class Row(NamedTuple):
    """What sources.yml says of an address; of a paragraph, what comes after the day."""

    read_on: str = ""
    name: str = ""  # "17 kap. 1 § utlänningslagen"
    amended_by: str = ""
    where: tuple[PurePosixPath, int] | None = None  # its wording
    pages: tuple[str, ...] = ()  # those that rest on it: their links lead to our own wording


NOTHING = Row()


def settle(url: str, new: Target, old: Target | None = None, row: Row = NOTHING) -> Fault | None:
    """Return what a person has to do about one address, of what is known now.

    ``old``: what was known before, if it was asked today. ``row``: what the register says.
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
    shown, rule, fragment = mask(url), "external-moved", url.partition("#")[2]
    goal = new.moved + (f"#{fragment}" if fragment and "#" not in new.moved else "")
    if "downgrade" in new.notes:
        text = "leder vidare till en sida utan kryptering (http). Byt källa."
    elif not new.moved or goal.rstrip("/") == url.rstrip("/"):
        return None  # a redirect for the time being is the other site's own business
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
    asks: requests.Session,
    today: dt.date,
    out: TextIO | None = None,
) -> list[Finding]:
    """Check every external address of the built site ``root``; return the findings, in order.

    ``site_url``: where the site stands, if it doesn't say so itself; ``sources``: its docs/, with
    what earlier runs have learnt: without it nothing is kept. ``out``: how far it has come.

    Raises OSError and ValueError, and KeyboardInterrupt after it has written what it knew by then.
    """
    docs = sources.folders[0] if sources.folders else None
    away = check(root, site_url or _own_address(root)).away
    pages = {url: uses for url, uses in away.items() if url[:4].lower() != "tel:"}
    known = load(docs / STATE) if docs else {}
    hosts = due(pages, known, today)
    every = due(pages, known, today, len(pages) + 1)
    if (rest := sum(map(len, every.values())) - sum(map(len, hosts.values()))) and out:
        what = "En adress" if rest == 1 else f"{rest} adresser"
        print(f"{what} väntar till nästa körning: så många frågas en värd högst.", file=out)
    said, stopped = _ask_all(hosts, asks, out)
    targets = {
        url: known.get(url, Target()).after(*said[url], today) if url in said else known[url]
        for url in sorted(pages)
        if url in said or url in known
    }
    if docs:
        save(docs / STATE, targets)
    if stopped:
        if out:
            kept = f"Svaren finns i {docs / STATE}: nästa körning frågar resten." if docs else ""
            print(f"Antal adresser som hann svara: {len(said)}. {kept}", file=out)
        raise KeyboardInterrupt
    rows = _register(*sources.folders[:2]) if docs else {}
    faults = []
    for url, new in targets.items():
        old = known.get(url) if url in said else None
        if fault := settle(url, new, old, rows.get(url, NOTHING)):
            faults.append((url, fault))
    return _place(faults, pages, root, sources, rows)


def _own_address(root: Path) -> str:
    """Return where the site says that it stands, so that it doesn't ask itself: the canonical
    address of its start page, or ""."""
    file = root / "index.html"
    page = as_utf8(file.read_bytes()) if file.is_file() else b""
    node = LexborHTMLParser(page).css_first("link[rel~=canonical]")
    href = (node.attributes.get("href") or "").strip() if node else ""
    return href if is_origin(href) else ""


def _ask_all(
    hosts: Mapping[str, Mapping[str, list[str]]], asks: requests.Session, out: TextIO | None
) -> tuple[Said, bool]:
    """Ask the hosts beside each other; return what was said, and whether somebody stopped it."""
    said: Said = {}
    total, asked, stop = sum(map(len, hosts.values())), 0, threading.Event()
    pool = ThreadPoolExecutor(AT_ONCE)
    jobs = [pool.submit(ask_host, pages, asks, said, stop) for pages in hosts.values()]
    try:
        for job in as_completed(jobs):
            asked += job.result()
            if out is not None:
                print(f"{asked} av {total} adresser", file=out, flush=True)
    except KeyboardInterrupt:
        return dict(said), True
    finally:
        stop.set()
        pool.shutdown(wait=False, cancel_futures=True)
    return said, False


def _register(docs: Path, national: Path | None = None) -> dict[str, Row]:
    """Return address → what sources.yml says of it. A missing file says nothing."""
    content = Docs.read(docs, national)
    rows = {}
    for key, source in content.registers.sources.items():
        row = Row(source.read_on or "")
        if source.place:
            pages = tuple(str(content.shown(page)) for page in content.resting.get(key, ()))
            own = f"{source.place} {source.name}", source.amended_by, content.source_at(key), pages
            row = Row(row.read_on, *own)
        rows[source.url] = row
    return rows


def _place(
    faults: Iterable[tuple[str, Fault]],
    pages: Mapping[str, list[str]],
    root: Path,
    sources: Sources,
    rows: Mapping[str, Row],
) -> list[Finding]:
    """Return findings where the address has its home, naming the pages that rest on it.

    A paragraph's address stands nowhere: its home is its wording in law/.
    """
    weight = Counter(page for uses in pages.values() for page in set(uses))
    found = []
    for url, fault in faults:
        # A page that lists every source says least: last.
        uses = sorted(set(pages[url]), key=lambda page: (weight[page], page))
        written = sources.by_page
        row = rows.get(url, NOTHING)
        names = list(row.pages) or [
            str(sources.shown(written[p][0])) if p in written else p for p in uses
        ]
        more = f" och {len(names) - PAGES_NAMED} till" if len(names) > PAGES_NAMED else ""
        used = "Sidor som bygger på paragrafen" if fault.rule == "statute-changed" else "Används på"
        message = f"{fault.message} {used}: {', '.join(names[:PAGES_NAMED])}{more}."
        spots = [(one.path, one.line) for one in sources.in_register(url)]
        spots += [row.where] if row.where else []
        spots += [(one.path, one.line) for one in sources.find(uses[0], url, fault.rule)]
        if not spots:
            line = line_of(text_of(root / uses[0]), url, fault.rule)
            spots = [(PurePosixPath(root.name, uses[0]), line)]
        where = fault.target, fault.severity
        found.append(Finding(*spots[0], fault.rule, message, uses[0], *where))
    return sorted(found)
