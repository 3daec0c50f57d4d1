"""Sends one request over a guarded connection: HTTP/1.1 and HTTP/2, TLS always verified."""

from __future__ import annotations

import ssl
import zlib

import certifi
import httpcore

from scripts.links.external.answers import Answer, Failure, Limits

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
            return Failure("tls", getattr(link, "reason", None) or "")
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
