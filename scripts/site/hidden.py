"""Pages that don't apply to a publisher, by ``hide`` in mkdocs.yml: out of the menu, the search,
the lists and the files.

A link to one becomes its words; a row that is about it goes. Its address answers all the same, with
a page that says so and where to go instead. The text stays where it is, and is checked.
"""

from __future__ import annotations

import posixpath
from dataclasses import replace
from pathlib import PurePosixPath
from urllib.parse import urljoin

from selectolax.lexbor import LexborNode

from scripts.content.config import Config
from scripts.content.content import Content
from scripts.content.records import Retired
from scripts.content.visible import visible
from scripts.site.addresses import nearest_existing_parent, short_addresses
from scripts.site.html_site import HtmlSite, text_of

ROW = ("li", "p")  # an element that may be about one page
LISTS = ("ul", "ol", "details", "li")  # what goes when it is left empty


def hide(content: Content, site: HtmlSite, config: Config) -> Content:
    """Remove the hidden pages from the built site, before any page step; return the content without
    them. checks/hidden.py must have found nothing."""
    if not config.extra.hide:
        return content
    shown = visible(content, config.extra)
    homes = {page.address for page in shown.pages.values()}
    gone = {page.address for page in content.pages.values()} - homes
    registers, slides = content.registers, shown.registers.slides
    instead = _replacements(content, config)
    left = {short.address for short in short_addresses(shown)}
    gone |= {s.address[1:] for s in short_addresses(content) if s.address not in left}
    if registers.slides and not slides:
        gone.add(content.folder_of("bilder") + "presentation/")
    sender = config.extra.sender
    reason = f"{sender.name if sender else config.name} visar inte sidan."
    rows = {
        f"/{address}": Retired(
            instead=f"/{instead.get(address, nearest_existing_parent(address, homes))}",
            reason=reason,
        )
        for address in sorted(gone)
    }
    retired = {**shown.registers.redirects.retired, **rows}
    redirects = replace(shown.registers.redirects, retired=retired)
    shown = replace(shown, registers=replace(shown.registers, redirects=redirects))
    for address in gone & site.pages.keys():
        del site.pages[address]
    handouts = registers.handouts.keys() - shown.registers.handouts.keys()
    for page in site.pages.values():
        for link in page.tree.css("a[href]"):  # that of the page for what isn't there is absolute
            href = link.attributes["href"] or ""
            to = urljoin(site.url + page.address, href).partition("#")[0].removeprefix(site.url)
            if to in instead and not _in_menu(link):
                link.attrs["href"] = _href(page.address, instead[to], href, site.url)
            elif to in gone:
                _out(link)
        for slot in page.tree.css("span.handout, span.slides"):
            key = slot.attributes.get("data-handout")
            if key in handouts or not (key or slides):
                _out(slot)
    return shown


def _in_menu(link: LexborNode) -> bool:
    """Whether a link is a row of the menu, which names the page that it leads to."""
    node: LexborNode | None = link
    while node is not None and node.tag != "nav":
        node = node.parent
    return node is not None


def _replacements(content: Content, config: Config) -> dict[str, str]:
    """Return the address of each hidden page that has one → the address of its replacement."""
    found = dict[str, str]()
    for row in config.extra.hidden:
        if row.instead:
            there = content.pages[PurePosixPath(row.instead)].address
            hidden = (p for path, p in content.pages.items() if path.is_relative_to(row.page))
            found.update((page.address, there) for page in hidden)
    return found


def _href(here: str, to: str, old: str, url: str) -> str:
    """Return a link from the page ``here`` to the page ``to``, absolute where ``old`` was.

    ``here`` and ``to``: addresses from the site's root; ``url``: the site's own.
    """
    if old.startswith(("/", url)):
        return urljoin(urljoin(url, old), url) + to
    return posixpath.relpath(f"/{to}", f"/{here}") + "/"


def _out(node: LexborNode) -> None:
    """Remove the list row or paragraph that a node begins or is alone in, and a list that it leaves
    empty; elsewhere replace the node by its text."""
    words = text_of(node)
    row = node
    parent = row.parent
    while row.tag not in ROW and parent is not None and text_of(parent) == words:
        row = parent
        parent = row.parent
    if parent is not None and parent.tag == "li" and text_of(parent).startswith(words):
        row = parent
    if row.tag not in ROW:
        node.unwrap()
        return
    parent = row.parent
    while parent is not None and parent.tag in LISTS and _is_alone(row, parent):
        row = parent
        parent = row.parent
    row.decompose()


def _is_alone(row: LexborNode, parent: LexborNode) -> bool:
    """Whether a list or a folded part has nothing but ``row`` and its own heading."""
    return not [n for n in parent.iter() if n.mem_id != row.mem_id and n.tag != "summary"]
