"""HTTP server of the preview, on 127.0.0.1 only: serves a built folder, and lets its open pages
reload when a newer build replaces it."""

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
WAIT = 20  # seconds that a long poll waits for a change
MAX_FINDINGS = 8  # on a page; the terminal lists all of them
# Not from Python's mimetypes: on Windows the registry may give .js another type.
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


class PreviewState:
    """The folder that is served, its version, and the findings that would stop a build of it."""

    def __init__(self) -> None:
        self.root: Path | None = None
        self.version = ""
        self.findings_text = ""
        self.changed = threading.Condition()

    def show(self, root: Path, more: str = "") -> None:
        """Serve the folder ``root``; open pages reload.

        ``more``: distinguishes a new state of a folder that is served already.
        """
        with self.changed:
            self.root = root
            self.version = root.name + more
            self.changed.notify_all()

    def set_findings(self, findings: Sequence[Finding | str], stale: bool = False) -> None:
        """Show findings on every page. ``stale``: the served pages are from before them."""
        head = "Den förra versionen visas. Rätta:" if stale else "Bygget skulle stoppas. Rätta:"
        rows = [str(finding) for finding in findings]
        more = (
            [f"… och {len(rows) - MAX_FINDINGS} till, i terminalen"]
            if len(rows) > MAX_FINDINGS
            else []
        )
        with self.changed:
            self.findings_text = "\n".join([head, *rows[:MAX_FINDINGS], *more]) if rows else ""
            self.changed.notify_all()

    @property
    def findings_hash(self) -> str:
        """Hash of the findings text."""
        return hashlib.sha256(self.findings_text.encode()).hexdigest()[:10]

    def state(self, version: str, findings_hash: str) -> dict[str, str]:
        """Long poll: return the state when it differs from the client's, or after WAIT seconds."""

        def differs() -> bool:
            return version != self.version or findings_hash != self.findings_hash

        with self.changed:
            self.changed.wait_for(differs, WAIT)
            return {
                "version": self.version,
                "findings_hash": self.findings_hash,
                "text": self.findings_text,
            }


class Handler(http.server.BaseHTTPRequestHandler):
    """Serves the folder of ``preview`` as a static host does, and adds the preview's script to each
    page."""

    preview: PreviewState
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        host = (self.headers.get("Host") or "").partition(":")[0]
        if host not in ("127.0.0.1", "localhost"):  # DNS rebinding: a foreign name for this machine
            self.answer(HTTPStatus.FORBIDDEN, "text/plain", b"")
        elif parts.path == OWN + "state":
            asked = {k: v[0] for k, v in parse_qs(parts.query, keep_blank_values=True).items()}
            state = self.preview.state(asked.get("version", ""), asked.get("findings_hash", ""))
            self.answer(HTTPStatus.OK, "application/json", json.dumps(state).encode())
        elif parts.path == OWN + "preview.js":
            self.answer(HTTPStatus.OK, CONTENT_TYPES[".js"], SCRIPT.read_bytes())
        else:
            self.file(unquote(parts.path))

    def file(self, path: str) -> None:
        """Send a file of the folder, or 404.html where there is none at ``path``."""
        assert self.preview.root is not None
        root = self.preview.root.resolve()
        try:
            file = (root / path.lstrip("/")).resolve(strict=True)
        except (OSError, ValueError):  # no such file, or not a path
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
            version = self.preview.version
            tag = f'<script src="{OWN}preview.js" data-version="{version}"></script>'
            data = data.replace(b"</body>", f"{tag}</body>".encode(), 1)
            policy = f"{PAGE_POLICY}; connect-src 'self'"  # for the script's long poll
            data = data.replace(PAGE_POLICY.encode(), policy.encode(), 1)
        self.answer(status, CONTENT_TYPES.get(file.suffix, "application/octet-stream"), data)

    def answer(self, status: HTTPStatus, content_type: str, data: bytes) -> None:
        """Send a response that the browser doesn't cache: the next build has other bytes."""
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Log nothing: the terminal is for findings."""


class Server(http.server.ThreadingHTTPServer):
    """Handles each request in its own thread."""

    def handle_error(self, *_: object) -> None:
        """Ignore browsers that close the connection before the answer."""


def start(preview: PreviewState, port: int) -> Server:
    """Serve ``preview`` on 127.0.0.1 from background threads. Raises OSError: the port is taken."""
    handler = type("PreviewHandler", (Handler,), {"preview": preview})
    server = Server(("127.0.0.1", port), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server
