"""The slides as a page of their own: to show, to print with the speaker's notes, from any disk."""

from __future__ import annotations

import copy
from urllib.parse import urljoin, urlsplit

from lxml import html

from scripts.core.forms import forms
from scripts.paper.composer import ORIGIN, dates_of, freshness
from scripts.paper.sections import Element, SitePage, has_class
from scripts.paper.slides import Deck, Slide
from scripts.publish.built import BuiltSite
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
                href = up + urljoin(ORIGIN + page.address, href).removeprefix(ORIGIN)
            element.set("href", href)
            if own == "tel":
                element.set("class", "tel")
        else:
            for name in ("id", "role", "aria-label", "aria-labelledby", "data-date", "data-label"):
                element.attrib.pop(name, None)
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
