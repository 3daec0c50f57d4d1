"""Ready links and frames for those who link from an intranet, on the page om/lanka.

Each comes as text in ``<code class="copy">``, to select by hand; link-list.js adds what copies it.
"""

from __future__ import annotations

from scripts.content.page import Page
from scripts.core.templates import template_renderer
from scripts.render.index import is_step
from scripts.render.macro import Context

render_template = template_renderer(__file__)


def render_addresses(context: Context, which: str) -> str:
    """[[adresser:sidor]], [[adresser:rubriker]]: links with their addresses.

    Every page, by its folder; or the headings that pages name as anchors.
    """
    if which == "rubriker":
        rows = [
            (text, f"{page.link}#{anchor}", f"{page.address}#{anchor}")
            for page in context.pages
            for anchor, text in page.meta.anchors.items()
            if anchor in page.headings
        ]
        return render_template("rows", rows=rows, context=context)
    folders: dict[str, list[Page]] = {}
    for page in sorted(context.pages, key=lambda page: page.address):
        if not is_step(page) or page.path.name == "index.md":
            folder = page.path.parts[0] if len(page.path.parts) > 1 else ""
            folders.setdefault(folder, []).append(page)
    listed = [
        (folder, pages[0].title, [(page.title, page.link, page.address) for page in pages])
        for folder, pages in sorted(folders.items())
    ]
    return render_template("folders", folders=listed, context=context)


def render_address(context: Context, address: str) -> str:
    """[[adress:om/index-a-o/?q=blankett]]: one address in the site, as text to copy."""
    return context.stash(render_template("block", text=context.site + address, name="adressen"))


def render_embeds(context: Context, what: str) -> str:
    """[[badda-in]]: each page that is listed for a frame: what it is for, and the code to paste.

    [[badda-in:hojd]]: the code that fits their height, once a page.
    """
    if what == "hojd":
        code = f'<script src="{context.site}badda-in/hojd.js"></script>'
        return context.stash(render_template("block", text=code, name="koden för rätt höjd"))
    pages = [page for page in context.pages if page.meta.embed]
    return render_template("frames", pages=pages, context=context)


def snippet(page: Page, site: str) -> str:
    """Return the frame of a page as HTML to paste; ``site``: the site's address."""
    return render_template("snippet", page=page, site=site)
