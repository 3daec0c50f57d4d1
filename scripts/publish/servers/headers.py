"""What every server is told of the site: headers, types, what may be kept, what has moved."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit

from scripts.content.config import Config
from scripts.content.content import Content
from scripts.content.files import PICTURES
from scripts.publish.redirects import Redirect, server_redirects

# What the pages load, and nothing more: https://www.w3.org/TR/CSP3/. No page fetches, plays,
# embeds or sends anything; a calendar file is a download, which no directive rules.
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
}
# The same in each page, which a host without headers, or a disk, sends as it is. frame-ancestors
# means nothing there (CSP3, 3.3).
PAGE_POLICY = "; ".join(f"{name} {value}" for name, value in POLICY.items())
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    # Nobody the reader goes on to learns where she came from.
    "Referrer-Policy": "no-referrer",
    # Unknown names are warnings in the browser's console, so only the ones that all know.
    "Permissions-Policy": "camera=(), clipboard-write=(self), display-capture=(), "
    "fullscreen=(self), geolocation=(), microphone=(), midi=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    # A page in a sandboxed iframe has an origin of its own, and must still get its styles.
    "Cross-Origin-Resource-Policy": "cross-origin",
}
# Two years, what the preload list asks for. Never for a folder on somebody else's host: it speaks
# for all of the host. Browsers ignore it on http (RFC 6797, 7.2 forbids sending it there).
HSTS = ("Strict-Transport-Security", "max-age=63072000")
# For programs on other sites, intranets say, which may read them from the visitor's browser.
OPEN = ("Access-Control-Allow-Origin", "*")
OPEN_SUFFIXES = (".json", ".xml")
SUFFIXES = rf"(?:{'|'.join(map(re.escape, OPEN_SUFFIXES))})"

# A changed number must reach everybody at once; only a file whose name changes with its content
# (assets.py) may be kept.
CACHE = "Cache-Control"
SHORT = "public, max-age=60, must-revalidate"
FOR_EVER = "public, max-age=31536000, immutable"
HASHED = r"assets/.+\.[0-9a-f]{10}\.(?:css|js)"

# JSON is UTF-8 by its own rule, and its type has no charset (RFC 8259, 11).
CONTENT_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    **{suffix: f"image/{suffix[1:].replace('jpg', 'jpeg')}" for suffix in PICTURES},
    ".pdf": "application/pdf",
    ".zip": "application/zip",
}

NOTE = "Written by scripts/publish/servers; don't edit."
SERVER_FILES = (".htaccess", "web.config")


@dataclass(frozen=True)
class Publication:
    """What the files say beyond what is the same everywhere."""

    path: str  # where the site stands on its host: "/" or "/kunskap/sajten/"
    frame_ancestors: str
    redirects: Sequence[Redirect]
    files: Sequence[str]  # of the built site, from its root: "assets/site.0123456789.css"

    @classmethod
    def of(cls, content: Content, root: Path, config: Config) -> Publication:
        """Return what there is to say of the site built in ``root``, and of its registers."""
        files = sorted(f.relative_to(root).as_posix() for f in root.rglob("*") if f.is_file())
        path = "/" + urlsplit(config.site_url).path.strip("/")
        redirects = server_redirects(content)
        return cls(path.rstrip("/") + "/", config.extra.security.frame_ancestors, redirects, files)

    @property
    def root(self) -> bool:
        """Whether the host is the site's own."""
        return self.path == "/"

    def headers(self, file: str) -> dict[str, str]:
        """Return the headers of a file of the site, but for its type and HSTS."""
        # "*" would not be everyone: a page in a sandbox, or on a disk, is no host (CSP3, 6.7.2.8).
        all_may = self.frame_ancestors == "*"
        framed = "" if all_may else f"; frame-ancestors {self.frame_ancestors}"
        return {
            "Content-Security-Policy": PAGE_POLICY + framed,
            **HEADERS,
            CACHE: FOR_EVER if re.fullmatch(HASHED, file) else SHORT,
            **(dict([OPEN]) if file.endswith(OPEN_SUFFIXES) else {}),
        }

    def location(self, redirect: Redirect, query: str = "") -> str:
        """Return where a redirect leads, as the header Location has it.

        ``query``: the server's own word for what stood after ?, where it must be told to keep it.
        """
        page, mark, place = redirect.to_path.partition("#")
        return quote(self.path + page) + query + mark + quote(place)


def indented(lines: Iterable[str]) -> Iterator[str]:
    """Yield lines of text one step further in."""
    return (f"    {line}" if line else "" for line in lines)
