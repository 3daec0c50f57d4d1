"""A Chromium and a server on loopback, for the audit and for the tests."""

from __future__ import annotations

import contextlib
import functools
import http.server
import os
import shutil
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # scripts/test.py looks for a browser before any package is installed
    from playwright.sync_api import Browser, Playwright

# Debian's shell comes first: the same Chromium without windows, a third of the work a page.
SHELL = "chromium-headless-shell"
EXECUTABLES = (
    SHELL,
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
)
EXECUTABLE_PATHS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
# Chromium refuses its sandbox to root, and calls home at start unless told not to.
LAUNCH_FLAGS = ("--no-sandbox", "--disable-background-networking", "--no-first-run")


def find_browser() -> str | None:
    """Return the path of a Chromium or one of its kin, or None. CHROMIUM names one by hand."""
    if chosen := os.environ.get("CHROMIUM"):
        return chosen if Path(chosen).is_file() else None
    found = filter(None, map(shutil.which, EXECUTABLES))
    return next(found, None) or next((p for p in EXECUTABLE_PATHS if Path(p).is_file()), None)


@contextlib.contextmanager
def browser(*settings: str) -> Iterator[Browser]:
    """Start the system's Chromium, with a reader's own ``settings``, and end it."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = launch(playwright, *settings)
        yield started
        started.close()


def launch(playwright: Playwright, *settings: str) -> Browser:
    """Return the system's Chromium, started with ``settings``."""
    return playwright.chromium.launch(
        executable_path=find_browser(), args=[*LAUNCH_FLAGS, *settings]
    )


class SiteHandler(http.server.SimpleHTTPRequestHandler):
    """Serves with the headers that we ship, so that what breaks the Content-Security-Policy is an
    error in the browser's console."""

    protocol_version = "HTTP/1.1"
    shipped: Mapping[str, str]

    def end_headers(self) -> None:
        for name, value in self.shipped.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, *_: Any) -> None:
        pass


@contextlib.contextmanager
def serve(site: Path) -> Iterator[str]:
    """Give the address of a server on loopback that shows the folder."""
    from scripts.delivery.server_files import page_headers

    SiteHandler.shipped = page_headers()
    handler = functools.partial(SiteHandler, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def record_errors(page: Any, base: str) -> list[str]:
    """Return a list that fills with what goes wrong while ``page`` is open: the console, and
    requests that fail or leave ``base``."""
    found: list[str] = []
    own = (base, "data:", "blob:" + base)

    def tell(wrong: bool, words: str) -> None:
        if wrong:
            found.append(words)

    page.on("request", lambda r: tell(not r.url.startswith(own), f"anropar annan värd: {r.url}"))
    # aborted: whoever visits went on to the next page
    page.on("requestfailed", lambda r: tell("ABORTED" not in r.failure, f"{r.url}: {r.failure}"))
    page.on("response", lambda r: tell(r.status >= 400, f"{r.status}: {r.url}"))
    page.on("console", lambda m: tell(m.type in ("error", "warning"), m.text))
    page.on("pageerror", lambda e: tell(True, str(e)))
    return found
