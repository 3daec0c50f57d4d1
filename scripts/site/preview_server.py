"""HTTP server of the preview, on 127.0.0.1 only: serves a built folder, and answers its open pages
when they ask which build that is and what is wrong with it."""

from __future__ import annotations

import http.server
import json
import threading
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from urllib.parse import unquote, urlsplit

from scripts.site.csp import PAGE_POLICY

SCRIPT = Path(__file__).with_name("preview_server.js")
SCRIPT_PATH = "/.preview/preview.js"
STATE_PATH = "/.preview/state"
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


@dataclass
class PreviewState:
    """The state that the server shows; the preview changes it while the server runs."""

    root: Path  # the served folder; each build has one of its own, whose name is its version
    message: str = ""  # the findings, shown on every page; "" if there are none


class Handler(http.server.BaseHTTPRequestHandler):
    """Serves the folder of ``state`` as a static host does, and adds the preview's script to each
    page."""

    state: PreviewState
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer with the preview's state or its script, or with a file of the built folder."""
        path = unquote(urlsplit(self.path).path)
        host = (self.headers.get("Host") or "").partition(":")[0]
        if host not in ("127.0.0.1", "localhost"):  # DNS rebinding: a foreign name for this machine
            self.answer(HTTPStatus.FORBIDDEN, "text/plain", b"")
        elif path == STATE_PATH:
            state = {"version": self.state.root.name, "message": self.state.message}
            self.answer(HTTPStatus.OK, "application/json", json.dumps(state).encode())
        elif path == SCRIPT_PATH:
            self.answer(HTTPStatus.OK, CONTENT_TYPES[".js"], SCRIPT.read_bytes())
        else:
            self.serve_file(path)

    def serve_file(self, path: str) -> None:
        """Answer with the file of the built folder at a URL path, "/a/", or else with 404.html. A
        folder's path without the slash at the end, "/a", redirects to the path with it."""
        root = self.state.root.resolve()
        file = (root / path.lstrip("/")).resolve()
        if file.is_dir() and not path.endswith("/"):
            self.send_response(HTTPStatus.MOVED_PERMANENTLY)
            self.send_header("Location", f"{urlsplit(self.path).path}/")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        if file.is_dir():
            file /= "index.html"
        status = HTTPStatus.OK
        if not file.is_relative_to(root) or not file.is_file():
            file = root / "404.html"
            status = HTTPStatus.NOT_FOUND
        data = file.read_bytes()
        if file.suffix == ".html":
            data = self.add_script(data, root.name)
        self.answer(status, CONTENT_TYPES.get(file.suffix, "application/octet-stream"), data)

    def add_script(self, page: bytes, version: str) -> bytes:
        """Return the HTML ``page`` with a tag for the preview's script, which has the build's
        ``version``, and with a Content-Security-Policy that lets the script ask for the state."""
        tag = f'<script src="{SCRIPT_PATH}" data-version="{version}"></script>'
        policy = f"{PAGE_POLICY}; connect-src 'self'"
        page = page.replace(b"</body>", f"{tag}</body>".encode(), 1)
        return page.replace(PAGE_POLICY.encode(), policy.encode(), 1)

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
    """An HTTP server that handles each connection in a thread, and prints no tracebacks."""

    def handle_error(self, *_: object) -> None:
        """Ignore an error while answering: the browser has closed the connection, or the file is of
        a build that was just deleted, and the page reloads soon."""


def start(state: PreviewState, port: int) -> Server:
    """Start to serve ``state`` on 127.0.0.1, from background threads; return the server. Raises
    OSError if the port is taken."""
    handler = type("PreviewHandler", (Handler,), {"state": state})
    server = Server(("127.0.0.1", port), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server
