"""Whether the published host keeps what was promised: addresses, redirects, places, headers.

Asks the site's own host, one question at a time, and follows nothing: a redirect is an answer.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from urllib.parse import quote, unquote, urljoin, urlsplit

import requests

from scripts.core.findings import Finding
from scripts.links.html import read_html
from scripts.publish.addresses import LEADS, canonical, split
from scripts.publish.contract import CONTRACT, Promise
from scripts.publish.moved import Register
from scripts.publish.servers.headers import CACHE, Publication

NOWHERE = "/finns-inte-9f3c1d/"  # what no site has: to be told that it hasn't
WAIT = 20  # seconds


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
    root = origin.rstrip("/")
    shown = PurePosixPath(docs.name, CONTRACT)
    session = requests.Session()
    session.headers["User-Agent"] = "link-promise-check/1"
    found: list[Finding] = []

    def answer(address: str) -> requests.Response | str:
        method = "GET" if address.endswith(("/", ".html")) else "HEAD"
        url = root + quote(unquote(address))
        try:
            return session.request(method, url, timeout=WAIT, allow_redirects=False)
        except requests.RequestException as error:
            return type(error).__name__

    for address, want in asked.items():
        for promise, rule, text in judge(address, want, answer(address), urlsplit(root).path):
            message = f"{promise.address} {text}"
            found.append(Finding(shown, promise.line, rule, message, "", root + address))
    nowhere = answer(NOWHERE)
    if not isinstance(nowhere, requests.Response) or nowhere.status_code != 404:
        text = f"en adress som inte finns ska ge 404. Värden {_said(nowhere)}."
        found.append(Finding(shown, 1, "live-not-found", text, "", root + NOWHERE))
    start = answer("/")
    sent: Mapping[str, str] = start.headers if isinstance(start, requests.Response) else {}
    for name, value in expected.items():
        if isinstance(start, requests.Response) and _flat(sent.get(name.lower(), "")) != _flat(
            value
        ):
            is_ = f'är "{sent[name.lower()]}"' if name.lower() in sent else "saknas"
            text = f'startsidans huvud {name} {is_}. Det ska vara "{value}".'
            found.append(Finding(shown, 1, "live-header", text, "", root + "/", "warning"))
    return sorted(found)


def judge(
    address: str, want: Wanted, came: requests.Response | str, base: str
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
        elif came.status_code not in (200, 308):
            text = (
                f"leder rätt men med kod {came.status_code}. Den ska vara 308, som är för alltid."
            )
            yield want.promise, "live-redirect", text
    elif want.gone:
        if came.status_code not in (200, 410):
            text = f"är indragen: värden ska säga varför (200 eller 410). Värden {_said(came)}."
            yield want.promise, "live-gone", text
    elif came.status_code != 200:
        yield want.promise, "live-gone", f"ska finnas kvar (200). Värden {_said(came)}."
    elif want.places:
        page = read_html(came.content)
        there = {canonical(name) for name in (*page.ids, *page.names)}
        for place, promise in want.places.items():
            if canonical(place) not in there:
                yield promise, "live-place", "finns inte: sidan finns, men inte stället på den."


def _leads(address: str, came: requests.Response, base: str) -> str | None:
    """Return the address on the site that an answer sends the reader on to; None if to none."""
    goal = came.headers.get("location") if 300 <= came.status_code < 400 else None
    if came.status_code == 200:
        uses = read_html(came.content).uses if came.content else ()
        goal = next((use.value for use in uses if use.kind == "refresh"), None)
    if goal is None:
        return None
    whole = urlsplit(urljoin(f"http://x{base}{quote(unquote(address))}", goal))
    path = whole.path.removeprefix(base) if whole.path.startswith(f"{base}/") else whole.path
    path = posixpath.normpath(path) + "/" * (path.endswith("/") and path != "/")
    return canonical(path + (f"#{whole.fragment}" if whole.fragment else ""))


def _said(came: requests.Response | str) -> str:
    return (
        f"svarade {came.status_code}"
        if isinstance(came, requests.Response)
        else f"svarade inte ({came})"
    )


def _flat(value: str) -> str:
    return " ".join(value.split()).casefold()
