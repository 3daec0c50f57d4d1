"""Visits a page in the browser: measures it, and finds faults that only a browser shows.

visit.js, which runs in the page, has the single measurements and checks.
"""

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
# A reader's own styles, by their Swedish name: text twice as large (WCAG 2.2, 1.4.4; the theme's is
# 125 %), and text spacing (1.4.12).
READER_STYLES = {
    "dubbel text": "html { font-size: 250% !important; }",
    "mer luft": """* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
        word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }""",
}


class PageFault(NamedTuple):
    """A fault of a page."""

    rule: str
    message: str  # Swedish
    anchor: str = ""  # id of the nearest heading above it; "" before the first


def resize(page: Any, window: tuple[int, int]) -> None:
    """Set the size of the browser's window, in CSS pixels."""
    page.set_viewport_size({"width": window[0], "height": window[1]})


def inject_script(page: Any) -> None:
    """Load visit.js in the open page, as window.audit."""
    page.evaluate(SCRIPT.read_text(encoding="utf-8") + "\nwindow.audit = audit;")


def visit_page(page: Any, base: str, address: str) -> tuple[dict[str, float], list[PageFault]]:
    """Visit the page at ``address`` in ``page``, a new tab; return measure → value on a phone, and
    the page's faults.

    ``base``: URL of the site.
    """
    faults: list[PageFault] = []

    def run(check: str, circumstances: str = "") -> None:
        """Run the check of visit.js that the JavaScript call ``check`` names; add the faults that
        it finds, with the circumstances after their messages."""
        for rule, message, anchor in page.evaluate(f"audit.{check}"):
            faults.append(PageFault(rule, f"{message}{circumstances}", anchor))

    errors = record_errors(page, base)
    resize(page, DESK)
    page.emulate_media(reduced_motion="reduce")  # else colours are measured during a transition
    page.goto(base + address)
    inject_script(page)
    run("ambiguousLinks()")
    run("titles()")
    for window in (DESK, SMALL, PHONE):  # PHONE last: the measures are a phone's
        resize(page, window)
        run("brokenWords()", f" vid {window[0]} px")
        run("sideways()", f" vid {window[0]} px")
    measured: dict[str, float] = page.evaluate("audit.measures()")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    run("accessibility()")
    for name, css in READER_STYLES.items():
        for window in (DESK, PHONE):
            resize(page, window)
            run(f"sidewaysWith(`{css}`)", f" vid {window[0]} px, {name}")
    run("stored()")  # last: what the whole visit has left in the browser's storage
    faults += [PageFault("console", message) for message in errors]
    return measured, faults


def measure_transfer(site: Path, address: str) -> dict[str, float]:
    """Return the measures of a first visit to ``address``. "bytes": of all files that a server
    sends, compressed with gzip; "html": bytes of the page itself; "script": bytes of the scripts;
    "requests": number of files."""
    page = site / address / "index.html"
    tree = LexborHTMLParser(page.read_bytes())
    links = [e.attributes["href"] for e in tree.css("link[rel=stylesheet], link[rel=icon]")]
    links += [e.attributes["src"] for e in tree.css("script[src]")]
    page_url = f"https://site.invalid/{address}"  # any host: only the path is used
    files = {page}
    for link in links:
        path = unquote(urlsplit(urljoin(page_url, link)).path)
        files.add(site / path.removeprefix("/"))
    sizes = {file: len(gzip.compress(file.read_bytes(), 9)) for file in files}
    return {
        "bytes": sum(sizes.values()),
        "html": sizes[page],
        "script": sum(size for file, size in sizes.items() if file.suffix == ".js"),
        "requests": len(sizes),
    }


def page_addresses(site: Path) -> Iterator[str]:
    """Yield the addresses of a built site's pages ("", "odla/tomat/"). Redirects have no content
    and are left out."""
    for file in sorted(site.rglob("index.html")):
        if 'id="innehall"' in file.read_text(encoding="utf-8"):
            address = file.parent.relative_to(site).as_posix() + "/"
            yield "" if address == "./" else address


def to_finding(content: Content, address: str, fault: PageFault) -> Finding:
    """Return a fault as a finding at the nearest heading above the fault in the page's source, or
    in the built file if the page has no source."""
    page = next((page for page in content.pages.values() if page.address == address), None)
    if page is None:
        return Finding(PurePosixPath("site", address, "index.html"), 1, fault.rule, fault.message)
    # The heading's id in Markdown, such as "{#vattna}" or "{#vattna .print}". A fault above the
    # first heading has no id, matches nothing, and is reported on line 1.
    heading = re.compile(rf"\{{#{re.escape(fault.anchor)}[ }}]")
    line = next((number for number, text in page.lines() if heading.search(text)), 1)
    return Finding(page.display_path, line, fault.rule, fault.message)
