"""One visit a page: what it measures, and which fault stands where."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

from scripts.audit.browser import listen
from scripts.content.content import Content
from scripts.core import environment
from scripts.core.findings import Finding

SCRIPT = Path(__file__).with_name("visit.js")
AXE = environment.WORK / "node/node_modules/axe-core/axe.min.js"
DESK, SMALL, PHONE = (1280, 800), (320, 667), (375, 667)
# WCAG 2.2: text twice as large (1.4.4; the theme's own is 125 %), more space in it (1.4.12).
ENLARGED = {
    "dubbel text": "html { font-size: 250% !important; }",
    "mer luft": """* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
        word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }""",
}


class Fault(NamedTuple):
    """What is wrong on a page, and the id of the heading it stands under; "" for the page."""

    rule: str
    words: str
    under: str = ""


def resize(page: Any, window: tuple[int, int]) -> None:
    page.set_viewport_size({"width": window[0], "height": window[1]})


def inject(page: Any) -> None:
    """Give the open page visit.js."""
    page.evaluate(SCRIPT.read_text(encoding="utf-8") + "\nwindow.audit = audit;")


def visit(page: Any, base: str, address: str) -> tuple[dict[str, float], list[Fault]]:
    """Open the page at ``address`` in a tab of its own; return its figures and faults."""
    found: list[Fault] = []

    def ask(question: str, where: str = "") -> None:
        for rule, words, under in page.evaluate(question):
            found.append(Fault(rule, f"{words}{where}", under))

    heard = listen(page, base)
    resize(page, DESK)
    page.emulate_media(reduced_motion="reduce")  # colours on their way would be measured so
    page.goto(base + address)
    inject(page)
    ask("audit.markup()")
    for window in (DESK, SMALL, PHONE):
        resize(page, window)
        ask("audit.width()", f" vid {window[0]} px")
    figures: dict[str, float] = page.evaluate("audit.figures()")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    ask("audit.axe()")
    for name, css in ENLARGED.items():
        for window in (DESK, PHONE):
            resize(page, window)
            ask(f"audit.enlarge(`{css}`)", f" vid {window[0]} px, {name}")
    ask("audit.stored()")
    return figures, found + [Fault("console", words) for words in heard]


def weigh(site: Path, address: str) -> dict[str, float]:
    """Return what a first visit to ``address`` takes, as servers send it (gzip): bytes, those of
    the page itself and of script, and number of files."""
    page = site / address / "index.html"
    tree = LexborHTMLParser(page.read_bytes())
    named = [e.attributes["href"] for e in tree.css("link[rel=stylesheet], link[rel=icon]")]
    named += [e.attributes["src"] for e in tree.css("script[src]")]
    paths = [urlsplit(urljoin(f"https://site.invalid/{address}", name)).path for name in named]
    files = [page, *(site / unquote(path)[1:] for path in paths)]
    sizes = {file: len(gzip.compress(file.read_bytes(), 9)) for file in files}
    script = sum(size for file, size in sizes.items() if file.suffix == ".js")
    whole = sum(sizes.values())
    return {"bytes": whole, "html": sizes[page], "script": script, "requests": len(sizes)}


def addresses(site: Path) -> Iterator[str]:
    """Yield the pages of text in a built site: "", "odla/tomat/". Short and old addresses only lead
    on."""
    for file in sorted(site.rglob("index.html")):
        address = file.parent.relative_to(site).as_posix() + "/"
        text = file.read_text(encoding="utf-8")
        if 'id="innehall"' in text:
            yield "" if address == "./" else address


def finding(content: Content, address: str, fault: Fault) -> Finding:
    """Return a fault with the file and the line that an editor opens."""
    page = next((page for page in content.pages.values() if page.address == address), None)
    if page is None:
        return Finding(PurePosixPath("site", address, "index.html"), 1, fault.rule, fault.words)
    here = re.compile(rf"\{{#{re.escape(fault.under)}[ }}]")
    line = next((number for number, text in page.lines() if here.search(text)), 1)
    return Finding(page.display_path, line, fault.rule, fault.words)
