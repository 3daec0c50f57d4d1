"""Addresses and iframe code to copy, for editors of other websites (the page om/lanka).

Each is text in ``<code class="copy">``, to select by hand; link-list.js adds a copy button.
"""

from __future__ import annotations

from scripts.content.page import Page
from scripts.core.templates import template_renderer
from scripts.render.index import is_guide_node
from scripts.render.macro import Context

render_template = template_renderer(__file__)


def render_addresses(context: Context, scope: str) -> str:
    """Render [[adresser:sidor]], the pages by folder (see ``_is_listed``), or
    [[adresser:rubriker]], the headings in the pages' ``anchors``: each a link with its address."""
    return _render_headings(context) if scope == "rubriker" else _render_pages(context)


def _render_pages(context: Context) -> str:
    """Render [[adresser:sidor]]: the pages of each folder in docs/, those further in included."""
    pages_by_folder: dict[str, list[Page]] = {}
    for page in sorted(context.pages, key=lambda page: page.address):
        if _is_listed(page):
            folder = page.path.parts[0] if len(page.path.parts) > 1 else ""
            pages_by_folder.setdefault(folder, []).append(page)
    folders = []
    for folder, pages in sorted(pages_by_folder.items()):
        title = pages[0].title  # of the folder's index.md: its address is the shortest, so first
        rows = [(page.title, page.link, page.address) for page in pages]
        folders.append((folder, title, rows))
    return render_template("folders", folders=folders, context=context)


def _is_listed(page: Page) -> bool:
    """Whether [[adresser:sidor]] lists a page: all but the guide's questions and outcomes, to which
    its first question leads. That one, the index.md of its folder, is listed."""
    return not is_guide_node(page) or page.path.name == "index.md"


def _render_headings(context: Context) -> str:
    """Render [[adresser:rubriker]]: the headings in the pages' ``anchors``, by page."""
    rows = []
    for page in context.pages:
        for anchor, text in page.meta.anchors.items():
            if anchor in page.headings:
                rows.append((text, f"{page.link}#{anchor}", f"{page.address}#{anchor}"))
    return render_template("rows", rows=rows, context=context)


def render_address(context: Context, address: str) -> str:
    """Render [[adress:om/index-a-o/?q=blankett]]: the URL of an address, as text to copy."""
    block = render_template("block", text=context.site_url + address, name="adressen")
    return context.stash(block)


def render_embeds(context: Context, argument: str) -> str:
    """Render [[badda-in]]: the pages that may be shown in an iframe, each with the code to paste;
    or [[badda-in:hojd]]: the script that adapts the iframes' height."""
    if argument == "hojd":
        code = f'<script src="{context.site_url}badda-in/hojd.js"></script>'
        block = render_template("block", text=code, name="koden för rätt höjd")
        return context.stash(block)
    pages = [page for page in context.pages if page.meta.embed]
    return render_template("frames", pages=pages, context=context)
