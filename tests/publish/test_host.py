"""The published host, as it may be: on loopback, with all that it may do wrong."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from scripts.content.content import Content
from scripts.publish.host import check
from scripts.publish.promise import CONTRACT, Promise
from scripts.publish.servers.headers import CACHE, Publication
from tests.conftest import page_with

pytestmark = pytest.mark.slow

DOCS = {
    "index.md": "",
    "a.md": page_with("short: a#x\n", "## X {#x}\n"),
    "_data/redirects.yml": (
        "moved: {/gammal/: /a/, /gammal/#z: /a/#x, /a/#y: /a/#x}\nretired: {/borta/: {instead: /}}\n"
    ),
    CONTRACT: "/\n/a/\n/a/#x\n/a/#y\n/borta/\n/borta/#z\n/gammal/\n/gammal/#z\n/p/a/\n",
}
HEADERS = Publication("/", "*", (), ()).headers("index.html")
OLD = b'<meta http-equiv="refresh" content="0; url=../a/"><p id=z>'


def replies(base):
    """Return what a host that keeps its promises answers: path → code, headers, page."""
    return {
        "/": (200, {k: v for k, v in HEADERS.items() if k != CACHE}, b"<h1>Start</h1>"),
        "/a/": (200, {}, b"<h2 id=x><span id=y></span>X</h2>"),
        "/borta/": (200, {}, b"Borta"),
        "/gammal/": (308, {"Location": f"{base}/a/"}, b""),
        "/p/a/": (308, {"Location": f"{base}/a/#x"}, b""),
    }


@pytest.fixture
def live(docs):
    """Return a function: the answers to change, the base path → (rule, what it is about)."""
    promise, servers = Promise.of(Content.read(docs(DOCS))), []

    def ask(changed, base=""):
        answers = replies(base) | changed

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                code, headers, body = answers.get(self.path.removeprefix(base), (404, {}, b""))
                self.send_response(code)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        faults = check(f"http://127.0.0.1:{server.server_port}{base}/", promise, "*")
        return [(fault.rule, fault.message.split(" ")[0]) for fault in faults]

    yield ask
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize("base", ["", "/kunskap/stod"])
def test_a_host_that_keeps_its_promises_has_no_fault(live, base):
    assert live({}, base) == []


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({"/a/": (404, {}, b"")}, ("live-gone", "/a/")),
        ({"/a/": (200, {}, b"<p id=x>")}, ("live-place", "/a/#y")),
        ({"/a/": (301, {"Location": "/"}, b"")}, ("live-gone", "/a/")),
        ({"/borta/": (410, {}, b"")}, ("live-gone", "/borta/")),
        ({"/gammal/": (308, {"Location": "/"}, b"")}, ("live-redirect", "/gammal/")),
        ({"/gammal/": (200, {}, b"")}, ("live-redirect", "/gammal/")),
        ({"/gammal/": (302, {"Location": "/a/"}, b"")}, ("live-redirect", "/gammal/")),
        ({"/p/a/": (308, {"Location": "/a/"}, b"")}, ("live-redirect", "/p/a/")),
        ({"/finns-inte-9f3c1d/": (200, {}, b"")}, ("live-not-found", "En")),
    ],
)
def test_each_promise_that_is_broken_is_told(live, changed, found):
    assert live(changed) == [found]


def test_a_page_may_lead_on(live):
    assert live({"/gammal/": (200, {}, OLD)}) == []


def test_each_header_that_the_site_needs_is_told(live):
    assert live({"/": (200, {}, b"")}) == [("live-header", "Startsidans")] * (len(HEADERS) - 1)


def test_a_host_that_does_not_answer_is_told(docs):
    promise = Promise.of(Content.read(docs({CONTRACT: "/a/\n"})))
    rules = [fault.rule for fault in check("http://127.0.0.1:1", promise, "*")]
    assert rules == ["live-gone", "live-not-found"] or rules == ["live-not-found", "live-gone"]
