"""One question to another host, and its answer.

Inner networks are refused where the connection is opened: what was judged is what is dialled, so
neither a redirect nor a name that changes its mind (DNS rebinding) leads there.
"""

from __future__ import annotations

import contextlib
import ipaddress
import re
import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError
from urllib3.util.connection import create_connection

CONNECT, READ, TOTAL = 10, 20, 90  # seconds
BODY = 3_000_000  # bytes
READ_TYPES = ("text/html", "application/xhtml+xml", "application/pdf", "")

# Nobody's site stands there, though some versions of ipaddress call them global: for protocols
# and tunnels (RFC 6890), documentation (RFC 9637), the root of reverse look-ups (RFC 7534).
NOT_PUBLIC = "192.0.0.0/24 192.31.196.0/24 192.52.193.0/24 192.88.99.0/24 192.175.48.0/24 2001::/23"
NOT_PUBLIC += " 2001:db8::/32 2002::/16 2620:4f:8000::/48 3fff::/20"
NETWORKS = list(map(ipaddress.ip_network, NOT_PUBLIC.split()))
GIVEN_OUT = ipaddress.ip_network("2000::/3")  # all of IPv6 that anybody has been given (RFC 4291)
NAT64 = ipaddress.ip_network("64:ff9b::/96")  # RFC 6052


class Failure(Exception):  # noqa: N818  (an answer of a kind, not a fault in the program)
    """No answer came. ``reason`` is a key of verdict.REASONS."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason} {detail}")
        self.reason, self.detail = reason, detail


@dataclass(frozen=True)
class Answer:
    """One answer to one question. Names of headers are in lower case."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    whole: bool = True  # whether the body was read to its end

    @property
    def type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def is_html(self) -> bool:
        """Whether there is a page to read in it."""
        return self.type in READ_TYPES and "pdf" not in self.type and self.body[:4] != b"%PDF"


class Transport(Protocol):
    """Brings the answer to one question, and follows nothing. Raises Failure."""

    def exchange(self, url: str) -> Answer: ...


def is_public(address: str) -> bool:
    """Whether an IP address is one that anybody on the net reaches. Raises ValueError."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        last = str(ipaddress.IPv4Address(int(ip) & 0xFFFF_FFFF))
        if ip.ipv4_mapped or ip in NAT64:
            return is_public(last)
        isatap = int(ip) >> 32 & 0xFDFF_FFFF == 0x5EFE  # RFC 5214: an IPv4 address is unwrapped
        if ip not in GIVEN_OUT or (isatap and not is_public(last)):
            return False
    inner = any(ip in network for network in NETWORKS if network.version == ip.version)
    return ip.is_global and not ip.is_multicast and not inner


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


class _Guarded(HTTPAdapter):
    """Opens every connection with ``dial``, but for those to a proxy."""

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


class Net:
    """The net, by way of requests: proxies, certificates, gzip and cookies are its business."""

    def __init__(self, agent: str) -> None:
        """``agent``: who asks."""
        self.session = requests.Session()
        self.session.headers.update({"User-Agent": agent, "Accept-Language": "sv,en;q=0.7"})
        self.session.auth = lambda request: request  # no passwords from a file of the user's
        self.session.mount("http://", _Guarded())
        self.session.mount("https://", _Guarded())

    def exchange(self, url: str) -> Answer:
        """Send one question and return its answer. Raises Failure."""
        with contextlib.suppress(ValueError):  # a proxy looks names up, but not what is no name
            if not is_public(urlsplit(url).hostname or ""):
                raise Failure("inner-network", url)
        begun = time.monotonic()
        try:
            with self.session.get(
                url, timeout=(CONNECT, READ), stream=True, allow_redirects=False
            ) as got:
                headers = {name.lower(): value for name, value in got.headers.items()}
                answer = Answer(got.status_code, headers)
                if answer.type not in READ_TYPES:
                    return Answer(got.status_code, headers, whole=False)
                body = b""
                while len(body) <= BODY and time.monotonic() - begun < TOTAL:
                    if not (more := got.raw.read1(1 << 16, decode_content=True)):
                        return Answer(got.status_code, headers, body)
                    body += more
                return Answer(got.status_code, headers, body[:BODY], whole=False)
        except requests.exceptions.SSLError as error:
            said = re.search(r"certificate verify failed: ([^(]+)", str(error))
            raise Failure("certificate", said[1].strip() if said else "") from error
        except (requests.Timeout, TimeoutError) as error:
            raise Failure("timeout") from error
        except (requests.RequestException, HTTPError, OSError, ValueError) as error:
            raise Failure("no-answer", type(error).__name__) from error
