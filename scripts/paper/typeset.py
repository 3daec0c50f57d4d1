"""HTML to PDF/UA with WeasyPrint: tagged, fonts embedded, the same bytes every time.

WeasyPrint needs Pango from the system. ``missing_library`` says so before anything is built.
"""

from __future__ import annotations

import dataclasses
import functools
import io
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pikepdf

from scripts.paper.tags import mend

STYLE = Path(__file__).with_name("handouts.css")
FACES = (  # (weight, style, file)
    (400, "normal", "SourceSansPro-Regular.otf"),
    (400, "italic", "SourceSansPro-It.otf"),
    (700, "normal", "SourceSansPro-Bold.otf"),
)
SMALLEST = 8.0  # points: below this, tired eyes give up
STEP = 0.25

NO_PANGO = """\
PDF-filerna kan inte göras: programbiblioteket Pango saknas på datorn.
Debian och Ubuntu:  sudo apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
Mac:                brew install pango
Windows:            installera MSYS2 (msys2.org) och i den  pacman -S mingw-w64-x86_64-pango
Vill du bygga sajten utan PDF-filer så länge:  python3 scripts/build.py --no-pdf"""


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
    """Return what to tell the user when the system's Pango isn't there, else None."""
    try:
        import weasyprint  # noqa: F401
    except OSError:
        return NO_PANGO
    return None


@functools.cache
def _fonts() -> tuple[Any, str]:
    import font_source_sans_pro
    from weasyprint.text.fonts import FontConfiguration

    folder = Path(font_source_sans_pro.__file__).parent / "files"
    css = "".join(
        f"@font-face {{ font-family: Text; font-weight: {weight}; font-style: {style}; "
        f"src: url({(folder / name).as_uri()}) }}"
        for weight, style, name in FACES
    )
    return FontConfiguration(), css + STYLE.read_text(encoding="utf-8")


def typeset(html: str, size: float, most: int) -> Typeset:
    """Return ``html`` as PDF/UA in at most ``most`` pages, with text of ``size`` points, or the
    largest below that fits.

    If it doesn't fit at the smallest size, the result has more pages than ``most``: the caller
    says so.
    """
    from weasyprint import CSS, HTML

    configuration, style = _fonts()

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
            left, top = box.padding_box_x(), box.padding_box_y()
            limits = (left, top, left + box.padding_width(), top + box.padding_height())
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
    last = None
    for line in lines(document):
        if not line.fits:
            yield f'sida {line.page}: "{line.text}" sticker ut'
        # what follows stands on another page, or higher up: in the next column
        if last and last.heading and (line.page > last.page or line.y < last.y - 1):
            yield f'sida {last.page}: rubriken "{last.text}" står ensam sist'
        last = line


def _finish(data: bytes, html: str) -> bytes:
    """Return the PDF with its tags mended, the same bytes every time."""
    named = re.findall(r'<a [^>]*?href="([^"]*)"[^>]*? title="([^"]*)"', html)
    titles = {unescape(address): unescape(title) for address, title in named}
    with pikepdf.open(io.BytesIO(data)) as pdf:
        mend(pdf, titles)
        done = io.BytesIO()
        pdf.save(
            done,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            recompress_flate=False,
        )
    return done.getvalue()
