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
    """Render [[adresser:sidor]], every page by folder, or [[adresser:rubriker]], the headings in
    the pages' ``anchors``, each as a link with its address."""
    if scope == "rubriker":
        return _heading_addresses(context)
    pages_by_folder: dict[str, list[Page]] = {}
    for page in sorted(context.pages, key=lambda page: page.address):
        if is_guide_node(page) and page.path.name != "index.md":
            continue
        folder = page.path.parts[0] if len(page.path.parts) > 1 else ""
        pages_by_folder.setdefault(folder, []).append(page)
    folders = []
    for folder, pages in sorted(pages_by_folder.items()):
        rows = [(page.title, page.link, page.address) for page in pages]
        folders.append((folder, pages[0].title, rows))
    return render_template("folders", folders=folders, context=context)


def _heading_addresses(context: Context) -> str:
    """Return the list of [[adresser:rubriker]] as Markdown."""
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
