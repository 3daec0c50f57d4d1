"""The slides as a page of their own: to show, to print with the speaker's notes, from any disk."""

from __future__ import annotations

import copy
from html import escape
from urllib.parse import urljoin, urlsplit

from lxml import html

from scripts.paper.composer import ORIGIN, dates_of, freshness
from scripts.paper.sections import Element, Site, SitePage, has_class
from scripts.paper.slides import Deck, Slide
from scripts.render.sources import paper_address


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


def _slide(number: int, total: int, slide: Slide, site: Site, up: str) -> str:
    body, keys = "", []
    for block in slide.blocks:
        text, cited = _clean(slide.page, block, up)
        body += text
        keys += cited
    notes = ""
    for block in slide.notes:
        text, _ = _clean(slide.page, block, up)
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
    # "Gör så här" says little without its page's name; a figure has a name of its own
    named = slide.opening or slide.title == slide.page.title
    figure = any(block.tag == "figure" for block in slide.blocks)
    over = "" if named or figure else escape(slide.page.title)
    kicker = f'<p class="kicker">{over}</p>\n' if over else ""
    name = f"Bild {number}: {escape(slide.title)}"
    kind = " ".join(["slide", *(["opening"] if slide.opening else []), *slide.sizes])
    return f"""<section class="{kind}" id="bild-{number}" aria-label="{name}">
<div class="frame">
{kicker}<h2>{escape(slide.title)}</h2>
<div class="body">
{body}
</div>
<p class="foot"><a href="{up}{where}">{escape(shown)}</a> <span>{number} ({total})</span></p>
</div>
<aside class="notes" aria-label="Anteckningar till bild {number}">{said}{list_of}</aside>
</section>
"""


def page_html(deck: Deck, site: Site) -> str:
    """Return the whole page. Works without JavaScript: the slides stand in a row to scroll."""
    slides, here = deck.slides, deck.folder.rpartition("/")[0]
    up = "../" * (deck.folder.count("/") + 1)  # to the site's root
    fresh = freshness(*dates_of([slide.page for slide in slides]))
    title = escape(deck.title)
    body = "".join(_slide(n, len(slides), slide, site, up) for n, slide in enumerate(slides, 1))
    canonical = f"{site.url}{deck.folder}/"
    return f"""<!doctype html>
<html lang="sv">
<head>
<meta charset="utf-8">
<title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="{escape(deck.purpose)}">
<meta name="robots" content="noindex">
<link rel="canonical" href="{escape(canonical)}">
<link rel="icon" href="{up}{escape(site.icon())}">
<link rel="stylesheet" href="{up}assets/slides.css">
<script src="{up}assets/slides.js" defer></script>
</head>
<body>
<header class="deck">
<h1>{title}</h1>
<p>{escape(deck.purpose)} {fresh}</p>
<p class="keys">Bläddra med piltangenterna eller mellanslag. Home går till början, End till slutet.
Tryck A för anteckningar, F för helskärm.
Utskriften har en bild och dess anteckningar på varje sida.</p>
<p><a href="#bild-1">Börja</a> <a href="../{deck.other}/">{escape(deck.other_title)}</a>
<a href="{up}">Till sajten</a>
<a href="{up}{here and here + "/"}">Fler utskrifter</a></p>
</header>
<main data-search-exclude>
{body}</main>
</body>
</html>
"""
