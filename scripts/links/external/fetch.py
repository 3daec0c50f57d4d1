"""Follows an address to its end, politely: one request a second and one at a time for each host,
``Retry-After`` obeyed; time, bytes and redirects have limits.
"""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import email.utils
import random
import re
from collections.abc import Callable
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from scripts.links.external.answers import (
    REDIRECTS,
    Answer,
    Failure,
    Hop,
    Limits,
    Outcome,
    Transport,
)
from scripts.links.formats.html import read_html
from scripts.links.resolve import mask, to_ascii

# An answer to these may be another in a moment (RFC 9110, 15.6; RFC 6585, 4).
TRY_AGAIN = {425, 429, 500, 502, 503, 504}


class Pacer:
    """One request at a time to each host, and a pause between them."""

    def __init__(self, pause: float, at_once: int) -> None:
        self.pause = pause
        self.everyone = asyncio.Semaphore(at_once)
        self.locks: dict[str, asyncio.Lock] = {}
        self.free_at: dict[str, float] = {}

    @contextlib.asynccontextmanager
    async def turn(self, host: str):  # type: ignore[no-untyped-def]
        """Wait for a turn at ``host``."""
        loop = asyncio.get_running_loop()
        async with self.locks.setdefault(host, asyncio.Lock()):
            wait = self.free_at.get(host, 0.0) - loop.time()
            if wait > 0:
                await asyncio.sleep(wait)
            self.free_at[host] = loop.time() + self.pause
            async with self.everyone:
                yield

    def hold(self, host: str, seconds: float) -> None:
        """Leave ``host`` alone for a while: it asked for it."""
        until = asyncio.get_running_loop().time() + seconds
        self.free_at[host] = max(self.free_at.get(host, 0.0), until)


def retry_after(value: str, now: dt.datetime) -> float | None:
    """Return the seconds that ``Retry-After`` asks for, number or date (RFC 9110, 10.2.3)."""
    value = value.strip()
    if re.fullmatch(r"\d{1,9}", value):
        return float(value)
    try:
        when = email.utils.parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError):
        return None
    if when.tzinfo is None:
        when = when.replace(tzinfo=dt.UTC)
    return max(0.0, (when - now).total_seconds())


def normal(url: str) -> str:
    """Return an address as it is sent: host in ASCII, the rest percent-encoded, no fragment.

    Raises Failure for what isn't http(s), and for user names and passwords.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise Failure("bad-address", mask(url)) from error
    if parts.scheme.lower() not in ("http", "https"):
        raise Failure("not-web", parts.scheme)
    if parts.username is not None or parts.password is not None:
        raise Failure("credentials")
    if not host:
        raise Failure("bad-address", url)
    if ":" in host:
        host = f"[{host}]"
    elif not host.isascii():
        host = to_ascii(host)
        if not host:
            raise Failure("bad-address", url)
    netloc = host.lower() + (f":{port}" if port else "")
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._[]")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?[]")
    return urlunsplit((parts.scheme.lower(), netloc, path, query, ""))


def _joined(base: str, url: str) -> str:
    try:
        return urljoin(base, url)
    except ValueError as error:
        raise Failure("bad-address", mask(url)) from error


class Fetcher:
    """Follows an address to its end."""

    def __init__(
        self,
        transport: Transport,
        limits: Limits,
        utc: Callable[[], dt.datetime],
        dice: random.Random | None = None,
    ) -> None:
        self.transport, self.limits, self.utc = transport, limits, utc
        self.dice = dice or random.Random()
        self.pacer = Pacer(limits.pause, limits.at_once)

    async def fetch(self, url: str, *, head_first: bool = False) -> Outcome:
        """Return where ``url`` leads. Never raises, never takes longer than the total limit.

        ``head_first``: HEAD, and GET only for what has to be read (pages, PDFs, and refusals).
        """
        hops: list[Hop] = []
        try:
            async with asyncio.timeout(self.limits.total):
                return await self._follow(url, hops, head_first)
        except Failure as failure:
            last = hops[-1].url if hops else url
            return Outcome(url, tuple(hops), last, None, failure.reason, failure.detail)
        except TimeoutError:
            return Outcome(url, tuple(hops), url, None, "timeout")

    async def _follow(self, url: str, hops: list[Hop], head_first: bool) -> Outcome:
        current = normal(url)
        cookies: dict[str, dict[str, str]] = {}
        seen: dict[str, int] = {}
        for _ in range(self.limits.redirects + 1):
            host = urlsplit(current).hostname or ""
            jar = cookies.setdefault(host, {})
            # Coming back is a ring, unless a cookie was given on the way (a consent page).
            state = f"{current} {sorted(jar.items())}"
            if state in seen:
                raise Failure("redirect-loop", mask(current))
            seen[state] = 1
            headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in jar.items())} if jar else {}
            answer = await self._ask(current, headers, head_first)
            for cookie in answer.cookies:
                name, _, value = cookie.partition(";")[0].partition("=")
                if name.strip():
                    jar[name.strip()] = value.strip()
            target = self._leads_to(answer, current)
            if target is None:
                return Outcome(url, tuple(hops), current, answer)
            status = answer.status if answer.status in REDIRECTS else 0
            hops.append(Hop(current, status))
            current = normal(_joined(current, target))
        raise Failure("too-many-redirects")

    @staticmethod
    def _leads_to(answer: Answer, current: str) -> str | None:
        """Return where an answer sends the reader on, by redirect or by meta refresh."""
        if answer.status in REDIRECTS:
            location = answer.headers.get("location", "").strip()
            if not location:
                raise Failure("redirect-nowhere")
            with contextlib.suppress(UnicodeError):  # sent as UTF-8 in spite of the standard
                location = location.encode("latin1").decode("utf-8")
            return location
        if answer.status == 200 and b"refresh" in answer.body[:20_000].lower():
            for use in read_html(answer.body[:20_000]).uses:
                if use.kind == "refresh" and _joined(current, use.value) != current:
                    return use.value
        return None

    async def _ask(self, url: str, headers: dict[str, str], head_first: bool) -> Answer:
        """Return the answer to one address, after as many tries as it is worth."""
        if head_first:
            with contextlib.suppress(Failure):
                answer = await self._once("HEAD", url, headers)
                if answer.status in REDIRECTS and answer.headers.get("location"):
                    return answer
                readable = ("text/html", "application/xhtml+xml", "application/pdf", "")
                named = urlsplit(url).path.lower().endswith((".pdf", ".html", ".htm"))
                if answer.status == 200 and answer.type not in readable and not named:
                    return answer
        for attempt in range(1, self.limits.tries + 1):
            last = attempt == self.limits.tries
            try:
                answer = await self._once("GET", url, headers)
            except Failure as failure:
                again = ("timeout", "broken-off", "refused", "dns", "protocol")
                if last or failure.reason not in again:
                    raise
                await self._back_off(attempt)
                continue
            if answer.status not in TRY_AGAIN or last:
                return answer
            wait = retry_after(answer.headers.get("retry-after", ""), self.utc())
            if wait is None:
                await self._back_off(attempt)
            elif wait > self.limits.wait:
                return answer
            else:
                self.pacer.hold(urlsplit(url).hostname or "", wait)
        raise AssertionError("unreachable")

    async def _once(self, method: str, url: str, headers: dict[str, str]) -> Answer:
        async with self.pacer.turn(urlsplit(url).hostname or ""):
            return await self.transport.exchange(method, url, headers)

    async def _back_off(self, attempt: int) -> None:
        await asyncio.sleep(2**attempt * (0.5 + self.dice.random()))
