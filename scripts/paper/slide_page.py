"""The slides as pages of their own: to show, to print with the speaker's notes, from any disk.

[[bilder]] links to them.
"""

from __future__ import annotations

import copy
from html import escape
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from lxml import html

from scripts.content.config import Config
from scripts.content.content import Content
from scripts.core.findings import Finding
from scripts.core.forms import forms
from scripts.paper.composer import dates_of, freshness
from scripts.paper.sections import Element, PaperError, SitePage, has_class
from scripts.paper.slides import Deck, Slide, make_decks
from scripts.publish.built import BuiltSite, put_instead
from scripts.render.sources import paper_address

FORM = forms(__file__, "html")


def _clean(page: SitePage, block: Element, up: str) -> tuple[str, list[str]]:
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
                href = up + page.leads(href)
            element.set("href", href)
            if own == "tel":
                element.set("class", "tel")
        else:
            element.attrib.pop("id", None)
    return html.tostring(block, encoding="unicode"), list(dict.fromkeys(keys))


def _slide(number: int, total: int, slide: Slide, site: BuiltSite, up: str) -> str:
    blocks = [_clean(slide.page, block, up) for block in slide.blocks]
    keys = dict.fromkeys(key for _, cited in blocks for key in cited)
    where = slide.page.address + (f"#{slide.anchor}" if slide.anchor not in ("", "*") else "")
    # "Gör så här" says little without its page's name; a figure has a name of its own
    named = slide.opening or slide.title == slide.page.title
    figure = any(block.tag == "figure" for block in slide.blocks)
    sources = [slide.page.source(key) for key in keys]
    return FORM(
        "slide_of",
        **{"slide": slide, "number": number, "total": total, "where": where, "up": up},
        body="".join(text for text, _ in blocks),
        notes="".join(_clean(slide.page, block, up)[0] for block in slide.notes),
        sources=[(source, paper_address(source.url)) for source in sources],
        over="" if named or figure else slide.page.title,
        shown=(site.url + where).split("://")[-1],
    )


def page_html(deck: Deck, site: BuiltSite) -> str:
    """Return the whole page."""
    slides, here = deck.slides, deck.folder.rpartition("/")[0]
    up = "../" * (deck.folder.count("/") + 1)  # to the site's root
    return FORM(
        "page",
        **{"deck": deck, "up": up, "here": here and f"{here}/"},
        icon=site.pages[""].one("link[rel=icon]").attributes["href"],
        slides=[_slide(n, len(slides), slide, site, up) for n, slide in enumerate(slides, 1)],
        fresh=freshness(*dates_of([slide.page for slide in slides])),
        canonical=f"{site.url}{deck.folder}/",
    )


def slides_folder(content: Content) -> str:
    """Return where the slides lie, without a closing slash: beside the page that lists them."""
    return content.folder_of("bilder") + "presentation"


def add_slides(content: Content, built: BuiltSite, _: Config) -> list[Finding]:
    """Add the slides' pages to the built site; return what is wrong with slides.yml."""
    row = content.registers.slides
    if row is None:
        return []
    try:
        decks = make_decks(row, built, slides_folder(content))
    except PaperError as error:
        return [Finding(PurePosixPath("docs/_data/slides.yml"), 1, "slides", f"{error}.")]
    for deck in decks:
        built.add(f"{deck.folder}/", page_html(deck, built))
    if listing := built.pages.get(content.folder_of("bilder")):
        links = [
            f'<a href="{deck.folder.rpartition("/")[2]}/">{escape(deck.title)}</a> '
            f"({len(deck.slides)} bilder)"
            for deck in decks
        ]
        for slot in listing.tree.css("span.slides"):  # of the macro [[bilder]]
            put_instead(slot, f"<span>{' och '.join(links)}</span>")
    return []
