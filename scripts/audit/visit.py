"""Visit a page in the browser: measure it, and find faults."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

from scripts.audit.browser import record_errors
from scripts.content.content import Content
from scripts.core import environment
from scripts.core.findings import Finding

SCRIPT = Path(__file__).with_name("visit.js")
AXE = environment.WORK / "node/node_modules/axe-core/axe.min.js"
# Width and height of the window, in CSS pixels.
DESK = (1280, 800)
SMALL = (320, 667)
PHONE = (375, 667)
# Name → CSS of WCAG 2.2: text twice as large (1.4.4; the theme has 125 %), text spacing (1.4.12).
ENLARGED = {
    "dubbel text": "html { font-size: 250% !important; }",
    "mer luft": """* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
        word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }""",
}


class PageFault(NamedTuple):
    """A fault of a page, with the id of the heading above it; "" before the first."""

    rule: str
    message: str
    anchor: str = ""


def resize(page: Any, window: tuple[int, int]) -> None:
    """Set the size of the browser's window, in CSS pixels."""
    page.set_viewport_size({"width": window[0], "height": window[1]})


def inject_script(page: Any) -> None:
    """Load visit.js in the open page, as window.audit."""
    page.evaluate(SCRIPT.read_text(encoding="utf-8") + "\nwindow.audit = audit;")


def visit_page(page: Any, base: str, address: str) -> tuple[dict[str, float], list[PageFault]]:
    """Open the page at ``address`` in ``page``, a new tab; return measure → value, and the faults.

    ``base``: URL of the site.
    """
    faults: list[PageFault] = []

    def run(script: str, suffix: str = "") -> None:
        """Run a check of visit.js; add its faults, with ``suffix`` after their messages."""
        for rule, message, anchor in page.evaluate(script):
            faults.append(PageFault(rule, f"{message}{suffix}", anchor))

    errors = record_errors(page, base)
    resize(page, DESK)
    page.emulate_media(reduced_motion="reduce")  # else colours are measured during a transition
    page.goto(base + address)
    inject_script(page)
    run("audit.markup()")
    for window in (DESK, SMALL, PHONE):
        resize(page, window)
        run("audit.width()", f" vid {window[0]} px")
    figures: dict[str, float] = page.evaluate("audit.figures()")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    run("audit.axe()")
    for name, css in ENLARGED.items():
        for window in (DESK, PHONE):
            resize(page, window)
            run(f"audit.enlarge(`{css}`)", f" vid {window[0]} px, {name}")
    run("audit.stored()")
    faults += [PageFault("console", message) for message in errors]
    return figures, faults


def measure_transfer(site: Path, address: str) -> dict[str, float]:
    """Return measure → value for the files of a first visit to ``address``, compressed with gzip as
    by a server: "bytes" of all, of "html" and of "script", and number of "requests"."""
    page = site / address / "index.html"
    tree = LexborHTMLParser(page.read_bytes())
    links = [e.attributes["href"] for e in tree.css("link[rel=stylesheet], link[rel=icon]")]
    links += [e.attributes["src"] for e in tree.css("script[src]")]
    page_url = f"https://site.invalid/{address}"
    paths = [urlsplit(urljoin(page_url, link)).path for link in links]
    files = [page, *(site / unquote(path)[1:] for path in paths)]
    sizes = {file: len(gzip.compress(file.read_bytes(), 9)) for file in files}
    script = sum(size for file, size in sizes.items() if file.suffix == ".js")
    total = sum(sizes.values())
    return {"bytes": total, "html": sizes[page], "script": script, "requests": len(sizes)}


def page_addresses(site: Path) -> Iterator[str]:
    """Yield the addresses of a built site's pages ("", "odla/tomat/"), without redirects."""
    for file in sorted(site.rglob("index.html")):
        address = file.parent.relative_to(site).as_posix() + "/"
        text = file.read_text(encoding="utf-8")
        if 'id="innehall"' in text:
            yield "" if address == "./" else address


def to_finding(content: Content, address: str, fault: PageFault) -> Finding:
    """Return a fault as a finding at its heading in the page's source, or in the built file if the
    page has no source."""
    page = next((page for page in content.pages.values() if page.address == address), None)
    if page is None:
        return Finding(PurePosixPath("site", address, "index.html"), 1, fault.rule, fault.message)
    heading = re.compile(rf"\{{#{re.escape(fault.anchor)}[ }}]")
    line = next((number for number, text in page.lines() if heading.search(text)), 1)
    return Finding(page.display_path, line, fault.rule, fault.message)
