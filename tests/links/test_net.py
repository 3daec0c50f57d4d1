"""A host on loopback, asked as if it stood on the open net. Nobody else is asked."""

from __future__ import annotations

import gzip
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from scripts.links import net
from scripts.links.net import RequestFailed, fetch, is_public, make_session

INNER = [
    *("10.0.0.1", "127.0.0.1", "169.254.169.254", "100.64.0.1", "224.0.0.1", "0.0.0.0"),
    *("255.255.255.255", "::", "::1", "fe80::1%eth0", "fd00::1", "ff02::1", "2001:db8::1"),
    "::ffff:10.0.0.1",
]


@pytest.mark.parametrize("address", INNER)
def test_an_inner_network_is_refused(address):
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "193.11.1.1", "::ffff:8.8.8.8", "2a00:1450::1"]
)
def test_what_everybody_reaches_is_not_refused(address):
    assert is_public(address)


class Host(BaseHTTPRequestHandler):
    """A host on loopback that answers by path, and keeps what it was asked."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        body, more = b"<title>x</title><p>Hej", {"Content-Type": "text/html"}
        if self.path == "/gzip":
            body, more = gzip.compress(body), {**more, "Content-Encoding": "gzip"}
        elif self.path == "/stor":
            body = b"<p>" * 2_000_000
        elif self.path == "/bild":
            more = {"Content-Type": "image/png"}
        elif self.path == "/vidare":
            more = {"Location": self.server.goal}
        elif self.path == "/hem":
            more = {"Location": "/"}
        elif self.path == "/kaka":
            more["Set-Cookie"] = "a=b"
        self.server.seen.append((self.path, self.headers))
        self.send_response(302 if "Location" in more else 500 if self.path == "/trasig" else 200)
        for name, value in more.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def waits(monkeypatch) -> list[float]:
    """What has been waited for, in seconds: nobody waits in truth."""
    found: list[float] = []
    monkeypatch.setattr(time, "sleep", found.append)
    return found


@pytest.fixture
def host(monkeypatch, waits):  # noqa: ARG001
    """A host that every name leads to, as if it stood on the open net."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    with ThreadingHTTPServer(("127.0.0.1", 0), Host) as server:
        server.seen = []
        threading.Thread(target=server.serve_forever, daemon=True).start()
        look_up = net.socket.getaddrinfo
        monkeypatch.setattr(net, "is_public", lambda ip: ip == "127.0.0.1" or is_public(ip))

        def found(name: str, *given: object, **more: object):
            return look_up("127.0.0.1" if name == "plats.se" else name, *given, **more)

        monkeypatch.setattr(net.socket, "getaddrinfo", found)
        yield server
        server.shutdown()


def test_a_page_is_asked_for_by_name_and_read(host):
    made = make_session("link-check/1 (+a@b.se)")
    root = f"http://plats.se:{host.server_port}"
    answer = fetch(made, f"{root}/gzip?q=å")
    assert (answer.status, answer.type, answer.whole) == (200, "text/html", True)
    assert b"Hej" in answer.body
    ((path, headers),) = host.seen
    assert path == "/gzip?q=%C3%A5" and headers["User-Agent"] == "link-check/1 (+a@b.se)"
    big = fetch(made, f"{root}/stor")
    assert len(big.body) == net.MAX_BODY and not big.whole
    assert fetch(made, f"{root}/bild").body == b"", "a picture isn't fetched"
    fetch(made, f"{root}/kaka")
    fetch(made, f"{root}/")
    assert host.seen[-1][1]["Cookie"] == "a=b"


@pytest.mark.parametrize(
    "goal",
    [
        "http://10.0.0.1/",
        "http://[::ffff:10.0.0.1]/",
        "http://169.254.169.254/",
        "http://a:b@plats.se/",
    ],
)
def test_no_redirect_leads_to_an_inner_network_or_takes_a_password_along(host, goal):
    host.goal = goal
    with pytest.raises(RequestFailed, match=r"inner-network|bad-address|no-such-host") as raised:
        fetch(make_session("x"), f"http://plats.se:{host.server_port}/vidare")
    assert len(host.seen) == 1 and "a:b" not in str(raised.value)


def test_a_host_has_a_second_between_questions_and_none_waits_for_another(host, waits):
    made = make_session("x")
    root = f"http://plats.se:{host.server_port}"
    for path in ("/", "/hem", "/trasig"):  # /hem leads on to /
        fetch(made, root + path)
    assert [round(wait) for wait in waits if wait > 0.1] == [1, 2, 3]
    assert [path for path, _ in host.seen] == ["/", "/hem", "/", "/trasig"]


def test_a_name_that_leads_to_an_inner_network_is_not_dialled(host, monkeypatch):
    monkeypatch.setattr(net, "is_public", is_public)
    with pytest.raises(RequestFailed, match="inner-network"):
        fetch(make_session("x"), f"http://plats.se:{host.server_port}/")
    assert host.seen == []


def test_the_proxy_of_the_environment_is_asked_but_not_for_an_inner_address(host, monkeypatch):
    monkeypatch.setenv("http_proxy", f"http://anna:hem%40lig@127.0.0.1:{host.server_port}")
    assert fetch(make_session("x"), "http://annan.example.org/a?b").status == 200
    ((path, headers),) = host.seen
    assert path == "http://annan.example.org/a?b" and headers["Proxy-Authorization"]
    with pytest.raises(RequestFailed, match="inner-network"):
        fetch(make_session("x"), "http://10.0.0.1/")
    assert len(host.seen) == 1


@pytest.mark.parametrize(("scheme", "reason"), [("https", "certificate"), ("http", "no-answer")])
def test_what_brings_no_answer_is_told_apart(host, scheme, reason):
    port = host.server_port if scheme == "https" else 1
    with pytest.raises(RequestFailed) as raised:
        fetch(make_session("x"), f"{scheme}://plats.se:{port}/")
    assert raised.value.reason == reason
