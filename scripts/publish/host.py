"""Whether the published host keeps what was promised: addresses, redirects, places, headers.

Asks the site's own host, one question at a time, and follows nothing: a redirect is an answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import urljoin, urlsplit

import requests
from selectolax.lexbor import LexborHTMLParser

from scripts.core.findings import Finding
from scripts.publish.addresses import short_addresses, split
from scripts.publish.promise import CONTRACT, Promise
from scripts.publish.servers.headers import CACHE, Publication

NOWHERE = "/finns-inte-9f3c1d/"  # what no site has: to be told that it hasn't
WAIT = 20  # seconds


def check(origin: str, promise: Promise, frame_ancestors: str) -> list[Finding]:
    """Return what the host doesn't keep, in order.

    ``origin``: where the site's root is. ``frame_ancestors``: who may frame it, as its policy says.
    """
    shown = PurePosixPath(promise.content.docs.name, CONTRACT)
    root, found = origin.rstrip("/"), []
    with requests.Session() as session:
        session.headers["User-Agent"] = "link-promise-check/1"

        def ask(address: str) -> requests.Response | str:
            try:
                return session.get(root + address, timeout=WAIT, allow_redirects=False)
            except requests.RequestException as error:
                return type(error).__name__

        for address in sorted({split(promised)[0] for promised in promise.promised}):
            for line, rule, text in _judge(promise, address, ask(address), root):
                found.append(Finding(shown, line, rule, text, "", root + address))
        for rule, text in _site(ask(NOWHERE), ask("/"), frame_ancestors):
            found.append(Finding(shown, 1, rule, text, "", root, "warning"))
    return sorted(found)


def _judge(
    promise: Promise, address: str, came: requests.Response | str, root: str
) -> Iterator[tuple[int, str, str]]:
    """Yield (line, rule, text) for each promise of a page that an answer breaks."""
    redirects, line = promise.redirects, promise.promised.get(address, 1)
    shorts = {short.address: short.to for short in short_addresses(promise.content)}
    gone = redirects.gone(address)
    goal = shorts.get(address, "")
    if address in redirects and not gone:
        goal = redirects.end(address)
    if isinstance(came, str):
        yield line, "live-gone", f"{address} gick inte att nå ({came})."
    elif goal and not (came.status_code in (200, 308) and _leads(came, root) == goal):
        said = f"{came.status_code} {_leads(came, root)}"
        text = f"{address} ska leda till {goal} (308). Värden svarade {said}"
        yield line, "live-redirect", text.strip() + "."
    elif not goal and came.status_code != 200:
        yield line, "live-gone", f"{address} ska finnas (200). Värden svarade {came.status_code}."
    elif came.status_code == 200:
        ids = {node.id for node in LexborHTMLParser(came.content).css("[id]")}
        for promised, at in promise.promised.items():
            page, place = split(promised)
            if place and page == address and not gone and place not in ids:
                yield at, "live-place", f"{promised} finns inte: sidan finns, men inte stället."


def _leads(came: requests.Response, root: str) -> str:
    """Return the address on the site that an answer sends the reader on to; "" if to none."""
    goal = came.headers.get("Location", "") if came.is_redirect else ""
    if came.status_code == 200:
        tag = LexborHTMLParser(came.content).css_first("meta[http-equiv=refresh]")
        goal = (tag.attributes.get("content") or "").partition("url=")[2] if tag else ""
    if not goal:
        return ""
    whole = urlsplit(urljoin(came.url, goal))
    path = whole.path.removeprefix(urlsplit(root).path)
    return path + (f"#{whole.fragment}" if whole.fragment else "")


def _site(
    nowhere: requests.Response | str, start: requests.Response | str, frame_ancestors: str
) -> Iterator[tuple[str, str]]:
    """Yield (rule, text) for what a host says wrong of an address that isn't there, and for each
    header of its pages that isn't as the site's own server files have it."""
    if isinstance(nowhere, str) or nowhere.status_code != 404:
        said = nowhere if isinstance(nowhere, str) else nowhere.status_code
        yield "live-not-found", f"En adress som inte finns ska ge 404. Värden svarade {said}."
    if isinstance(start, str):
        return
    for name, value in Publication("/", frame_ancestors, (), ()).headers("index.html").items():
        sent = start.headers.get(name, "saknas")
        if name != CACHE and " ".join(sent.split()).casefold() != value.casefold():
            yield "live-header", f'Startsidans huvud {name} är "{sent}". Det ska vara "{value}".'
