"""HTML to PDF/UA with WeasyPrint: tagged, fonts embedded, the same bytes every time.

WeasyPrint needs Pango from the system; where it is missing, the site is built without PDF files.
"""

from __future__ import annotations

import dataclasses
import functools
import importlib.util
import io
import re
import sys
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pikepdf

from scripts.paper.tags import mend

STYLE = Path(__file__).with_name("handouts.css")
# Source Sans has Latin (Vietnamese, too), Cyrillic and Greek; the others are asked for the rest.
# (family, weight or "" where the font has them all, style, package, file)
FACES = (
    ("Text", "400", "normal", "font_source_sans_pro", "SourceSansPro-Regular.otf"),
    ("Text", "400", "italic", "font_source_sans_pro", "SourceSansPro-It.otf"),
    ("Text", "700", "normal", "font_source_sans_pro", "SourceSansPro-Bold.otf"),
    ("TextArab", "", "normal", "fontpkg_noto_sans_arabic", "NotoSansArabic[wdth,wght].ttf"),
    ("TextThai", "", "normal", "fontpkg_noto_sans_thai", "NotoSansThai[wdth,wght].ttf"),
)
UNSEEN = re.compile(r"[\s\u00ad\u200b-\u200f\u2060\u2066-\u2069]")  # spaces, and what only steers
SMALLEST = 8.0  # points: below this, tired eyes give up
STEP = 0.25

CURES = {  # how the system's Pango is had, by sys.platform
    "darwin": "brew install pango",
    "win32": "installera MSYS2 (msys2.org) och i den: pacman -S mingw-w64-x86_64-pango",
    "linux": "sudo apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
}


@dataclasses.dataclass(frozen=True)
class Line:
    """A piece of text and where it stands, in CSS pixels from the page's top left corner."""

    page: int
    x: float
    y: float
    text: str
    heading: bool
    fits: bool  # within the page's margins, and its panel on the pocket card


@dataclasses.dataclass(frozen=True)
class Typeset:
    """A finished PDF."""

    data: bytes
    pages: int
    size: float  # points the text ended at
    misfits: tuple[str, ...]  # what doesn't fit where it stands, in Swedish


def missing_library() -> str | None:
    """Return what to tell the user when the system's Pango isn't there, on one line, else None."""
    try:
        import weasyprint  # noqa: F401
    except OSError:
        cure = CURES.get(sys.platform, CURES["linux"])
        return (
            f"PDF-filerna är inte gjorda: programbiblioteket Pango saknas. Så får du det:  {cure}"
        )
    return None


def _file(package: str, name: str) -> Path:
    return Path(str(importlib.util.find_spec(package).origin)).parent / "files" / name  # type: ignore[union-attr]


@functools.cache
def _fonts() -> tuple[Any, str]:
    from weasyprint.text.fonts import FontConfiguration

    css = "".join(
        f"@font-face {{ font-family: {family}; font-style: {style}; "
        f"{f'font-weight: {weight}; ' if weight else ''}"
        f"src: url({_file(package, name).as_uri()}) }}"
        for family, weight, style, package, name in FACES
    )
    return FontConfiguration(), css + STYLE.read_text(encoding="utf-8")


@functools.cache
def _signs() -> frozenset[str]:
    from fontTools.ttLib import TTFont

    found: set[str] = set()
    for *_, package, name in FACES:
        with TTFont(_file(package, name), lazy=True) as font:
            found.update(map(chr, font.getBestCmap()))
    return frozenset(found)


def unknown_signs(html: str) -> str:
    """Return the signs of ``html``'s text that no packaged font has: a machine's own would do, and
    another machine have none."""
    text = UNSEEN.sub("", unescape(re.sub(r"<[^>]*>", "", html)))
    return "".join(sorted(set(text) - _signs()))


def typeset(html: str, size: float, most: int) -> Typeset:
    """Return ``html`` as PDF/UA in at most ``most`` pages, with text of ``size`` points, or the
    largest below that fits.

    If it doesn't fit at the smallest size, the result has more pages than ``most``: the caller
    says so.
    """
    from weasyprint import CSS, HTML

    configuration, style = _fonts()
    unknown = unknown_signs(html)

    def attempt(steps: int) -> tuple[Any, tuple[str, ...], bool]:
        points = size - steps * STEP
        sized = CSS(string=f"{style} html {{ font-size: {points}pt }}", font_config=configuration)
        laid = HTML(string=html).render(stylesheets=[sized], font_config=configuration)
        missed = tuple(misfits(laid))
        return laid, missed, len(laid.pages) <= most and not missed

    document, wrong, fits = attempt(0)
    # ``low`` steps down are too few; halve what is left until ``high`` is the first that will do
    low, high = 0, int(max(size - SMALLEST, 0) / STEP)
    if not fits and high:
        document, wrong, fits = attempt(high)
        while fits and high - low > 1:
            middle = (low + high) // 2
            tried = attempt(middle)
            if tried[2]:
                document, wrong, high = *tried[:2], middle
            else:
                low = middle
        size -= high * STEP
    data = document.write_pdf(pdf_variant="pdf/ua-1", pdf_tags=True)
    if unknown:
        wrong += (f'inget teckensnitt har tecknen "{unknown}"',)
    return Typeset(_finish(data, html), len(document.pages), size, wrong)


def lines(document: Any) -> Iterator[Line]:
    """Yield every visible piece of text of a rendered document, in reading order."""
    for number, page in enumerate(document.pages, 1):
        box = page._page_box  # no public way to the boxes
        left, top = box.content_box_x(), box.content_box_y()
        limits = (left, top, left + box.width, top + box.height)
        inside = [child for child in box.children if type(child).__name__ != "MarginBox"]
        for child in inside:
            yield from _lines(child, number, limits, heading=False)


def _lines(box: Any, page: int, limits: tuple[float, ...], heading: bool) -> Iterator[Line]:
    box = getattr(box, "_box", box)  # a placeholder for something absolute
    if box.element is not None:
        heading = heading or box.element_tag in ("h1", "h2", "h3", "h4", "h5", "h6")
        if "panel" in (box.element.get("class") or "").split():
            left, top = box.content_box_x(), box.content_box_y()
            limits = (left, top, left + box.width, top + box.height)
    text = (getattr(box, "text", None) or "").strip()
    if text and box.style["visibility"] == "visible":
        x, y = box.position_x, box.position_y
        fits = (
            x >= limits[0] - 1
            and y >= limits[1] - 1
            and x + box.width <= limits[2] + 1
            and y + box.height <= limits[3] + 1
        )
        yield Line(page, x, y, text, heading, fits)
    for child in getattr(box, "children", ()):
        yield from _lines(child, page, limits, heading)


def misfits(document: Any) -> Iterator[str]:
    """Yield text that sticks out of its page or panel, and headings parted from what follows."""
    for page in document.pages:
        yield from _lost(page._page_box)
    last = None
    for line in lines(document):
        if not line.fits:
            yield f'sida {line.page}: "{line.text}" sticker ut'
        # what follows stands on another page, or higher up: in the next column
        if last and last.heading and (line.page > last.page or line.y < last.y - 1):
            yield f'sida {last.page}: rubriken "{last.text}" står ensam sist'
        last = line


def _lost(box: Any) -> Iterator[str]:
    """Yield what a panel at the page's foot has no place for: WeasyPrint leaves it out unsaid."""
    box = getattr(box, "_box", box)
    if box.element is not None and "panel" in (box.element.get("class") or "").split():
        text = "".join(line.text for line in _lines(box, 0, (0, 0, 0, 0), heading=False))
        end = "".join("".join(box.element.itertext()).split())[-12:]
        if not "".join(text.split()).endswith(end):
            yield f'ett fält har inte plats för det sista, "… {end}"'
    for child in getattr(box, "children", ()):
        yield from _lost(child)


def _finish(data: bytes, html: str) -> bytes:
    """Return the PDF with its tags mended, the same bytes every time."""
    named = re.findall(r'<a [^>]*?href="([^"]*)"[^>]*? title="([^"]*)"', html)
    titles = {unescape(address): unescape(title) for address, title in named}
    starts = re.findall(r"<(td|th|section)\b([^>]*)>", html)
    languages: dict[str, list[str]] = {"cell": [], "section": []}
    for tag, attributes in starts:
        lang = re.search(r'\blang="([^"]*)"', attributes)
        languages["section" if tag == "section" else "cell"].append(lang[1] if lang else "")
    with pikepdf.open(io.BytesIO(data)) as pdf:
        mend(pdf, titles, languages)
        done = io.BytesIO()
        pdf.save(
            done,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            recompress_flate=False,
        )
    return done.getvalue()
