"""Hidden pages: ``hide`` in mkdocs.yml lists national pages that don't apply to a publisher.

They are removed from the menu, the search, the lists and the files. A link to a hidden page leads
to its replacement, or becomes plain text; a list item about a hidden page is removed. Its address
answers with a page that says where to go instead. The source text stays in docs/, and is checked.
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
from scripts.content.visible import without_hidden
from scripts.site.addresses import nearest_existing_page, page_of, short_addresses
from scripts.site.html_site import HtmlPage, HtmlSite, text_of

ITEMS = ("li", "p")  # elements that are removed when they are about a hidden page
CONTAINERS = ("ul", "ol", "details", "li")  # elements that are removed when they become empty


def hide(content: Content, site: HtmlSite, config: Config) -> Content:
    """Remove the hidden pages and the links to them from the built site; return the content without
    the pages, with their addresses retired.

    Runs before the page steps, on content for which checks/hidden.py has no findings.
    """
    if not config.extra.hide:
        return content
    visible_content = without_hidden(content, config.extra)
    removed = _removed_addresses(content, visible_content)
    replacements = _replacements(content, config)
    # short addresses and slides aren't among the pages yet
    for address in removed & site.pages.keys():
        del site.pages[address]
    for page in site.pages.values():
        _remove_links(page, site.url, removed, replacements)
        _remove_file_slots(page, content, visible_content)
    return _with_retired(visible_content, removed, replacements, config)


def _removed_addresses(content: Content, visible_content: Content) -> set[str]:
    """Return the addresses of hidden pages and of their short addresses and slides, without a slash
    first: "a/"."""
    removed = _addresses(content) - _addresses(visible_content)
    if content.registers.slides and not visible_content.registers.slides:
        # no page of ``content``: paper/slides.py adds the slides to the built site later
        removed.add(content.address_of_page_with("bilder") + "presentation/")
    return removed


def _addresses(content: Content) -> set[str]:
    """Return the addresses of the pages and their short addresses, without a slash first: "a/"."""
    pages = {page.address for page in content.pages.values()}
    return pages | {short.address.removeprefix("/") for short in short_addresses(content)}


def _replacements(content: Content, config: Config) -> dict[str, str]:
    """Return the address of each hidden page that has a replacement → the replacement's address.
    A row of ``hide`` that names a folder is about every page in the folder."""
    replacements: dict[str, str] = {}
    for row in config.extra.hidden:
        if row.instead:
            replacement = content.pages[PurePosixPath(row.instead)].address
            for path, page in content.pages.items():
                if path.is_relative_to(row.page):
                    replacements[page.address] = replacement
    return replacements


def _with_retired(
    content: Content, removed: set[str], replacements: dict[str, str], config: Config
) -> Content:
    """Return the content with the removed addresses retired, as if each had a row in redirects.yml:
    its reader is sent to the page's replacement, else to the nearest page above."""
    existing = {page.address for page in content.pages.values()}
    sender = config.extra.sender
    publisher = sender.name if sender else config.name
    redirects = content.registers.redirects
    retired = dict(redirects.retired)
    for address in sorted(removed):
        target = replacements.get(address, nearest_existing_page(address, existing))
        reason = f"{publisher} visar inte sidan."
        retired[f"/{address}"] = Retired(instead=f"/{target}", reason=reason)
    registers = replace(content.registers, redirects=replace(redirects, retired=retired))
    return replace(content, registers=registers)


def _remove_links(
    page: HtmlPage, site_url: str, removed: set[str], replacements: dict[str, str]
) -> None:
    """Let the page's links to hidden pages lead to their replacements; remove links to a page
    without one, and every link to a hidden page in the menu, where a row has the page's name.

    Args:
        removed: addresses of hidden pages and of their short addresses and slides: "a/".
        replacements: address of a hidden page → address of its replacement.
    """
    for link in page.tree.css("a[href]"):
        href = link.attributes["href"] or ""  # absolute on 404.html
        url = urljoin(site_url + page.address, href)
        address = page_of(url).removeprefix(site_url)
        if address in replacements and not _is_in_menu(link):
            link.attrs["href"] = _href(page.address, replacements[address], href, site_url)
        elif address in removed:
            _remove(link)


def _remove_file_slots(page: HtmlPage, content: Content, visible_content: Content) -> None:
    """Remove the page's slots for the handouts and slides of hidden pages."""
    hidden = content.registers.handouts.keys() - visible_content.registers.handouts.keys()
    for slot in page.tree.css("span.handout"):
        if slot.attributes.get("data-handout") in hidden:
            _remove(slot)
    if not visible_content.registers.slides:
        for slot in page.tree.css("span.slides"):
            _remove(slot)


def _is_in_menu(link: LexborNode) -> bool:
    """Whether a link is in a <nav>."""
    node: LexborNode | None = link
    while node is not None and node.tag != "nav":
        node = node.parent
    return node is not None


def _href(page: str, target: str, old_href: str, site_url: str) -> str:
    """Return the href of a link from ``page`` to ``target``: a URL if ``old_href``, which it
    replaces, is a URL or a path from the host's root, else relative.

    ``page`` and ``target`` are addresses without a slash first: "a/".
    """
    if old_href.startswith(("/", site_url)):
        return site_url + target
    return posixpath.relpath(f"/{target}", f"/{page}") + "/"


def _remove(node: LexborNode) -> None:
    """Remove a link or slot with the list item or paragraph that is about it (see _item_about), and
    the elements of CONTAINERS that become empty. In running text only replace it by its text."""
    item = _item_about(node)
    if item is None:  # in running text
        node.unwrap()
        return
    parent = item.parent
    while parent is not None and parent.tag in CONTAINERS and _is_only_child(item, parent):
        item = parent
        parent = item.parent
    item.decompose()


def _item_about(node: LexborNode) -> LexborNode | None:
    """Return the list item or paragraph that is about a link: the two have the same text, or the
    item begins with the link's text. None for a link in running text."""
    text = text_of(node)
    item = node
    parent = item.parent
    while item.tag not in ITEMS and parent is not None and text_of(parent) == text:
        item = parent
        parent = item.parent
    # "<li>LINK: why to read it</li>"
    if parent is not None and parent.tag == "li" and text_of(parent).startswith(text):
        return parent
    return item if item.tag in ITEMS else None


def _is_only_child(node: LexborNode, parent: LexborNode) -> bool:
    """Whether ``parent`` has no child element but ``node``. A <summary> doesn't count: it is the
    title of a <details> that would have nothing else left."""
    return all(n.mem_id == node.mem_id or n.tag == "summary" for n in parent.iter())
