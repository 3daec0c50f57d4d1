"""Start Chromium and a server on loopback, for the audit and for the tests."""

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

# Debian's headless shell comes first: it uses a third of the CPU time.
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
# Chromium's sandbox doesn't work for root. The other flags stop its own network requests.
LAUNCH_FLAGS = ("--no-sandbox", "--disable-background-networking", "--no-first-run")


def find_browser() -> str | None:
    """Return the path of a browser based on Chromium, or None. The environment variable CHROMIUM
    overrides the search."""
    chosen = os.environ.get("CHROMIUM")
    if chosen:
        return chosen if Path(chosen).is_file() else None
    for name in EXECUTABLES:
        path = shutil.which(name)
        if path:
            return path
    return next((path for path in EXECUTABLE_PATHS if Path(path).is_file()), None)


@contextlib.contextmanager
def browser(*flags: str) -> Iterator[Browser]:
    """Yield the system's Chromium, started with ``flags`` besides LAUNCH_FLAGS; close it
    afterwards."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = launch(playwright, *flags)
        yield started
        started.close()


def launch(playwright: Playwright, *flags: str) -> Browser:
    """Start the system's Chromium with LAUNCH_FLAGS and ``flags``."""
    return playwright.chromium.launch(executable_path=find_browser(), args=[*LAUNCH_FLAGS, *flags])


class SiteHandler(http.server.SimpleHTTPRequestHandler):
    """Serves a site with the response headers of its server files, so that a violation of the
    Content-Security-Policy is an error in the browser's console."""

    protocol_version = "HTTP/1.1"
    site_headers: Mapping[str, str]

    def end_headers(self) -> None:
        """Add the site's headers to each response."""
        for name, value in self.site_headers.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, *_: Any) -> None:
        """Print nothing: by default each request is a line."""


@contextlib.contextmanager
def serve(site: Path) -> Iterator[str]:
    """Yield the URL of a server on loopback for the folder ``site``; stop it afterwards."""
    from scripts.delivery.server_files import page_headers

    SiteHandler.site_headers = page_headers()
    handler = functools.partial(SiteHandler, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def record_errors(page: Any, base: str) -> list[str]:
    """Return a list that grows while ``page`` is open, with a text for each error: an error or
    warning in the console, an uncaught exception, a failed request, a request to another site than
    that at the URL ``base``."""
    errors: list[str] = []
    own_urls = (base, "data:", "blob:" + base)  # beginnings of the site's own URLs

    def on_request(request: Any) -> None:
        if not request.url.startswith(own_urls):
            errors.append(f"anropar annan värd: {request.url}")

    def on_failure(request: Any) -> None:
        if "ABORTED" not in request.failure:  # aborted: the audit has opened the next page
            errors.append(f"{request.url}: {request.failure}")

    def on_response(response: Any) -> None:
        if response.status >= 400:
            errors.append(f"{response.status}: {response.url}")

    def on_message(message: Any) -> None:
        if message.type in ("error", "warning"):
            errors.append(message.text)

    page.on("request", on_request)
    page.on("requestfailed", on_failure)
    page.on("response", on_response)
    page.on("console", on_message)
    page.on("pageerror", lambda error: errors.append(str(error)))
    return errors
