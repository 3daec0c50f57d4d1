"""``--external``: from a built site to findings, with the net or with recorded answers."""

from __future__ import annotations

import asyncio
import datetime as dt
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TextIO
from urllib.request import getproxies_environment

from selectolax.lexbor import LexborHTMLParser

from scripts.core.findings import Finding
from scripts.links.check import check
from scripts.links.external import history, run
from scripts.links.external.answers import MOST, Limits, Transport
from scripts.links.external.fetch import Fetcher
from scripts.links.external.guard import GuardedBackend, system_dial, system_resolve
from scripts.links.external.net import NetTransport
from scripts.links.external.register import Statute, register_facts, register_statutes, rewrite
from scripts.links.external.tape import Recorded, Recorder
from scripts.links.formats.html import as_utf8
from scripts.links.judge import Fault
from scripts.links.place import Lines, Sources
from scripts.links.resolve import is_origin

STATE = "_data/link-state.json"
REGISTER = "_data/sources.yml"
PAGES_NAMED = 5


@dataclass(frozen=True)
class Settings:
    """What the command line says."""

    root: Path
    site_url: str = ""
    docs: Path | None = None
    state: Path | None = None
    contact: str = ""
    record: Path | None = None
    replay: Path | None = None
    fix: bool = False
    allow: tuple[str, ...] = ()
    most: int = MOST


def user_agent(contact: str) -> str:
    """Return who asks: an honest name, and where to complain."""
    return f"link-check/1 (+{contact})"


def own_address(root: Path) -> str:
    """Return where the site says that it stands, so that it doesn't ask itself: the canonical
    address of its start page, or ""."""
    file = root / "index.html"
    page = as_utf8(file.read_bytes()) if file.is_file() else b""
    node = LexborHTMLParser(page).css_first("link[rel~=canonical]")
    href = (node.attributes.get("href") or "").strip() if node else ""
    return href if is_origin(href) else ""


def external(
    settings: Settings,
    today: dt.date,
    *,
    limits: Limits | None = None,
    progress: TextIO | None = None,
) -> list[Finding]:
    """Check every external address of the built site; return the findings, in order.

    Writes the state file, and with ``fix`` the register of sources. Raises OSError and ValueError,
    and KeyboardInterrupt after it has written what it knew by then.
    """
    site_url = settings.site_url or own_address(settings.root)
    _, result = check(settings.root, site_url, external=True)
    pages = {url: uses for url, uses in result.external.items() if url[:4].lower() != "tel:"}
    state = settings.state or (settings.docs / STATE if settings.docs else None)
    known = history.load(state) if state else {}
    said: run.Said = {}
    hosts = run.due(pages, known, today, settings.most)
    _tell_of_the_rest(run.due(pages, known, today, len(pages) + 1), hosts, progress)
    stopped = ""
    try:
        asyncio.run(_ask(settings, hosts, limits or Limits(), progress, said))
    except KeyboardInterrupt:
        kept = f" Svaren finns i {state}: nästa körning frågar resten." if state else ""
        many = "en adress" if len(said) == 1 else f"{len(said)} adresser"
        stopped = f"Avbrutet när {many} hade fått svar.{kept}"
    register = settings.docs / REGISTER if settings.docs else None
    read_on = register_facts(register) if register else {}
    statutes = register_statutes(register) if register else {}
    report = run.settle(pages, known, said, today, read_on, statutes)
    if state:
        history.save(state, report.targets)
    if stopped:
        raise KeyboardInterrupt(stopped)
    findings = _place(
        report.faults, pages, settings, statutes
    )  # before the addresses there are others
    if settings.fix and register and register.is_file():
        # Every other byte stays as it is: line breaks, too.
        text, count = rewrite(register.read_bytes().decode("utf-8"), report.moves)
        if count:
            register.write_bytes(text.encode("utf-8"))
            what = "En adress" if count == 1 else f"{count} adresser"
            print(f"{what} ändrades i {register}. Läs ändringen.", file=sys.stderr)
    return findings


def _tell_of_the_rest(
    every: Mapping[str, Mapping[str, list[str]]],
    hosts: Mapping[str, Mapping[str, list[str]]],
    out: TextIO | None,
) -> None:
    rest = sum(map(len, every.values())) - sum(map(len, hosts.values()))
    if rest and out is not None:
        what = "En adress" if rest == 1 else f"{rest} adresser"
        print(f"{what} väntar till nästa körning: så många frågas en värd högst.", file=out)


async def _ask(
    settings: Settings,
    hosts: Mapping[str, Mapping[str, list[str]]],
    limits: Limits,
    out: TextIO | None,
    said: run.Said,
) -> None:
    transport: Transport
    net: NetTransport | None = None
    recorder: Recorder | None = None
    if settings.replay:
        transport = Recorded(settings.replay)
        limits = Limits(pause=0, tries=1)  # the answers are the last ones that came
    else:
        backend = GuardedBackend(system_resolve, system_dial, settings.allow)
        proxies = getproxies_environment()
        agent = user_agent(settings.contact)
        transport = net = NetTransport(limits, agent, backend, proxies=proxies)
    if settings.record:
        transport = recorder = Recorder(transport)
    fetcher = Fetcher(transport, limits, lambda: dt.datetime.now(dt.UTC))
    try:
        await run.ask(hosts, fetcher, bar(out), said)
    finally:
        if net is not None:
            await net.close()
        if recorder is not None and settings.record:
            recorder.save(settings.record)


def bar(out: TextIO | None) -> run.Progress:
    """Return a progress bar on ``out``: one line on a terminal, a line now and then in a log."""

    def show(done: int, total: int, host: str) -> None:
        if out is None:
            return
        if out.isatty():
            full = 30 * done // max(1, total)
            line = f"\r[{'#' * full}{'.' * (30 - full)}] {done}/{total} {host[:40]:40}"
            out.write(line + ("\n" if done == total else ""))
        elif done == total or done % 25 == 0:
            out.write(f"{done} av {total} adresser\n")
        out.flush()

    return show


def _place(
    faults: Iterable[tuple[str, Fault, str]],
    pages: Mapping[str, list[str]],
    settings: Settings,
    statutes: Mapping[str, Statute],
) -> list[Finding]:
    """Return findings where the address has its home, naming the pages that rest on it.

    A paragraph's address stands nowhere: its home is its own line in sources.yml.
    """
    sources = Sources(settings.docs) if settings.docs else None
    weight: dict[str, int] = {}
    for uses in pages.values():
        for page in set(uses):
            weight[page] = weight.get(page, 0) + 1
    found = []
    for url, fault, severity in faults:
        # A page that lists every source says least: last.
        uses = sorted(set(pages[url]), key=lambda page: (weight[page], page))
        names = []
        for page in uses:
            file = sources.by_page.get(page) if sources else None
            names.append(str(sources.shown(file)) if sources and file else page)
        more = f" och {len(names) - PAGES_NAMED} till" if len(names) > PAGES_NAMED else ""
        used = "Sidor som bygger på paragrafen" if fault.rule == "statute-changed" else "Används på"
        message = f"{fault.message} {used}: {', '.join(names[:PAGES_NAMED])}{more}."
        spot = sources.in_register(url) if sources else None
        if spot is None and settings.docs and url in statutes:
            spot = PurePosixPath(settings.docs.name, REGISTER), statutes[url].line
        if spot is None and sources is not None:
            spot = sources.find(uses[0], url, fault.rule, 0)
        if spot is None:
            text = (settings.root / uses[0]).read_bytes().decode("utf-8", "replace")
            spot = PurePosixPath(settings.root.name, uses[0]), Lines(text).line(url, fault.rule)
        found.append(Finding(*spot, fault.rule, message, uses[0], fault.target, severity))
    return sorted(found)
