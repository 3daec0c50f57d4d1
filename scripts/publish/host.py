"""Whether the published host keeps what was promised: addresses, redirects, places, headers.

Asks the site's own host, a few questions at a time, and follows nothing: a redirect is an answer.
"""

from __future__ import annotations

import asyncio
import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from urllib.parse import quote, unquote, urljoin, urlsplit

from scripts.core.findings import Finding
from scripts.links.external.answers import Answer, Failure, Limits, Transport
from scripts.links.external.guard import GuardedBackend, system_dial, system_resolve
from scripts.links.external.net import NetTransport
from scripts.links.formats.html import read_html
from scripts.publish.addresses import LEADS, canonical, split
from scripts.publish.contract import CONTRACT, Promise
from scripts.publish.moved import Register
from scripts.publish.servers.headers import CACHE, Publication

NOWHERE = "/finns-inte-9f3c1d/"  # what no site has: to be told that it hasn't
AT_ONCE = 4


@dataclass
class Wanted:
    """What is promised of a page or file: where it leads, if anywhere, and the places on it."""

    promise: Promise
    goal: str = ""  # an address on the site; "": it answers itself
    gone: bool = False  # the register says that it isn't there any more
    places: dict[str, Promise] = field(default_factory=dict)


def wanted(promises: Mapping[str, Promise], register: Register) -> dict[str, Wanted]:
    """Return page or file → what is promised of it, sorted."""
    found: dict[str, Wanted] = {}
    for address, promise in sorted(promises.items()):
        page, place = split(address)
        if not place:
            goal = register.leads(address) and register.end(address)
            if promise.about.startswith(LEADS):
                goal = register.end(promise.about.removeprefix(LEADS))
            found[page] = Wanted(promise, goal or "", register.is_retired(address))
        elif page in found and not (register.named(address) or register.leads(address)):
            found[page].places[place] = promise
    return found


def headers(frame_ancestors: str) -> dict[str, str]:
    """Return the headers that every page shall be sent with."""
    every = Publication("/", frame_ancestors, (), ()).headers("index.html")
    return {name: value for name, value in every.items() if name != CACHE}


def check(
    origin: str, asked: Mapping[str, Wanted], expected: Mapping[str, str], docs: Path
) -> list[Finding]:
    """Ask the host at ``origin``, where the site's root is; return what it doesn't keep, in order.

    ``expected``: from ``headers``.
    """
    transport = NetTransport(
        Limits(tries=1),
        "link-promise-check/1",
        # Whoever runs this names the host: it may stand in an inner network.
        GuardedBackend(system_resolve, system_dial, ("0.0.0.0/0", "::/0")),
    )

    async def run() -> list[Finding]:
        try:
            return await ask(origin, asked, expected, docs, transport)
        finally:
            await transport.close()

    return sorted(asyncio.run(run()))


async def ask(
    origin: str,
    asked: Mapping[str, Wanted],
    expected: Mapping[str, str],
    docs: Path,
    transport: Transport,
) -> list[Finding]:
    """Do the same over any transport."""
    root = origin.rstrip("/")
    shown = PurePosixPath(docs.name, CONTRACT)
    few = asyncio.Semaphore(AT_ONCE)
    found: list[Finding] = []

    async def answer(address: str) -> Answer | str:
        method = "GET" if address.endswith(("/", ".html")) else "HEAD"
        async with few:
            try:
                return await transport.exchange(method, root + quote(unquote(address)), {})
            except Failure as failure:
                return failure.reason

    async def one(address: str, want: Wanted) -> None:
        came = await answer(address)
        for promise, rule, text in judge(address, want, came, urlsplit(root).path):
            message = f"{promise.address} {text}"
            found.append(Finding(shown, promise.line, rule, message, "", root + address))

    await asyncio.gather(*(one(address, want) for address, want in asked.items()))
    nowhere = await answer(NOWHERE)
    if not isinstance(nowhere, Answer) or nowhere.status != 404:
        text = f"en adress som inte finns ska ge 404. Värden {_said(nowhere)}."
        found.append(Finding(shown, 1, "live-not-found", text, "", root + NOWHERE))
    start = await answer("/")
    sent = start.headers if isinstance(start, Answer) else {}
    for name, value in expected.items():
        if isinstance(start, Answer) and _flat(sent.get(name.lower(), "")) != _flat(value):
            is_ = f'är "{sent[name.lower()]}"' if name.lower() in sent else "saknas"
            text = f'startsidans huvud {name} {is_}. Det ska vara "{value}".'
            found.append(Finding(shown, 1, "live-header", text, "", root + "/", "warning"))
    return found


def judge(
    address: str, want: Wanted, came: Answer | str, base: str
) -> Iterator[tuple[Promise, str, str]]:
    """Yield (promise, rule, text) for each promise that an answer breaks.

    ``base``: the path of the site's root on its host, without a slash at its end.
    """
    if isinstance(came, str):
        yield want.promise, "live-gone", f"gick inte att nå ({came})."
        return
    leads = _leads(address, came, base)
    if want.goal:
        if leads is None:
            text = f'ska leda till "{want.goal}" (308). Värden {_said(came)}.'
            yield want.promise, "live-redirect", text
        elif leads != want.goal:
            text = f'ska leda till "{want.goal}" men leder till "{leads}".'
            yield want.promise, "live-redirect", text
        elif came.status not in (200, 308):
            text = f"leder rätt men med kod {came.status}. Den ska vara 308, som är för alltid."
            yield want.promise, "live-redirect", text
    elif want.gone:
        if came.status not in (200, 410):
            text = f"är indragen: värden ska säga varför (200 eller 410). Värden {_said(came)}."
            yield want.promise, "live-gone", text
    elif came.status != 200:
        yield want.promise, "live-gone", f"ska finnas kvar (200). Värden {_said(came)}."
    elif want.places:
        page = read_html(came.body)
        there = {canonical(name) for name in (*page.ids, *page.names)}
        for place, promise in want.places.items():
            if canonical(place) not in there and came.whole:
                yield promise, "live-place", "finns inte: sidan finns, men inte stället på den."


def _leads(address: str, came: Answer, base: str) -> str | None:
    """Return the address on the site that an answer sends the reader on to; None if to none."""
    goal = came.headers.get("location") if 300 <= came.status < 400 else None
    if came.status == 200:
        uses = read_html(came.body).uses if came.body else ()
        goal = next((use.value for use in uses if use.kind == "refresh"), None)
    if goal is None:
        return None
    whole = urlsplit(urljoin(f"http://x{base}{quote(unquote(address))}", goal))
    path = whole.path.removeprefix(base) if whole.path.startswith(f"{base}/") else whole.path
    path = posixpath.normpath(path) + "/" * (path.endswith("/") and path != "/")
    return canonical(path + (f"#{whole.fragment}" if whole.fragment else ""))


def _said(came: Answer | str) -> str:
    return f"svarade {came.status}" if isinstance(came, Answer) else f"svarade inte ({came})"


def _flat(value: str) -> str:
    return " ".join(value.split()).casefold()
