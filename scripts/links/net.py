"""Requests to other hosts, with requests: redirects are followed, and each host has a pause.

Private networks are refused where the connection is opened: the address that was checked is the one
that is connected to, so neither a redirect nor DNS rebinding leads there.
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

MIN_INTERVAL = 1.0  # seconds between two questions to one host
CONNECT_TIMEOUT, READ_TIMEOUT, TOTAL_TIMEOUT = 10, 20, 90  # seconds
MAX_BODY = 3_000_000  # bytes
READABLE_TYPES = ("text/html", "application/xhtml+xml", "application/pdf", "")
TOO_MANY_REQUESTS = (429, 503)  # a host that wants to be left alone (RFC 9110, 10.2.3)


class RequestFailed(Exception):  # noqa: N818  (an outcome like any other, not an error of ours)
    """No response came. ``reason`` is a key of verdict.REASONS."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason} {detail}")
        self.reason, self.detail = reason, detail


@dataclass(frozen=True)
class Answer:
    """The final response to a request, after its redirects."""

    url: str
    final: str
    status: int
    type: str = ""  # as "text/html"
    body: bytes = b""
    whole: bool = True  # whether the body was read to its end
    permanent: bool | None = None  # whether all its redirects were; None if there were none

    @property
    def is_html(self) -> bool:
        """Whether the body is a page."""
        return self.type in READABLE_TYPES and "pdf" not in self.type and self.body[:4] != b"%PDF"


def is_public(address: str) -> bool:
    """Whether an IP address is reachable from the whole internet. Raises ValueError."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    mapped = getattr(ip, "ipv4_mapped", None)
    return bool((mapped or ip).is_global) and not ip.is_multicast


def connect_public(connection: HTTPConnection) -> socket.socket:
    """Open a connection, unless its host name resolves to a private network.

    Raises RequestFailed and OSError.
    """
    host, port = connection.host.strip("[]"), connection.port
    try:
        rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise RequestFailed("no-such-host", host) from error
    addresses = list(dict.fromkeys(str(row[4][0]) for row in rows))
    if not all(map(is_public, addresses)):
        raise RequestFailed("inner-network", host)
    last = OSError(host)
    for address in addresses[:4]:
        try:
            return create_connection((address, port), connection.timeout)
        except OSError as error:
            last = error
    raise last


class RateLimitedAdapter(HTTPAdapter):
    """Waits MIN_INTERVAL between two requests to a host, and opens each connection, except those
    to a proxy, with ``connect_public``."""

    def __init__(self) -> None:
        self.free_at: dict[str, float] = {}
        self.lock = threading.Lock()
        super().__init__()

    def init_poolmanager(self, *given: Any, **named: Any) -> None:
        super().init_poolmanager(*given, **named)
        classes: dict[str, Any] = {}
        for scheme, pool, kind in (
            ("http", HTTPConnectionPool, HTTPConnection),
            ("https", HTTPSConnectionPool, HTTPSConnection),
        ):
            dialled = type("Dialled", (kind,), {"_new_conn": connect_public})
            classes[scheme] = type("Pool", (pool,), {"ConnectionCls": dialled})
        self.poolmanager.pool_classes_by_scheme = classes

    def send(self, request: requests.PreparedRequest, *given: Any, **named: Any) -> Any:
        """Send one request when its host has had its pause. Raises RequestFailed."""
        parts = urlsplit(request.url or "")
        host = parts.hostname or ""
        with contextlib.suppress(ValueError):  # a proxy looks names up, but not what is no name
            if not is_public(host):
                raise RequestFailed("inner-network", host)
        if "@" in parts.netloc:
            raise RequestFailed("bad-address", host)
        with self.lock:
            now = time.monotonic()
            start = max(now, self.free_at.get(host, 0.0))
            self.free_at[host] = start + MIN_INTERVAL
        time.sleep(start - now)
        answer = super().send(request, *given, **named)
        if answer.is_redirect:
            answer.raw.close()  # its body may be endless, and isn't read
        return answer


def make_session(agent: str) -> requests.Session:
    """Return a session for ``fetch``: it handles proxies, certificates, gzip and cookies.

    ``agent``: the User-Agent, with an address where those who are asked can reach us.
    """
    made = requests.Session()
    made.headers.update({"User-Agent": agent, "Accept-Language": "sv,en;q=0.7"})
    made.max_redirects = 10
    made.auth = lambda request: request  # no passwords from a file of the user's
    polite = RateLimitedAdapter()
    made.mount("http://", polite)
    made.mount("https://", polite)
    return made


def fetch(session: requests.Session, url: str) -> Answer:
    """Return the final response for ``url``. Raises RequestFailed."""
    begun = time.monotonic()
    try:
        with session.get(url, timeout=(CONNECT_TIMEOUT, READ_TIMEOUT), stream=True) as got:
            kind = got.headers.get("Content-Type", "").partition(";")[0].strip().lower()
            body, more = b"", b"" if kind not in READABLE_TYPES else b"?"
            while more and len(body) <= MAX_BODY and time.monotonic() - begun < TOTAL_TIMEOUT:
                more = got.raw.read1(1 << 16, decode_content=True)
                body += more
            permanent = all(step.status_code in (301, 308) for step in got.history)
            return Answer(
                url,
                got.url,
                got.status_code,
                kind,
                body[:MAX_BODY],
                whole=kind in READABLE_TYPES and not more,
                permanent=permanent if got.history else None,
            )
    except requests.exceptions.SSLError as error:
        detail = re.search(r"certificate verify failed: ([^(]+)", str(error))
        raise RequestFailed("certificate", detail[1].strip() if detail else "") from error
    except requests.TooManyRedirects as error:
        raise RequestFailed("redirects") from error
    except ValueError as error:  # requests' own, too, for what is no address of the web
        raise RequestFailed("bad-address") from error
    except (requests.Timeout, TimeoutError) as error:
        raise RequestFailed("timeout") from error
    except (requests.RequestException, HTTPError, OSError) as error:
        raise RequestFailed("no-answer", type(error).__name__) from error
