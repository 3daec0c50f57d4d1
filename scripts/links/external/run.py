"""Checks every external address of a site: groups, asks, remembers, and tells what to do.

The parts that decide are pure (verdict, history, drift); here they are put together.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit, urlunsplit

from scripts.links.external import drift, history
from scripts.links.external.answers import MOST, Outcome
from scripts.links.external.fetch import Fetcher
from scripts.links.external.history import Target
from scripts.links.external.register import Statute
from scripts.links.external.verdict import (
    REASONS,
    Probe,
    Verdict,
    judge,
    title_and_text,
)
from scripts.links.judge import Fault
from scripts.links.resolve import mask

Progress = Callable[[int, int, str], None]
Said = dict[str, tuple[Verdict, drift.Content | None]]


@dataclass
class Report:
    """What a run gave: findings by address, what is now known, and what could be mended."""

    faults: list[tuple[str, Fault, str]] = field(default_factory=list)  # address, fault, severity
    targets: dict[str, Target] = field(default_factory=dict)
    moves: dict[str, str] = field(default_factory=dict)  # old address → new, safe to rewrite
    asked: int = 0


def split(url: str) -> tuple[str, str]:
    """Return an address without its fragment, and the fragment."""
    head, _, fragment = url.partition("#")
    return head, fragment


def secure(url: str) -> str:
    """Return an address with https instead of http, without its fragment."""
    return re.sub(r"^http:", "https:", split(url)[0])


def _fragment(url: str) -> str:
    fragment = split(url)[1]
    return f"#{fragment}" if fragment else ""


def due(
    urls: Iterable[str], known: Mapping[str, Target], today: dt.date, most: int = MOST
) -> dict[str, dict[str, list[str]]]:
    """Return what to ask today: host → page → its addresses, those known for longest first.

    Addresses that differ only in their fragment are one question. No more than ``most`` of a host:
    the rest are still due the next time.
    """
    pages: dict[str, list[str]] = {}
    for url in sorted(set(urls)):
        if not history.is_fresh(known.get(url), today, url):
            pages.setdefault(split(url)[0], []).append(url)

    def turn(page: str) -> tuple[str, int]:
        asked = (known[url].checked_on if url in known else "" for url in pages[page])
        return min(asked), history.spread(page, 1 << 30)

    hosts: dict[str, dict[str, list[str]]] = {}
    for page in sorted(pages, key=turn):
        host = hosts.setdefault(_host(page), {})
        if len(host) < most:
            host[page] = pages[page]
    return hosts


async def ask(
    hosts: Mapping[str, Mapping[str, list[str]]],
    fetcher: Fetcher,
    progress: Progress | None,
    said: Said,
) -> None:
    """Ask about every address; write into ``said`` what was said of each, as the answers come:
    whoever stops the run halfway has them.

    ``hosts``: from ``due``. Each host's are asked one after the other, the hosts beside each other.
    """
    total = sum(map(len, hosts.values()))
    done = 0

    async def one_host(host: str) -> None:
        nonlocal done
        probe: Probe | None = None
        probed = False
        for page in hosts[host]:
            outcome = await fetcher.fetch(page, head_first=not _is_page(page))
            answer = outcome.answer
            html = answer is not None and answer.type in ("text/html", "application/xhtml+xml", "")
            if answer and html and answer.status == 200 and answer.body and not probed:
                probe, probed = await _probe(page, fetcher), True
            too = await _is_secure_too(page, outcome, fetcher)
            for url in hosts[host][page]:
                fragment = split(url)[1]
                verdict = judge(outcome, fragment, probe)
                if too and verdict.says == "ok":
                    verdict = replace(verdict, notes=(*verdict.notes, "https"))
                content = _content(outcome, fragment) if verdict.says == "ok" else None
                said[url] = verdict, content
            done += 1
            if progress:
                progress(done, total, host)

    await asyncio.gather(*(one_host(host) for host in hosts))


async def _is_secure_too(page: str, outcome: Outcome, fetcher: Fetcher) -> bool:
    """Whether a page that came unencrypted is there encrypted, too, and says the same."""
    plain = page.startswith("http:") and outcome.final.startswith("http:")
    if not plain or outcome.answer is None or urlsplit(page).port:
        return False
    other = await fetcher.fetch(secure(page))
    if other.answer is None or not other.final.startswith("https:") or judge(other).reason:
        return False
    return title_and_text(other.answer.body)[0] == title_and_text(outcome.answer.body)[0]


def _host(page: str) -> str:
    try:
        return urlsplit(page).hostname or ""
    except ValueError:
        return ""


def _is_page(url: str) -> bool:
    """Whether an address looks like something to read, so that HEAD would be a wasted question."""
    name = urlsplit(url).path.rsplit("/", 1)[-1].lower()
    return "." not in name or name.endswith((".html", ".htm", ".aspx", ".php", ".pdf"))


def _content(outcome: Outcome, fragment: str) -> drift.Content | None:
    answer = outcome.answer
    return drift.read(answer.body, fragment) if answer and answer.body and answer.whole else None


async def _probe(page: str, fetcher: Fetcher) -> Probe | None:
    """Ask a host for a page that can't exist, beside ``page``."""
    parts = urlsplit(page)
    folder = parts.path.rsplit("/", 1)[0]
    # Not random: a recorded answer to it must be found again.
    made_up = f"{folder}/finns-inte-{hashlib.sha256(page.encode()).hexdigest()[:12]}"
    outcome = await fetcher.fetch(urlunsplit((parts.scheme, parts.netloc, made_up, "", "")))
    if outcome.answer is None or outcome.answer.status != 200:
        return None
    return Probe(200, *title_and_text(outcome.answer.body))


def settle(
    urls: Iterable[str],
    known: Mapping[str, Target],
    said: Said,
    today: dt.date,
    read_on: Mapping[str, str] | None = None,
    statutes: Mapping[str, Statute] | None = None,
) -> Report:
    """Return what is now known of each address, and a finding for each that needs a person.

    ``read_on``: when an editor last read a source, for the address of an archived copy.
    ``statutes``: the paragraph that an address is the text of.
    """
    report = Report(asked=len(said))
    for url in sorted(set(urls)):
        old = known.get(url)
        if url in said:
            verdict, content = said[url]
            new = history.after(old, verdict, content, today)
        elif old is not None:
            new = old
        else:
            continue
        report.targets[url] = new
        shown = mask(url)
        words = REASONS.get(new.reason, ("", new.reason))[1] + (
            f" ({new.detail})" if new.detail else ""
        )
        place = new.reason == "no-such-place"
        if new.state == "dead":
            since = f" Den har svikit sedan {new.failed_on[0]}." if len(new.failed_on) > 1 else ""
            text = f'"{shown}": {words}.{since} {_way_out(url, new, (read_on or {}).get(url, ""))}'
            rule, severity = ("external-place", "warning") if place else ("external-dead", "error")
            report.faults.append((url, Fault(rule, shown, text), severity))
        elif new.state == "unsure":
            text = f'"{shown}": {words}. Öppna den själv, eller vänta på nästa körning.'
            rule = "external-place" if place else "external-unsure"
            report.faults.append((url, Fault(rule, shown, text), "note"))
        elif new.moved or new.notes:
            rule = "insecure-link" if url[:5] == "http:" and secure(url) == new.moved else ""
            text, safe = _moved(url, new)
            if "https" in new.notes:
                rule, safe = "insecure-link", secure(url) + _fragment(url)
                text = f'"{shown}" svarar också krypterat. Byt till {mask(safe)}'
            if text:
                fault = Fault(rule or "external-moved", shown, text)
                report.faults.append((url, fault, "warning"))
            if safe:
                report.moves[url] = safe
        law = (statutes or {}).get(url)
        if law and new.state == "ok" and new.amended not in ("", law.amended_by):
            text = (
                f"{law.name}: lydelsen är nu enligt {new.amended} (i registret {law.amended_by})."
            )
            report.faults.append((url, Fault("statute-changed", shown, text), "warning"))
        elif old is not None and url in said and new.state == "ok":
            what = drift.changes(_as_content(old), _as_content(new))
            # The whole law was brought up to date, and this paragraph stands as it stood.
            same = law and new.amended and old.digest == new.digest
            if what and not same:
                text = f'"{shown}": {what}. Läs källan och de sidor som bygger på den.'
                report.faults.append((url, Fault("external-changed", shown, text), "warning"))
    return report


def _as_content(target: Target) -> drift.Content:
    return drift.Content(target.title, target.modified, target.digest, target.sfs, target.amended)


def _way_out(url: str, target: Target, read_on: str) -> str:
    """Return where the same text may be found."""
    day = re.sub(r"\D", "", read_on or target.ok_on)[:8]
    advice = f"Arkiverad kopia: https://web.archive.org/web/{day or '2'}/{split(url)[0]}"
    if target.title:
        advice += f' Eller sök efter "{target.title}" på {urlsplit(url).hostname}.'
    return advice


def _moved(url: str, target: Target) -> tuple[str, str]:
    """Return what to say of a move, and the new address if a program may write it in."""
    fragment = split(url)[1]
    new = target.moved + (f"#{fragment}" if fragment and "#" not in target.moved else "")
    shown = mask(url)
    if "downgrade" in target.notes:
        return f'"{shown}" leder vidare till en sida utan kryptering (http). Byt källa.', ""
    if not target.moved:
        return "", ""  # a redirect for the time being is the other site's own business
    if "other-site" in target.notes:
        return f'"{shown}" har flyttat till en annan webbplats: {new} Läs den och byt adress.', ""
    if new == url or new.rstrip("/") == url.rstrip("/"):
        return "", new if new != url else ""
    return f'"{shown}" har flyttat för gott. Byt till {new}', new
