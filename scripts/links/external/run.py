"""Checks every external address of a site: groups, asks, remembers, and tells what to do.

The parts that decide are pure (verdict, history, drift); here they are put together.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, urlsplit, urlunsplit

from scripts.links.external import drift, history
from scripts.links.external.answers import Outcome
from scripts.links.external.fetch import Fetcher
from scripts.links.external.history import Target
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


class Statute(NamedTuple):
    """A paragraph of the register, for the address of its published text."""

    name: str  # "17 kap. 1 § utlänningslagen"
    amended_by: str
    line: int  # in sources.yml


def split(url: str) -> tuple[str, str]:
    """Return an address without its fragment, and the fragment."""
    head, _, fragment = url.partition("#")
    return head, fragment


async def ask(
    urls: Iterable[str],
    known: Mapping[str, Target],
    fetcher: Fetcher,
    today: dt.date,
    progress: Progress | None,
    said: Said,
) -> None:
    """Ask about every address that isn't fresh; write into ``said`` what was said of each, as the
    answers come: whoever stops the run halfway has them.

    Addresses that differ only in their fragment are one question. Each host's are asked one after
    the other, the hosts beside each other.
    """
    pages: dict[str, list[str]] = {}
    for url in sorted(set(urls)):
        if not history.is_fresh(known.get(url), today):
            pages.setdefault(split(url)[0], []).append(url)
    hosts: dict[str, list[str]] = {}
    for page in pages:
        hosts.setdefault(_host(page), []).append(page)
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
            for url in pages[page]:
                fragment = split(url)[1]
                verdict = judge(outcome, fragment, probe)
                content = _content(outcome, fragment) if verdict.says == "ok" else None
                said[url] = verdict, content
            done += 1
            if progress:
                progress(done, len(pages), host)

    await asyncio.gather(*(one_host(host) for host in hosts))


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
        if new.state == "dead":
            since = f" Den har svikit sedan {new.failed_on[0]}." if len(new.failed_on) > 1 else ""
            text = f'"{shown}": {words}.{since} {_way_out(url, new, (read_on or {}).get(url, ""))}'
            report.faults.append((url, Fault("external-dead", shown, text), "error"))
        elif new.state == "unsure":
            text = f'"{shown}": {words}. Öppna den själv, eller vänta på nästa körning.'
            report.faults.append((url, Fault("external-unsure", shown, text), "note"))
        elif new.moved or new.notes:
            text, safe = _moved(url, new)
            if text:
                report.faults.append((url, Fault("external-moved", shown, text), "warning"))
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


def rewrite(text: str, moves: Mapping[str, str]) -> tuple[str, int]:
    """Return a register with moved addresses written in, line by line, and how many there were."""
    count = 0
    lines = text.split("\n")
    for i, line in enumerate(lines):
        match = re.match(r"""(\s*(?:-\s*)?url:\s*)(["']?)(\S+?)\2(\s*(?:#.*)?)$""", line)
        if match and match[3] in moves:
            new = quote(moves[match[3]], safe="/:?#[]@!$&()*+,;=%~-._")
            lines[i] = f"{match[1]}{match[2]}{new}{match[2]}{match[4]}"
            count += 1
    return "\n".join(lines), count


def register_facts(file: Path) -> dict[str, str]:
    """Return address → when it was last read, from sources.yml. A missing file has none."""
    from scripts.content.content import read_registers
    from scripts.core.findings import ContentError

    try:
        sources = read_registers(file.parent.parent).sources
    except ContentError:
        return {}
    rows = (row for row in sources.values() if isinstance(row, dict) and row.get("url"))
    return {str(row["url"]): str(row.get("read_on") or "") for row in rows}


def register_statutes(file: Path) -> dict[str, Statute]:
    """Return address → paragraph, from sources.yml. A missing file has none."""
    from scripts.content.content import read_registers
    from scripts.content.statutes import register_lines
    from scripts.core.findings import ContentError

    try:
        sources = read_registers(file.parent.parent).sources
    except ContentError:
        return {}
    lines = register_lines(file.read_text("utf-8-sig")) if file.is_file() else {}
    return {
        str(row["url"]): Statute(
            f"{row['place']} {row.get('name')}", str(row["amended_by"]), lines.get(key, 1)
        )
        for key, row in sources.items()
        if isinstance(row, dict) and row.get("place") and row.get("amended_by")
    }
