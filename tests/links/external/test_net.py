from __future__ import annotations

import asyncio
import base64
import ssl
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar
from urllib.request import getproxies_environment

import httpcore2
import pytest

from scripts.links.external.answers import Answer, Failure, Limits
from scripts.links.external.guard import GuardedBackend, system_dial
from scripts.links.external.net import NetTransport, failure_of


def chained(outer: Exception, inner: Exception) -> Exception:
    outer.__cause__ = inner
    return outer


def certificate(code: int) -> ssl.SSLCertVerificationError:
    error = ssl.SSLCertVerificationError("x")
    error.verify_code, error.verify_message = code, "why"
    return error


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (chained(httpcore2.ConnectError("x"), Failure("inner-network")), "inner-network"),
        (chained(httpcore2.ConnectError("x"), certificate(10)), "tls-expired"),
        (chained(httpcore2.ConnectError("x"), certificate(62)), "tls-wrong-host"),
        (chained(httpcore2.ConnectError("x"), certificate(77)), "tls"),
        (chained(httpcore2.ConnectError("x"), ssl.SSLError("x")), "tls"),
        (httpcore2.ConnectError("x"), "refused"),
        (httpcore2.ReadTimeout("x"), "timeout"),
        (httpcore2.RemoteProtocolError("x"), "protocol"),
        (httpcore2.ReadError("x"), "broken-off"),
        (OSError("x"), "broken-off"),
    ],
)
def test_what_lies_beneath_an_error(error, reason):
    assert failure_of(error).reason == reason


class Proxy(BaseHTTPRequestHandler):
    """Answers for every host, and remembers what it was asked."""

    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(f"{self.path} {self.headers.get('Proxy-Authorization', '')}".strip())
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ja")

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def proxy():
    Proxy.asked.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Proxy) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"127.0.0.1:{server.server_port}"
        server.shutdown()


def get(url: str, environment: dict[str, str], monkeypatch) -> Answer:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    async def resolve(host: str, port: int) -> list[str]:  # noqa: ARG001
        raise Failure("no-such-host", host)

    async def run() -> Answer:
        backend = GuardedBackend(resolve, system_dial)
        net = NetTransport(Limits(connect=2), "prov", backend, proxies=getproxies_environment())
        try:
            return await net.exchange("GET", url, {})
        finally:
            await net.close()

    return asyncio.run(run())


@pytest.mark.parametrize("name", ["http_proxy", "all_proxy"])
def test_the_proxy_of_the_environment_is_asked(proxy, monkeypatch, name):
    answer = get(
        "http://plats.example.org/a?b", {name: f"http://anna:hem%40lig@{proxy}"}, monkeypatch
    )
    secret = base64.b64encode(b"anna:hem@lig").decode()
    assert answer.body == b"ja"
    assert Proxy.asked == [f"http://plats.example.org/a?b Basic {secret}"]


@pytest.mark.parametrize(
    ("environment", "reason"),
    [
        ({}, "no-such-host"),
        ({"https_proxy": "http://{}"}, "no-such-host"),
        ({"http_proxy": "http://{}", "no_proxy": "example.org"}, "no-such-host"),
    ],
)
def test_what_is_not_for_the_proxy_goes_without_it(proxy, monkeypatch, environment, reason):
    settings = {name: value.format(proxy) for name, value in environment.items()}
    with pytest.raises(Failure) as raised:
        get("http://plats.example.org/", settings, monkeypatch)
    assert (raised.value.reason, Proxy.asked) == (reason, [])


def test_no_inner_address_is_handed_to_a_proxy(proxy, monkeypatch):
    with pytest.raises(Failure) as raised:
        get("http://10.0.0.1/", {"http_proxy": proxy}, monkeypatch)
    assert (raised.value.reason, Proxy.asked) == ("inner-network", [])


def test_a_proxy_of_another_kind_is_told_without_its_password(monkeypatch):
    with pytest.raises(ValueError, match="kan inte användas") as raised:
        get("http://a.se/", {"http_proxy": "socks5://a:hemligt@b.se:1"}, monkeypatch)
    assert "hemligt" not in str(raised.value)
