from __future__ import annotations

import contextlib
import functools
import http.server
import threading
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from scripts.publish.servers.headers import Publication
from tests.browser.firefox import FIREFOX
from tests.conftest import ROOT
from tests.machine import find_browser

SITE = ROOT / "site"
# scripts/test.py installs it where it may; elsewhere Chromium alone must do.
collect_ignore = [] if FIREFOX else ["test_firefox.py"]
HOST = Publication("/", frame_ancestors="*", redirects=(), files=())
WIDTHS = (1280, 375, 320)
# One page of each kind, for what would take too long on all of them.
TEMPLATES = (
    "",
    "betanketid/ansok/",
    "betanketid/vagledning/asyl/",
    "checklistor/misstanke/",
    "definitioner/ordlista/",
    "kontakt/regionkoordinatorer/",
    "om/english/",
    "upptacka/forsta-dygnet-barn/",
    "404.html",
)


def addresses(site: Path = SITE) -> list[str]:
    """Every page of the built site as a server gives it: "", "betanketid/ansok/", "404.html"."""
    files = (f.relative_to(site).as_posix() for f in site.rglob("*.html"))
    # /p/KEY/ only sends its reader on (tests/paper/test_handouts.py); frames: test_embed.py
    kept = (f for f in files if not is_twin(f) and not f.startswith(("p/", "badda-in/")))
    return sorted(f.removesuffix("index.html") for f in kept)


def is_twin(file: str) -> bool:
    """Whether it is one of the guide's pages that only differ in words: two stand for them all."""
    parts = file.split("/")
    return "vagledning" in parts[:-2] and parts[-2] not in ("hela", "vistelse", "asyl")


def pytest_generate_tests(metafunc):
    if "address" in metafunc.fixturenames:
        metafunc.parametrize("address", addresses(), ids=lambda a: a or "start")
    if "template" in metafunc.fixturenames:
        metafunc.parametrize("template", TEMPLATES, ids=lambda a: a or "start")
    if "width" in metafunc.fixturenames:
        metafunc.parametrize("width", WIDTHS)


class SiteHandler(http.server.SimpleHTTPRequestHandler):
    """Serves as a good host does: precompressed files, and the headers we ship, so that what breaks
    the policy for content is an error in the browser's console."""

    protocol_version = "HTTP/1.1"

    def end_headers(self):
        for name, value in HOST.headers(self.path.split("?")[0].lstrip("/")).items():
            self.send_header(name, value)
        super().end_headers()

    def send_head(self):
        file = Path(self.translate_path(self.path))
        file = file / "index.html" if self.path.split("?")[0].endswith("/") else file
        packed = file.with_name(file.name + ".gz")
        if not packed.is_file() or "gzip" not in self.headers.get("Accept-Encoding", ""):
            return super().send_head()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(file)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(packed.stat().st_size))
        self.end_headers()
        return packed.open("rb")

    def log_message(self, *_):
        pass


@contextlib.contextmanager
def serve(site: Path):
    """Give the address of a server on loopback that shows the folder."""
    handler = functools.partial(SiteHandler, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="session")
def base(site: Path):
    """The address of a server on loopback that gives the built site."""
    with serve(site) as address:
        yield address


@pytest.fixture(scope="package")
def browser():
    """The system's Chromium; scripts/test.py finds or installs it.

    For this folder only: Playwright keeps an event loop running, and no other can start beside it.
    """
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_browser(),
            # It refuses its sandbox to root, and calls home at start unless told not to.
            args=["--no-sandbox", "--disable-background-networking", "--no-first-run"],
        )
        yield browser
        browser.close()


@pytest.fixture
def page(browser):
    """A page of its own: no storage, no history."""
    context = browser.new_context(locale="sv-SE")
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def troubles(page, base):
    """What goes wrong while a page is open: console errors, failed or foreign requests."""
    found: list[str] = []

    def on_request(request):
        if not request.url.startswith((base, "data:", "blob:" + base)):
            found.append(f"lämnar webbplatsen: {request.url}")

    page.on("request", on_request)
    # aborted: the test itself went on to the next page
    page.on(
        "requestfailed",
        lambda r: "ERR_ABORTED" in r.failure or found.append(f"misslyckades: {r.url} {r.failure}"),
    )
    page.on("response", lambda r: r.status >= 400 and found.append(f"{r.status}: {r.url}"))
    page.on("console", lambda m: m.type in ("error", "warning") and found.append(m.text))
    page.on("pageerror", lambda e: found.append(str(e)))
    return found
