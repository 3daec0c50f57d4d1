"""Shows a built folder on this machine alone, and tells its pages when there is a newer one."""

from __future__ import annotations

import hashlib
import http.server
import json
import threading
from collections.abc import Sequence
from http import HTTPStatus
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from scripts.core.findings import Finding
from scripts.site.csp import PAGE_POLICY

SCRIPT = Path(__file__).with_name("preview_server.js")
OWN = "/.preview/"
WAIT = 20  # seconds until a question without news is answered
SHOWN = 8  # findings on the page; the terminal has them all
# Not by Python's mimetypes: Windows has its own opinion of .js. JSON is UTF-8 by its own rule.
CONTENT_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".svg": "image/svg+xml",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
    ".pdf": "application/pdf",
    ".zip": "application/zip",
}


class Live:
    """What is shown: a folder, its version, and what would stop a build of it."""

    def __init__(self) -> None:
        self.root: Path | None = None
        self.version = self.text = ""
        self.news = threading.Condition()

    def show(self, root: Path, more: str = "") -> None:
        """Show another folder, or with ``more`` the same as it has become; the pages that are open
        load themselves again."""
        with self.news:
            self.root, self.version = root, root.name + more
            self.news.notify_all()

    def tell(self, findings: Sequence[Finding | str], stale: bool = False) -> None:
        """Put findings on every page; ``stale``: what is shown is the version before them."""
        head = "Den förra versionen visas. Rätta:" if stale else "Bygget skulle stoppas. Rätta:"
        rows = [str(finding) for finding in findings]
        more = [f"… och {len(rows) - SHOWN} till, i terminalen"] if len(rows) > SHOWN else []
        with self.news:
            self.text = "\n".join([head, *rows[:SHOWN], *more]) if rows else ""
            self.news.notify_all()

    @property
    def told(self) -> str:
        """What stands for the text of the findings."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:10]

    def state(self, version: str, told: str) -> dict[str, str]:
        """Return the state when it is another than that, or after a while."""
        with self.news:
            self.news.wait_for(lambda: (version, told) != (self.version, self.told), WAIT)
            return {"version": self.version, "told": self.told, "text": self.text}


class Handler(http.server.BaseHTTPRequestHandler):
    """Serves ``live``'s folder as a plain host does, with the preview's script on each page."""

    live: Live
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        host = (self.headers.get("Host") or "").partition(":")[0]
        if host not in ("127.0.0.1", "localhost"):  # another site's name for this machine
            self.answer(HTTPStatus.FORBIDDEN, "text/plain", b"")
        elif parts.path == OWN + "state":
            asked = {k: v[0] for k, v in parse_qs(parts.query, keep_blank_values=True).items()}
            state = self.live.state(asked.get("version", ""), asked.get("told", ""))
            self.answer(HTTPStatus.OK, "application/json", json.dumps(state).encode())
        elif parts.path == OWN + "live.js":
            self.answer(HTTPStatus.OK, CONTENT_TYPES[".js"], SCRIPT.read_bytes())
        else:
            self.file(unquote(parts.path))

    def file(self, path: str) -> None:
        """Answer with a file of the folder; with 404.html for one that isn't there."""
        assert self.live.root is not None
        root = self.live.root.resolve()
        try:
            file = (root / path.lstrip("/")).resolve(strict=True)
        except (OSError, ValueError):  # isn't there, or is no path
            file = root / "404.html"
        inside = file.is_relative_to(root)
        if inside and file.is_dir() and not path.endswith("/"):
            self.send_response(HTTPStatus.MOVED_PERMANENTLY)
            self.send_header("Location", f"{urlsplit(self.path).path}/")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        if file.is_dir():
            file /= "index.html"
        if not inside or not file.is_file():
            file = root / "404.html"
        status = HTTPStatus.NOT_FOUND if file.name == "404.html" else HTTPStatus.OK
        data = file.read_bytes() if file.is_file() else b""
        if file.suffix == ".html":
            tag = f'<script src="{OWN}live.js" data-version="{self.live.version}"></script></body>'
            data = data.replace(b"</body>", tag.encode(), 1)
            asks = f"{PAGE_POLICY}; connect-src 'self'"  # that script asks this server
            data = data.replace(PAGE_POLICY.encode(), asks.encode(), 1)
        self.answer(status, CONTENT_TYPES.get(file.suffix, "application/octet-stream"), data)

    def answer(self, status: HTTPStatus, kind: str, data: bytes) -> None:
        """Send it; nothing is kept, for the next version is another."""
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Say nothing: the terminal is for findings."""


class Server(http.server.ThreadingHTTPServer):
    """Answers each question in a thread of its own."""

    def handle_error(self, *_: object) -> None:
        """Say nothing of a browser that has gone before it was answered."""


def start(live: Live, port: int) -> Server:
    """Serve ``live`` on 127.0.0.1, in threads of their own. Raises OSError: the port is taken."""
    handler = type("LiveHandler", (Handler,), {"live": live})
    server = Server(("127.0.0.1", port), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server
