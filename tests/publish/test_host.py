"""The published host, as it may be: on loopback, with all that it may do wrong."""

from __future__ import annotations

import datetime as dt
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from scripts.content.content import Content
from scripts.publish.contract import CONTRACT, read_contract
from scripts.publish.host import check, headers, wanted
from scripts.publish.moved import read_register

pytestmark = pytest.mark.slow

DAY = dt.date(2026, 11, 24)
CONTRACT_TEXT = """/ Start
/a/ A
/a/#x X
/a/#flyttad Y
/gammal/ G
/gammal/#z Z
/indragen/ I
/p/a/ → /a/#x
/fil.json
"""
REDIRECTS = """moved:
  "/gammal/": {to: "/a/", since: 2026-01-01, reason: Ett nytt namn.}
  "/a/#flyttad": {to: "/a/#x", since: 2026-01-01, reason: Ett nytt namn.}
retired:
  "/indragen/": {instead: "/a/", since: 2026-01-01, reason: Behövs inte.}
"""
HTML = {"Content-Type": "text/html; charset=utf-8"}
Reply = tuple[int, dict[str, str], bytes]


def replies(base: str) -> dict[str, Reply]:
    """Return what a host that keeps its promises answers."""
    return {
        "/": (200, HTML | headers("*"), b"<h1>Start</h1>"),
        "/a/": (200, HTML, b"<h1>A</h1><p id=x>X</p>"),
        "/gammal/": (308, {"Location": f"{base}/a/"}, b""),
        "/indragen/": (410, HTML, b"<p>Borta"),
        "/p/a/": (308, {"Location": f"{base}/a/#x"}, b""),
        "/fil.json": (200, {"Content-Type": "application/json"}, b"{}"),
    }


@pytest.fixture
def live(tmp_path: Path):
    """Return a function: replies to change, base path → rules and addresses of what is found."""
    docs = tmp_path / "docs"
    (docs / "_data").mkdir(parents=True)
    (docs / CONTRACT).write_text(CONTRACT_TEXT)
    (docs / "_data/redirects.yml").write_text(REDIRECTS)
    promises, faults = read_contract(docs)
    register, more = read_register(Content.read(docs), DAY)
    assert not faults and not more

    def run(changed: dict[str, Reply] | None = None, base: str = ""):
        answers = {base + path: reply for path, reply in replies(base).items()}
        answers |= {base + path: reply for path, reply in (changed or {}).items()}

        class Host(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                lost = answers.get("*" + base, (404, {}, b"borta"))
                status, sent, body = answers.get(self.path, lost)
                self.send_response(status)
                for name, value in sent.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                if self.command == "GET":
                    self.wfile.write(body)

            do_HEAD = do_GET  # noqa: N815

            def log_message(self, *_: object) -> None:
                pass

        with ThreadingHTTPServer(("127.0.0.1", 0), Host) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            origin = f"http://127.0.0.1:{server.server_port}{base}/"
            found = check(origin, wanted(promises, register), headers("*"), docs)
            server.shutdown()
        return [(f.rule, f.message.split(" ")[0]) for f in found], found

    return run


@pytest.mark.parametrize("base", ["", "/kunskap"])
def test_a_host_that_keeps_its_promises_is_clean(live, base):
    assert live(base=base)[0] == []


def test_a_host_without_redirects_may_have_pages_that_lead_on(live):
    def stub(goal: str) -> Reply:
        return 200, HTML, f'<meta http-equiv="refresh" content="0; url={goal}">'.encode()

    changed = {
        "/gammal/": stub("../a/"),
        "/p/a/": stub("../../a/#x"),
        "/indragen/": (200, HTML, b"x"),
    }
    assert live(changed)[0] == []


@pytest.mark.parametrize(
    ("path", "reply", "rule", "says"),
    [
        ("/a/", (404, {}, b""), "live-gone", "svarade 404"),
        ("/a/", (301, {"Location": "/a"}, b""), "live-gone", "svarade 301"),
        ("/fil.json", (404, {}, b""), "live-gone", "svarade 404"),
        ("/a/", (200, HTML, b"<h1>A</h1>"), "live-place", "men inte stället"),
        ("/gammal/", (200, HTML, b"G"), "live-redirect", '"/a/" (308)'),
        ("/gammal/", (404, {}, b""), "live-redirect", "svarade 404"),
        ("/gammal/", (308, {"Location": "/"}, b""), "live-redirect", 'leder till "/"'),
        ("/gammal/", (302, {"Location": "/a/"}, b""), "live-redirect", "kod 302"),
        ("/p/a/", (308, {"Location": "/a/"}, b""), "live-redirect", 'leder till "/a/"'),
        ("/indragen/", (404, {}, b""), "live-gone", "200 eller 410"),
        ("*", (200, HTML, b"hej"), "live-not-found", "ska ge 404"),
        ("/", (200, HTML, b"x"), "live-header", "saknas"),
    ],
)  # fmt: skip
def test_a_broken_promise_is_told(live, path, reply, rule, says):
    _, found = live({path: reply} if path != "*" else {"*": reply})
    assert {f.rule for f in found} == {rule}
    assert all(says in f.message for f in found)
    assert len(found) == (1 if rule != "live-header" else len(headers("*")))
    lines = CONTRACT_TEXT.splitlines()
    if path.startswith("/") and rule != "live-header":
        assert lines[found[0].line - 1].startswith(path)


def test_another_policy_is_told_with_both(live):
    sent = headers("*") | {"Content-Security-Policy": "default-src *"}
    _, (finding,) = live({"/": (200, HTML | sent, b"x")})
    assert "default-src *" in finding.message and "default-src 'none'" in finding.message
    assert finding.severity == "warning"


def test_a_host_that_is_down_is_told_of_each_address(tmp_path):
    docs = tmp_path / "docs"
    (docs / "_data").mkdir(parents=True)
    (docs / CONTRACT).write_text("/a/ A\n")
    promises, _ = read_contract(docs)
    register, _ = read_register(Content.read(docs), DAY)
    found = check("http://127.0.0.1:1/", wanted(promises, register), {}, docs)
    assert [f.rule for f in found] == ["live-gone", "live-not-found"]
