"""Ready links and frames for those who link from an intranet, on the page om/lanka.

Each comes as text in ``<code class="copy">``, to select by hand; link-list.js adds what copies it.
"""

from __future__ import annotations

import html
from collections.abc import Iterable

from scripts.content.embeds import FOLDER, Embed, embeds
from scripts.content.page import Page
from scripts.render.index import is_step
from scripts.render.macro import Context, MacroError, unsearched

# What a frame may do, and no more: run its scripts, open links in tabs that are no sandbox, print,
# save a calendar file. Without allow-same-origin it has no storage, and no way to the page around.
SANDBOX = "allow-scripts allow-popups allow-popups-to-escape-sandbox allow-modals allow-downloads"


def render_addresses(context: Context, which: str) -> str:
    """[[adresser: sidor]], [[adresser: rubriker]]: links with their addresses.

    Every page, by its folder; or the headings of anchors.yml.
    """
    if which == "rubriker":
        anchors = context.registers.anchors
        rows = [
            _row(context, text, f"/{goal}", _address(goal))
            for goal, text in anchors.items()
            if context.content.words_of(f"/{goal}")
        ]
        return _list(context, rows)
    if which != "sidor":
        raise MacroError(f'"{which}": skriv sidor eller rubriker')
    folders: dict[str, list[Page]] = {}
    for page in context.pages:
        if not is_step(page) or page.path.name == "index.md":
            folders.setdefault(page.path.parts[0] if len(page.path.parts) > 1 else "", []).append(
                page
            )
    parts = []
    for folder, pages in sorted(folders.items()):
        pages.sort(key=lambda page: page.address)  # a folder's own page first
        rows = [_row(context, page.title, page.link, page.address) for page in pages]
        title = f"### {pages[0].title} {{#adresser-{folder}}}\n\n" if folder else ""
        parts.append(title + _list(context, rows))
    return unsearched("\n\n".join(parts))


def _address(goal: str) -> str:
    """Return ``odla/tomat.md#blankett`` as an address: ``odla/tomat/#blankett``."""
    file, mark, fragment = goal.partition("#")
    return file.removesuffix(".md").removesuffix("index").rstrip("/") + "/" + mark + fragment


def _row(context: Context, text: str, link: str, address: str) -> str:
    code = context.stash(f'<code class="copy">{html.escape(context.site + address)}</code>')
    return f"- [{text}]({link}) {code}"


def _list(context: Context, rows: Iterable[str]) -> str:
    inner = "\n".join(rows)
    return (
        f'<div class="link-list" data-site="{context.site}" markdown="block">\n\n{inner}\n\n</div>'
    )


def render_address(context: Context, address: str) -> str:
    """[[adress: om/index-a-o/?q=blankett]]: one address in the site, as text to copy."""
    return _block(context, context.site + address, "adressen")


def render_embeds(context: Context, what: str) -> str:
    """[[badda-in]]: each frame of embeds.yml: what it shows, how it looks, the code to paste.

    [[badda-in: hojd]]: the code that fits their height, once a page.
    """
    if what == "hojd":
        code = f'<script src="{context.site}{FOLDER}/hojd.js"></script>'
        return _block(context, code, "koden för rätt höjd")
    titles = {page.address: page.title for page in context.pages}
    parts = []
    for embed in embeds(context.registers):
        title = titles.get(embed.page, embed.page)
        look = context.made(embed.address, f"Se ramen: {title}")
        code = _block(context, snippet(embed, title, context.site), f"koden för {title}")
        parts.append(f"#### {title} {{#ram-{embed.key}}}\n\n{embed.purpose} {look}.\n\n{code}")
    return unsearched("\n\n".join(parts))


def snippet(embed: Embed, title: str, site: str) -> str:
    """Return the frame as HTML to paste; ``site``: where the site stands."""
    return (
        f'<iframe src="{site}{embed.address}" title="{html.escape(title)}" width="100%" '
        f'height="{embed.height}" loading="lazy" sandbox="{SANDBOX}" '
        'allow="clipboard-write"></iframe>'
    )


def _block(context: Context, text: str, name: str) -> str:
    return context.stash(
        f'<pre><code class="copy" data-name="{html.escape(name)}">'
        f"{html.escape(text, quote=False)}</code></pre>"
    )
