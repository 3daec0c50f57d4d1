"""One address of another host, asked for with requests and followed to its end.

Each host has a pause between two questions. Inner networks are refused where the connection is
opened: what was judged is what is dialled, so neither a redirect nor a name that changes its mind
(DNS rebinding) leads there.
"""

from __future__ import annotations

import contextlib
import ipaddress
import re
import socket
import threading
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError
from urllib3.util.connection import create_connection

PAUSE = 1.0  # seconds between two questions to one host
CONNECT, READ, TOTAL = 10, 20, 90  # seconds
BODY = 3_000_000  # bytes
READ_TYPES = ("text/html", "application/xhtml+xml", "application/pdf", "")
LEAVE = (429, 503)  # a host that wants to be left alone (RFC 9110, 10.2.3)


class Failure(Exception):  # noqa: N818  (an answer of a kind, not a fault in the program)
    """No answer came. ``reason`` is a key of verdict.REASONS."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason} {detail}")
        self.reason, self.detail = reason, detail


@dataclass(frozen=True)
class Answer:
    """Where an address led in the end, and what was answered there."""

    url: str
    final: str
    status: int
    type: str = ""  # as "text/html"
    body: bytes = b""
    whole: bool = True  # whether the body was read to its end
    permanent: bool | None = None  # whether all its redirects were; None if there were none

    @property
    def is_html(self) -> bool:
        """Whether there is a page to read in it."""
        return self.type in READ_TYPES and "pdf" not in self.type and self.body[:4] != b"%PDF"


def is_public(address: str) -> bool:
    """Whether an IP address is one that anybody on the net reaches. Raises ValueError."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    mapped = getattr(ip, "ipv4_mapped", None)
    return bool((mapped or ip).is_global) and not ip.is_multicast


def dial(connection: HTTPConnection) -> socket.socket:
    """Open what a connection stands for, unless it leads to an inner network: what was judged is
    what is dialled. Raises Failure and OSError."""
    host, port = connection.host.strip("[]"), connection.port
    try:
        rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Failure("no-such-host", host) from error
    addresses = list(dict.fromkeys(str(row[4][0]) for row in rows))
    if not all(map(is_public, addresses)):
        raise Failure("inner-network", host)
    last = OSError(host)
    for address in addresses[:4]:
        try:
            return create_connection((address, port), connection.timeout)
        except OSError as error:
            last = error
    raise last


class Polite(HTTPAdapter):
    """Leaves a host alone between two questions, and opens each connection with ``dial``, but for
    those to a proxy."""

    def __init__(self) -> None:
        self.free_at: dict[str, float] = {}
        self.turn = threading.Lock()
        super().__init__()

    def init_poolmanager(self, *given: Any, **named: Any) -> None:
        super().init_poolmanager(*given, **named)
        classes: dict[str, Any] = {}
        for scheme, pool, kind in (
            ("http", HTTPConnectionPool, HTTPConnection),
            ("https", HTTPSConnectionPool, HTTPSConnection),
        ):
            dialled = type("Dialled", (kind,), {"_new_conn": dial})
            classes[scheme] = type("Pool", (pool,), {"ConnectionCls": dialled})
        self.poolmanager.pool_classes_by_scheme = classes

    def send(self, request: requests.PreparedRequest, *given: Any, **named: Any) -> Any:
        """Send one question when it is its host's turn. Raises Failure."""
        parts = urlsplit(request.url or "")
        host = parts.hostname or ""
        with contextlib.suppress(ValueError):  # a proxy looks names up, but not what is no name
            if not is_public(host):
                raise Failure("inner-network", host)
        if "@" in parts.netloc:
            raise Failure("bad-address", host)
        with self.turn:
            now = time.monotonic()
            mine = max(now, self.free_at.get(host, 0.0))
            self.free_at[host] = mine + PAUSE
        time.sleep(mine - now)
        answer = super().send(request, *given, **named)
        if answer.is_redirect:
            answer.raw.close()  # nobody reads what stands there, be it without end
        return answer


def session(agent: str) -> requests.Session:
    """Return what asks: proxies, certificates, gzip and cookies are its business.

    ``agent``: who asks.
    """
    made = requests.Session()
    made.headers.update({"User-Agent": agent, "Accept-Language": "sv,en;q=0.7"})
    made.max_redirects = 10
    made.auth = lambda request: request  # no passwords from a file of the user's
    polite = Polite()
    made.mount("http://", polite)
    made.mount("https://", polite)
    return made


def ask(asks: requests.Session, url: str) -> Answer:
    """Return where ``url`` leads and what is answered there. Raises Failure."""
    begun = time.monotonic()
    try:
        with asks.get(url, timeout=(CONNECT, READ), stream=True) as got:
            kind = got.headers.get("Content-Type", "").partition(";")[0].strip().lower()
            body, more = b"", b"" if kind not in READ_TYPES else b"?"
            while more and len(body) <= BODY and time.monotonic() - begun < TOTAL:
                more = got.raw.read1(1 << 16, decode_content=True)
                body += more
            permanent = all(step.status_code in (301, 308) for step in got.history)
            return Answer(
                url,
                got.url,
                got.status_code,
                kind,
                body[:BODY],
                whole=kind in READ_TYPES and not more,
                permanent=permanent if got.history else None,
            )
    except requests.exceptions.SSLError as error:
        said = re.search(r"certificate verify failed: ([^(]+)", str(error))
        raise Failure("certificate", said[1].strip() if said else "") from error
    except requests.TooManyRedirects as error:
        raise Failure("redirects") from error
    except ValueError as error:  # requests' own, too, for what is no address of the web
        raise Failure("bad-address") from error
    except (requests.Timeout, TimeoutError) as error:
        raise Failure("timeout") from error
    except (requests.RequestException, HTTPError, OSError) as error:
        raise Failure("no-answer", type(error).__name__) from error
