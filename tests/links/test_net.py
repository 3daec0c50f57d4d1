"""Requests to a host on loopback. Nobody else is asked."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from scripts.links import net
from scripts.links.net import RequestFailed, fetch, make_session


class Host(BaseHTTPRequestHandler):
    """A host on loopback that answers by path, and keeps its requests."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        body, headers = b"<title>x</title><p>Hej", {"Content-Type": "text/html"}
        if self.path == "/gzip":
            body, headers["Content-Encoding"] = gzip.compress(body), "gzip"
        elif self.path == "/stor":
            body = b"<p>" * 2_000_000
        elif self.path == "/bild":
            headers["Content-Type"] = "image/png"
        elif self.path == "/hem":
            headers["Location"] = "/"
        self.server.seen.append((self.path, self.headers))
        self.send_response(302 if "Location" in headers else 200)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def waits(monkeypatch) -> list[float]:
    """The pauses, in seconds; nobody waits for them."""
    pauses: list[float] = []
    monkeypatch.setattr(time, "sleep", pauses.append)
    return pauses


@pytest.fixture
def host(monkeypatch, waits):  # noqa: ARG001
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    with ThreadingHTTPServer(("127.0.0.1", 0), Host) as server:
        server.seen = []
        server.url = f"http://127.0.0.1:{server.server_port}"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def test_fetch_reads_a_page_and_says_who_asks(host):
    session = make_session("link-check/1 (+a@b.se)")
    answer = fetch(session, f"{host.url}/gzip?q=å")
    assert (answer.status, answer.type, answer.is_whole) == (200, "text/html", True)
    assert b"Hej" in answer.body
    ((path, headers),) = host.seen
    assert path == "/gzip?q=%C3%A5" and headers["User-Agent"] == "link-check/1 (+a@b.se)"


def test_fetch_huge_page_is_read_in_part_and_a_picture_not_at_all(host):
    session = make_session("x")
    answer = fetch(session, f"{host.url}/stor")
    assert len(answer.body) == net.MAX_BODY and not answer.is_whole
    assert fetch(session, f"{host.url}/bild").body == b""


def test_session_has_a_second_between_requests_to_a_host(host, waits):
    session = make_session("x")
    for path in ("/", "/hem", "/"):  # /hem leads on to /
        fetch(session, host.url + path)
    assert [round(wait) for wait in waits if wait > 0.1] == [1, 2, 3]
    assert [path for path, _ in host.seen] == ["/", "/hem", "/", "/"]


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("https://127.0.0.1:{port}/", "certificate"),
        ("http://127.0.0.1:1/", "no-answer"),
        ("file:///etc/passwd", "bad-address"),
    ],
)
def test_fetch_without_answer_says_why(host, url, reason):
    with pytest.raises(RequestFailed) as raised:
        fetch(make_session("x"), url.format(port=host.server_port))
    assert raised.value.reason == reason


def test_fetch_unknown_host_name_says_so(host, monkeypatch):  # noqa: ARG001
    def look_up(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    with pytest.raises(RequestFailed) as raised:
        fetch(make_session("x"), "http://finns-inte.example/")
    assert raised.value.reason == "no-such-host"
