"""Asks other hosts, politely and safely. The only module that sends anything.

Safe: every connection goes to an address that was looked up and judged just before, so that
neither a redirect nor a name that changes its mind (DNS rebinding) leads into an inner network;
TLS is always verified; time, bytes and redirects have limits. Polite: one request a second and one
at a time for each host, ``Retry-After`` obeyed, a User-Agent that says who asks.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import datetime as dt
import email.utils
import ipaddress
import json
import random
import re
import socket
import ssl
import zlib
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

import certifi
import httpcore

from scripts.links.parse import read_html
from scripts.links.resolve import mask, to_ascii

REDIRECTS = {301, 302, 303, 307, 308}
PERMANENT = {301, 308}
# An answer to these may be another in a moment (RFC 9110, 15.6; RFC 6585, 4).
TRY_AGAIN = {425, 429, 500, 502, 503, 504}


@dataclass(frozen=True)
class Limits:
    """How long, how much, how often. Seconds and bytes."""

    connect: float = 10
    read: float = 20
    total: float = 90  # one address with all its redirects and new tries: nothing outlives it
    body: int = 3_000_000  # as sent
    unpacked: int = 12_000_000
    redirects: int = 10
    tries: int = 3
    wait: float = 40  # the longest Retry-After that is waited for
    pause: float = 1  # between two requests to one host
    at_once: int = 16


class Failure(Exception):  # noqa: N818  (an answer of a kind, not a fault in the program)
    """No answer came. ``reason`` is a key of verdict.REASONS."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason} {detail}")
        self.reason, self.detail = reason, detail


@dataclass(frozen=True)
class Answer:
    """One answer to one request. Names of headers are in lower case."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    whole: bool = True  # whether the body came to its end within the limits
    cookies: tuple[str, ...] = ()

    @property
    def type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


@dataclass(frozen=True)
class Hop:
    """One step on the way: the address, and how it led on (a status, or 0 for meta refresh)."""

    url: str
    status: int


@dataclass(frozen=True)
class Outcome:
    """Where an address led in the end: an answer, or why there was none."""

    url: str
    hops: tuple[Hop, ...] = ()
    final: str = ""
    answer: Answer | None = None
    failure: str = ""
    detail: str = ""


class Transport(Protocol):
    """Sends one request and brings one answer. Raises Failure."""

    async def exchange(self, method: str, url: str, headers: dict[str, str]) -> Answer: ...


Resolve = Callable[[str, int], Awaitable[list[str]]]
Dial = Callable[[str, int, float], Awaitable[httpcore.AsyncNetworkStream]]


async def system_resolve(host: str, port: int) -> list[str]:
    """Return the addresses of a name, asked of the operating system. Raises Failure."""
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        gone = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}
        raise Failure("no-such-host" if error.errno in gone else "dns", host) from error
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


async def system_dial(address: str, port: int, timeout: float) -> httpcore.AsyncNetworkStream:
    """Open a connection to an address that has been judged."""
    return await httpcore.AnyIOBackend().connect_tcp(address, port, timeout=timeout)


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """Looks up, judges and dials in one place: what was judged is what is dialled."""

    def __init__(self, resolve: Resolve, dial: Dial, allowed: Iterable[str] = ()) -> None:
        self.resolve, self.dial = resolve, dial
        self.allowed = [ipaddress.ip_network(network) for network in allowed]

    def refuses(self, address: str) -> bool:
        """Whether an address lies in an inner network that hasn't been allowed."""
        ip = ipaddress.ip_address(address.partition("%")[0])
        if any(ip in network for network in self.allowed if network.version == ip.version):
            return False
        mapped = getattr(ip, "ipv4_mapped", None) or getattr(ip, "sixtofour", None)
        return not ip.is_global or ip.is_multicast or (mapped is not None and not mapped.is_global)

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,  # noqa: ARG002
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,  # noqa: ARG002
    ) -> httpcore.AsyncNetworkStream:
        bare = host.strip("[]")
        try:
            ipaddress.ip_address(bare)
            addresses = [bare]
        except ValueError:
            addresses = await self.resolve(host, port)
        if not addresses:
            raise Failure("no-such-host", host)
        for address in addresses:
            if self.refuses(address):
                raise Failure("inner-network", host)
        last: Exception | None = None
        for address in addresses[:4]:
            try:
                return await self.dial(address, port, (timeout or 10) / min(len(addresses), 4))
            except (httpcore.ConnectError, httpcore.ConnectTimeout, OSError) as error:
                last = error
        raise last or Failure("refused", host)

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


# What OpenSSL says of a certificate (x509_vfy.h).
CERTIFICATES = {
    9: "tls-not-yet", 10: "tls-expired", 18: "tls-self-signed", 19: "tls-self-signed",
    20: "tls-unknown-issuer", 21: "tls-unknown-issuer", 62: "tls-wrong-host", 64: "tls-wrong-host",
}  # fmt: skip


def failure_of(error: BaseException) -> Failure:
    """Return what kind of failure lies beneath an exception of httpcore's."""
    chain: list[BaseException] = []
    one: BaseException | None = error
    while one is not None and one not in chain:
        chain.append(one)
        one = one.__cause__ or one.__context__
    for link in chain:
        if isinstance(link, Failure):
            return link
        if isinstance(link, ssl.SSLCertVerificationError):
            return Failure(CERTIFICATES.get(link.verify_code, "tls"), link.verify_message)
    for link in chain:
        if isinstance(link, ssl.SSLError):
            return Failure("tls", link.reason or "")
    kinds = (
        (httpcore.ConnectTimeout, "timeout"),
        (httpcore.TimeoutException, "timeout"),
        (httpcore.ConnectError, "refused"),
        (httpcore.ProtocolError, "protocol"),
        (httpcore.NetworkError, "broken-off"),
        (httpcore.UnsupportedProtocol, "protocol"),
        (OSError, "broken-off"),
    )
    return Failure(next((name for kind, name in kinds if isinstance(error, kind)), "protocol"))


class NetTransport:
    """HTTP/1.1 and HTTP/2 over guarded connections."""

    def __init__(
        self,
        limits: Limits,
        user_agent: str,
        backend: httpcore.AsyncNetworkBackend,
        context: ssl.SSLContext | None = None,
    ) -> None:
        self.limits, self.user_agent = limits, user_agent
        self.pool = httpcore.AsyncConnectionPool(
            ssl_context=context or ssl.create_default_context(cafile=certifi.where()),
            max_connections=limits.at_once,
            keepalive_expiry=5,
            http2=True,
            network_backend=backend,
        )

    async def exchange(self, method: str, url: str, headers: dict[str, str]) -> Answer:
        limits = self.limits
        sent = {
            "User-Agent": self.user_agent,
            "Accept": "text/html,application/xhtml+xml,application/pdf;q=0.9,*/*;q=0.8",
            "Accept-Language": "sv,en;q=0.7",
            "Accept-Encoding": "gzip",
            **headers,
        }
        times = {"connect": limits.connect, "read": limits.read, "write": limits.read}
        times["pool"] = limits.total
        try:
            async with self.pool.stream(
                method,
                url,
                headers=[
                    # A cookie goes back as it came, whatever bytes it is made of.
                    (name.encode(), value.encode("latin1" if name == "Cookie" else "utf-8"))
                    for name, value in sent.items()
                ],
                extensions={"timeout": times},
            ) as response:
                raw = [
                    (name.decode("latin1").lower(), value.decode("latin1"))
                    for name, value in response.headers
                ]
                got = dict(raw)
                body, whole = b"", True
                if method != "HEAD":
                    body, whole = await self._body(response, got.get("content-encoding", ""))
                cookies = tuple(value for name, value in raw if name == "set-cookie")
                return Answer(response.status, got, body, whole, cookies)
        except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError) as error:
            raise failure_of(error) from error
        except (httpcore.UnsupportedProtocol, OSError, ValueError, UnicodeError) as error:
            raise failure_of(error) from error

    async def _body(self, response: httpcore.Response, coding: str) -> tuple[bytes, bool]:
        """Read a body within the limits; return it unpacked, and whether it was all there was."""
        limits = self.limits
        packed = coding.strip().lower() in ("gzip", "x-gzip", "deflate")
        inflate = zlib.decompressobj(47) if packed else None  # 47: gzip or zlib, told by the head
        parts: list[bytes] = []
        received = size = 0
        async for chunk in response.aiter_stream():
            received += len(chunk)
            if inflate is not None:
                try:
                    chunk = inflate.decompress(chunk, limits.unpacked - size + 1)
                except zlib.error as error:
                    raise Failure("protocol", "gzip") from error
            size += len(chunk)
            parts.append(chunk)
            if received > limits.body or size > limits.unpacked:
                return b"".join(parts)[: limits.unpacked], False
        return b"".join(parts), True

    async def close(self) -> None:
        await self.pool.aclose()


class Recorder:
    """Passes questions on, and remembers the last answer to each address, for ``Recorded``."""

    def __init__(self, transport: Transport) -> None:
        self.transport = transport
        self.answers: dict[str, dict[str, Any]] = {}

    async def exchange(self, method: str, url: str, headers: dict[str, str]) -> Answer:
        try:
            answer = await self.transport.exchange(method, url, headers)
        except Failure as failure:
            self.answers[url] = {"failure": failure.reason}
            raise
        except asyncio.CancelledError:
            self.answers[url] = {"failure": "timeout"}
            raise
        kept = {name: value for name, value in answer.headers.items() if name != "set-cookie"}
        row: dict[str, Any] = {"status": answer.status, "headers": kept}
        if not answer.whole:
            row["whole"] = False
        try:
            row["body"] = answer.body.decode("utf-8")
        except UnicodeDecodeError:
            row["base64"] = base64.b64encode(answer.body).decode("ascii")
        self.answers[url] = row
        return answer

    def save(self, file: Path) -> None:
        """Write the answers to ``file``. Raises OSError."""
        text = json.dumps(self.answers, ensure_ascii=False, indent=1, sort_keys=True)
        file.write_text(text + "\n", encoding="utf-8", newline="\n")


class Recorded:
    """Answers from a file instead of the net, in the form that ``Recorder`` writes.

    Address → {status, headers, body or base64, whole} or {failure: a key of verdict.REASONS}.
    """

    def __init__(self, file: Path) -> None:
        try:
            self.answers = json.loads(file.read_text(encoding="utf-8"))
        except ValueError as error:
            raise ValueError(f"{file} är inga inspelade svar ({error})") from error
        if not isinstance(self.answers, dict):
            raise ValueError(f"{file} är inga inspelade svar (ska vara adress: svar)")
        for url, row in self.answers.items():
            if not self._is_answer(row):
                raise ValueError(f"{file} är inga inspelade svar (fel form: {mask(url)})")

    @staticmethod
    def _is_answer(row: Any) -> bool:
        if not isinstance(row, dict):
            return False
        headers = row.get("headers", {})
        texts = [row.get("body", ""), row.get("base64", ""), row.get("failure", "")]
        return (
            (isinstance(row.get("status"), int) or "failure" in row)
            and isinstance(headers, dict)
            and all(isinstance(text, str) for text in (*texts, *headers.values()))
        )

    async def exchange(self, method: str, url: str, headers: dict[str, str]) -> Answer:  # noqa: ARG002
        row = self.answers.get(url)
        if row is None:
            raise Failure("not-recorded", url)
        if "failure" in row:
            raise Failure(row["failure"])
        names = {name.lower(): value for name, value in row.get("headers", {}).items()}
        body = b""
        if method != "HEAD":
            packed = row.get("base64")
            body = base64.b64decode(packed) if packed else row.get("body", "").encode("utf-8")
        return Answer(row["status"], names, body, row.get("whole", True))


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
