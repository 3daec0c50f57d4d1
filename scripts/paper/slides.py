"""Makes the session's slides, /skriv-ut/presentation/, out of the built pages.

docs/_data/slides.yml says which part of the session's plan goes with which sections. A section
becomes as many slides as it needs: one heading, and no more than a room reads in one look. The
plan's part is the speaker's notes. No fact has a second home here.
"""

from __future__ import annotations

import copy
import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import escape
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import html

from scripts.content.content import Content
from scripts.core.config import Config
from scripts.core.findings import Finding
from scripts.paper.composer import ORIGIN, dates_of, freshness, parts_of
from scripts.paper.sections import (
    Element,
    PaperError,
    Site,
    SitePage,
    has_class,
    level,
    site_of,
    text_of,
)
from scripts.publish.built import BuiltSite, put_instead
from scripts.render.sources import paper_address

FOLDER = "skriv-ut/presentation"
UP = "../../"  # from that folder to the site's root
# Lines of text a slide holds under its heading, and signs on a line: slides.css sets the size.
# tests/browser/test_slides.py measures that nothing runs over.
LINES = 13.4
SIGNS = 62
MAP = 10.5  # lines that the map of the counties takes


@dataclass
class Slide:
    """One look: a heading and some blocks, where they come from, what the speaker says."""

    title: str
    blocks: list[Element] = field(default_factory=list)
    page: SitePage | None = None
    anchor: str = ""
    notes: list[Element] = field(default_factory=list)
    opening: bool = False  # of a part of the session


def lines_of(block: Element) -> float:
    """Return about how many lines ``block`` takes, with the space after it."""
    if has_class(block, "figure-tiles"):
        return MAP
    if block.tag in ("ul", "ol"):
        return sum(lines_of(item) for item in block)
    if block.tag == "li" and len(block.findall("p")) > 1:
        return sum(math.ceil(len(text_of(line)) / SIGNS) for line in block.findall("p")) + 0.35
    if block.tag == "tr":
        share = SIGNS / max(len(block), 1)
        return max(math.ceil(len(text_of(cell)) / share) for cell in block) + 0.5
    if block.tag == "table":
        return sum(lines_of(row) for row in block.iter("tr"))
    if block.tag in ("div", "figure"):
        return sum(lines_of(inner) for inner in block) + 0.8
    if block.tag == "figcaption":
        return sum(lines_of(inner) for inner in block)
    signs = SIGNS - 6 if block.tag == "li" else SIGNS
    return math.ceil(len(text_of(block)) / signs) + 0.35


def pieces(block: Element) -> Iterator[Element]:
    """Yield ``block``, or the parts of a list, table or folded answer that is too long for one."""
    if block.tag == "details":
        for inner in block:
            if inner.tag == "summary":
                inner.tag = "h3"
            yield from pieces(inner)
    elif block.tag in ("figure", "figcaption") and lines_of(block) > LINES:
        for inner in block:
            if inner.tag == "figcaption":  # has no figure around it any more
                inner.tag = "div"
            yield from pieces(inner)
    elif has_class(block, "figure-tiles"):
        yield block
    elif block.tag in ("ul", "ol") and lines_of(block) > LINES / 2:
        number = int(block.get("start") or 1)
        for item in block:
            part = copy.copy(block)
            part[:] = [item]
            part.set("start", str(number))
            number += 1
            yield part
    elif block.tag == "table" and lines_of(block) > LINES:
        head, bodies = block.find("thead"), block.findall("tbody")
        # with many bodies, each is a row with its name above
        for rows in bodies if len(bodies) > 1 else [[row] for row in bodies[0]]:
            part = html.fromstring("<table><thead></thead><tbody></tbody></table>")
            part[0][:] = [copy.deepcopy(item) for item in head]
            part[1].extend(list(rows))
            part.set("class", block.get("class") or "")
            yield part
    else:
        yield block


def pack(title: str, blocks: Iterable[Element], page: SitePage, anchor: str) -> list[Slide]:
    """Return ``blocks`` as slides; a heading among them begins a new one."""
    slides = [Slide(title, [], page, anchor)]
    full = 0.0
    for block in blocks:
        under = slides[-1]
        for piece in pieces(block):
            if level(piece):
                if slides[-1].blocks:
                    slides.append(Slide(text_of(piece), [], page, piece.get("id") or anchor))
                else:
                    slides[-1].title = text_of(piece)
                full = 0.0
                continue
            height = lines_of(piece)
            if slides[-1].blocks and full + height > LINES:
                last = slides[-1]
                slides.append(Slide(last.title, [], page, last.anchor))
                full = 0.0
                # what introduces a list or a table goes with it
                while len(last.blocks) > 1 and _introduces(last.blocks[-1]):
                    slides[-1].blocks.insert(0, last.blocks.pop())
                    full += lines_of(slides[-1].blocks[0])
            _join(slides[-1].blocks, piece)
            full += height
        if block.tag == "details":  # what follows isn't part of the folded answer
            slides.append(Slide(under.title, [], page, under.anchor))
            full = 0.0
    return [slide for slide in slides if slide.blocks]


def _introduces(block: Element) -> bool:
    return text_of(block).endswith(":") or has_class(block, "figure-part")


def _join(blocks: list[Element], piece: Element) -> None:
    """Append ``piece``; a part of the list or table that is there already goes on in it."""
    last = blocks[-1] if blocks else None
    if (
        last is not None
        and last.tag == piece.tag
        and piece.tag in ("ul", "ol")
        and piece.get("start")
    ):
        last.extend(list(piece))
    elif last is not None and last.tag == piece.tag == "table":
        last.find("tbody").extend(list(piece.find("tbody")))
    else:
        blocks.append(piece)


def questions(notes: Iterable[Element]) -> list[Element]:
    """Return what the plan lets the speaker ask, as paragraphs for the part's own slide."""
    found = []
    for block in notes:
        for asked in re.findall(r'Fråga[^.:"]*: "([^"]+)"', text_of(block)):
            paragraph = html.Element("p")
            paragraph.set("class", "question")
            paragraph.text = asked
            found.append(paragraph)
    return found


def make_slides(row: dict[str, Any], site: Site) -> list[Slide]:
    """Return the slides of slides.yml. Raises PaperError for a section that isn't there."""
    plan = site.page(row["plan"])
    slides = []
    for part in row["parts"]:
        notes = plan.section(part["notes"])
        opening = Slide(text_of(notes[0]), questions(notes), plan, part["notes"], notes[1:], True)
        slides.append(opening)
        for address, anchor, without in parts_of(part["show"]):
            page = site.page(address)
            blocks = page.section(anchor, without)
            slides += pack(page.title, blocks, page, anchor)
    return slides


def _clean(page: SitePage, block: Element) -> tuple[str, list[str]]:
    """Return a block as HTML of its own, and the keys of the sources it cites."""
    block = copy.deepcopy(block)
    block.tail = None
    keys = []
    for element in list(block.iter()):
        if has_class(element, "cite"):
            keys += [str(a.get("href")).removeprefix("#kalla-") for a in element.iter("a")]
            element.drop_tree()
        elif element.tag == "button":
            element.drop_tag()
        elif element.tag == "a":
            href = str(element.get("href"))
            own = element.get("class")
            element.attrib.clear()
            if not urlsplit(href).scheme:
                href = UP + urljoin(ORIGIN + page.address, href).removeprefix(ORIGIN)
            element.set("href", href)
            if own == "tel":
                element.set("class", "tel")
        else:
            # the parts of a bulleted list were counted, too, to be put together again
            extra = ("start",) if element.tag == "ul" else ()
            for name in (
                "id",
                "role",
                "aria-label",
                "aria-labelledby",
                "data-date",
                "data-label",
                *extra,
            ):
                element.attrib.pop(name, None)
    return html.tostring(block, encoding="unicode"), list(dict.fromkeys(keys))


def _slide(number: int, total: int, slide: Slide, site: Site) -> str:
    assert slide.page is not None
    body, keys = "", []
    for block in slide.blocks:
        text, cited = _clean(slide.page, block)
        body += text
        keys += cited
    notes = ""
    for block in slide.notes:
        text, _ = _clean(slide.page, block)
        notes += text
    sources = [slide.page.sources[key] for key in dict.fromkeys(keys)]
    where = slide.page.address + (f"#{slide.anchor}" if slide.anchor not in ("", "*") else "")
    shown = (site.url + where).split("://")[-1]
    listed = "".join(
        f'<li><a href="{escape(s.url)}">{escape(s.title)}</a>. {escape(s.text)} '
        f"{paper_address(s.url)}</li>"
        for s in sources
    )
    list_of = f"<h3>Källor</h3><ul>{listed}</ul>" if listed else ""
    said = f"<h3>Ur planen</h3>{notes}" if notes else ""
    # "Gör så här" says little without its page's name
    over = "" if slide.opening or slide.title == slide.page.title else escape(slide.page.title)
    kicker = f'<p class="kicker">{over}</p>\n' if over else ""
    name = f"Bild {number}: {escape(slide.title)}"
    kind = "slide opening" if slide.opening else "slide"
    return f"""<section class="{kind}" id="bild-{number}" aria-label="{name}">
<div class="frame">
{kicker}<h2>{escape(slide.title)}</h2>
<div class="body">
{body}
</div>
<p class="foot"><a href="{UP}{where}">{escape(shown)}</a> <span>{number} ({total})</span></p>
</div>
<aside class="notes" aria-label="Anteckningar till bild {number}">{said}{list_of}</aside>
</section>
"""


def page_html(row: dict[str, Any], slides: list[Slide], site: Site) -> str:
    """Return the whole page. Works without JavaScript: the slides stand in a row to scroll."""
    pages = [slide.page for slide in slides if slide.page]
    fresh = freshness(*dates_of(pages))
    title = escape(row["title"])
    body = "".join(_slide(n, len(slides), slide, site) for n, slide in enumerate(slides, 1))
    canonical = f"{site.url}{FOLDER}/"
    return f"""<!doctype html>
<html lang="sv">
<head>
<meta charset="utf-8">
<title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="{escape(row["purpose"])}">
<meta name="robots" content="noindex">
<link rel="canonical" href="{escape(canonical)}">
<link rel="icon" href="{UP}{escape(site.icon())}">
<link rel="stylesheet" href="{UP}assets/slides.css">
<script src="{UP}assets/slides.js" defer></script>
</head>
<body>
<header class="deck">
<h1>{title}</h1>
<p>{escape(row["purpose"])} {fresh}</p>
<p class="keys">Bläddra med piltangenterna eller mellanslag. Home går till början, End till slutet.
Tryck A för anteckningar, F för helskärm.
Utskriften har en bild och dess anteckningar på varje sida.</p>
<p><a href="#bild-1">Börja</a> <a href="{UP}">Till sajten</a>
<a href="{UP}skriv-ut/">Fler utskrifter</a></p>
</header>
<main data-search-exclude>
{body}</main>
</body>
</html>
"""


def add_slides(content: Content, built: BuiltSite, _: Config) -> list[Finding]:
    """Add the slides' page to the built site; return what is wrong with slides.yml."""
    row = content.registers.slides
    if not row:
        return []
    site = site_of(built)
    try:
        slides = make_slides(row, site)
    except (PaperError, KeyError, TypeError) as error:
        what = str(error) if isinstance(error, PaperError) else f"raden {error} saknas"
        return [Finding(PurePosixPath("docs/_data/slides.yml"), 1, "slides", f"{what}.")]
    built.add(f"{FOLDER}/", page_html(row, slides, site))
    if listing := built.pages.get("skriv-ut/"):
        for slot in listing.tree.css("span.slides"):  # of the macro [[bilder]]
            put_instead(slot, f'<a href="presentation/">{slot.inner_html}</a>')
    return []
