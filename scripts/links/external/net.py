"""Sends one request over a guarded connection: HTTP/1.1 and HTTP/2, TLS always verified."""

from __future__ import annotations

import contextlib
import ssl
import zlib
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote, urlsplit
from urllib.request import proxy_bypass_environment  # type: ignore[attr-defined]

import certifi
import httpcore2

from scripts.links.external.answers import Answer, Failure, Limits
from scripts.links.external.guard import GuardedBackend
from scripts.links.resolve import mask

# What OpenSSL says of a certificate (x509_vfy.h).
CERTIFICATES = {
    9: "tls-not-yet", 10: "tls-expired", 18: "tls-self-signed", 19: "tls-self-signed",
    20: "tls-unknown-issuer", 21: "tls-unknown-issuer", 62: "tls-wrong-host", 64: "tls-wrong-host",
}  # fmt: skip


def failure_of(error: BaseException) -> Failure:
    """Return what kind of failure lies beneath an exception of httpcore2's."""
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
            return Failure("tls", getattr(link, "reason", None) or "")
    kinds = (
        (httpcore2.ConnectTimeout, "timeout"),
        (httpcore2.TimeoutException, "timeout"),
        (httpcore2.ConnectError, "refused"),
        (httpcore2.ProtocolError, "protocol"),
        (httpcore2.NetworkError, "broken-off"),
        (httpcore2.UnsupportedProtocol, "protocol"),
        (OSError, "broken-off"),
    )
    return Failure(next((name for kind, name in kinds if isinstance(error, kind)), "protocol"))


def proxied(address: str, settings: dict[str, Any]) -> httpcore2.AsyncHTTPProxy:
    """Return a pool that sends by way of a proxy. Raises ValueError."""
    whole = address if "://" in address else f"http://{address}"
    parts = urlsplit(whole)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f'proxyn "{mask(whole)}" kan inte användas: skriv http://värd:port')
    host = parts.hostname if ":" not in parts.hostname else f"[{parts.hostname}]"
    auth = (unquote(parts.username), unquote(parts.password or "")) if parts.username else None
    port = f":{parts.port}" if parts.port else ""
    return httpcore2.AsyncHTTPProxy(f"{parts.scheme}://{host}{port}", proxy_auth=auth, **settings)


class NetTransport:
    """HTTP/1.1 and HTTP/2 over guarded connections."""

    def __init__(
        self,
        limits: Limits,
        user_agent: str,
        backend: httpcore2.AsyncNetworkBackend,
        context: ssl.SSLContext | None = None,
        proxies: Mapping[str, str] | None = None,
    ) -> None:
        """``proxies``: scheme → address, as ``getproxies_environment`` says. Raises ValueError."""
        proxies = dict(proxies or {})
        self.bypass = {"no": proxies.pop("no", "")}
        self.limits, self.user_agent = limits, user_agent
        settings: dict[str, Any] = {
            "ssl_context": context or ssl.create_default_context(cafile=certifi.where()),
            "max_connections": limits.at_once,
            "keepalive_expiry": 5,
            "http2": True,
        }
        self.pool = httpcore2.AsyncConnectionPool(network_backend=backend, **settings)
        self.proxies = {
            scheme: proxied(address, settings) for scheme, address in (proxies or {}).items()
        }
        self.guard = backend if isinstance(backend, GuardedBackend) else None

    def _pool(self, url: str) -> httpcore2.AsyncConnectionPool:
        """Return what sends to an address. Raises Failure for an inner address given to a proxy."""
        parts = urlsplit(url)
        host = parts.hostname or ""
        proxy = self.proxies.get(parts.scheme) or self.proxies.get("all")
        if proxy is None or proxy_bypass_environment(host, self.bypass):
            return self.pool
        # The proxy looks names up: only an address that stands there can be judged here.
        with contextlib.suppress(ValueError):
            if self.guard is not None and self.guard.refuses(host):
                raise Failure("inner-network", host)
        return proxy

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
            async with self._pool(url).stream(
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
        except (
            httpcore2.TimeoutException,
            httpcore2.NetworkError,
            httpcore2.ProtocolError,
        ) as error:
            raise failure_of(error) from error
        except (httpcore2.UnsupportedProtocol, OSError, ValueError, UnicodeError) as error:
            raise failure_of(error) from error

    async def _body(self, response: httpcore2.Response, coding: str) -> tuple[bytes, bool]:
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
        for pool in (self.pool, *self.proxies.values()):
            await pool.aclose()
