"""Makes the pages with `embed` in their front matter into pages for a frame on another website.

/badda-in/KEY/ is the built page without header, menu and footer, with a link to the whole page.
Its styles and scripts are the page's own. Links leave the frame in a new tab, but for those
between pages of the same KEY; what the page around gets to know is in overrides/assets/embed.js.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from selectolax.lexbor import LexborNode

from scripts.content.config import Config
from scripts.content.content import Content
from scripts.core.findings import Finding
from scripts.core.forms import forms
from scripts.core.language import phrase
from scripts.publish.assets import tags_of
from scripts.publish.built import BuiltPage, BuiltSite, text_of

FORM = forms(__file__, "html")


def add_embeds(content: Content, site: BuiltSite, _: Config) -> list[Finding]:
    """Add the twins to the built site; no finding."""
    for top, embed in content.frames.items():
        pages = [page for page in site.pages if embed.below and page.startswith(top)] or [top]
        twins = {page: embed.address + page.removeprefix(top) for page in pages}
        for page, address in twins.items():
            site.add(address, twin(site.pages[page].copy(), twins, embed.key))
    return []


def twin(page: BuiltPage, twins: Mapping[str, str], key: str) -> str:
    """Return the HTML of a page's twin.

    Args:
        page: as MkDocs wrote it; is changed.
        twins: page → twin, of the pages that the frame may go between.
        key: the frame's.
    """
    content, address = page.one("#innehall"), page.address
    here = twins[address]
    up = "../" * here.count("/")
    for box in content.css(".contents"):
        box.decompose()
    _rows_first(content)
    for node in content.css("[src]"):
        node.attrs["src"] = up + page.leads(node.attributes["src"] or "")
    for link in content.css("a[href]"):
        _lead(link, page, up, twins)
    paper = content.css_first(".paper")
    canonical = page.one("link[rel=canonical]").attributes["href"] or ""
    if paper is not None:
        # print.js reads relative links from here; what it prints as the address is the page's own
        site = (paper.attributes["data-address"] or "").removesuffix(address)
        paper.attrs["data-base"] = site + here
    tags = []
    for tag in tags_of(page):
        tag.node.attrs[tag.attribute] = f"{up}{tag.path}"
        tags.append(tag.node.html)
    return FORM(
        "page",
        **{"key": key, "up": up, "address": address, "canonical": canonical, "tags": tags},
        title=text_of(page.one("title")),
        icon=page.leads(page.one("link[rel=icon]").attributes["href"] or ""),
        site_key=page.one("meta[name=site-key]").html,
        content=content.html,
        name=text_of(page.one(".site-header__name")),
        sender=text_of(page.one(".site-footer p")),
    )


def _rows_first(content: LexborNode) -> None:
    """Put what introduces a checklist after it: a frame is low, and is there for the rows."""
    rows, foot = content.css_first(".checklist"), content.css_first(".check-foot")
    if rows is None or foot is None or foot.next is None:
        return
    for node in list(content.iter()):
        if node.mem_id == rows.mem_id:
            return
        if node.tag != "h1":
            foot.next.insert_before(node)
            node.decompose()


def _lead(link: LexborNode, page: BuiltPage, up: str, twins: Mapping[str, str]) -> None:
    """Point a link of ``page`` right from its twin, and out of the frame if it leaves.

    ``up`` leads from the twin to the site's root.
    """
    href = link.attributes["href"] or ""
    scheme = urlsplit(href).scheme
    if href.startswith("#") or scheme in ("tel", "mailto"):
        return
    if not scheme:
        place, mark, fragment = page.leads(href).partition("#")
        inside = twins.get(place)
        link.attrs["href"] = up + (inside or place) + mark + fragment
        if inside is not None:
            return
    link.attrs["target"] = "_blank"
    link.attrs["rel"] = "noopener"
    if "download" in link.attributes:  # a sandboxed frame refuses it
        del link.attrs["download"]
    if name := link.attributes.get("aria-label"):  # hides what embed.css says after the others
        link.attrs["aria-label"] = f"{name} ({phrase('öppnas i ny flik')})"
