"""The handbook: the menu's pages as one book, with contents and what stands at the end."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from scripts.paper.book_index import Index
from scripts.paper.composer import Composer, as_html, bare, dates_of, freshness
from scripts.paper.handout import Handout, newest, qr, short_url
from scripts.paper.notes import lists
from scripts.paper.sections import Element

INDEX = ("slut-index", "Ordregister", "")


def _to_page(own: str, name: str) -> str:
    return f'<li><a class="to-page" href="#{own}">{escape(name)}</a></li>'


def _page_id(address: str) -> str:
    return f"{address.replace('/', '-') or 'start-'}sida"


def book(handout: Handout, composer: Composer, _: Mapping[str, str]) -> str:
    """Return the book as HTML for typeset.py. Raises PaperError where a page is missing."""
    chapters: list[tuple[str, list[tuple[str, list[Element]]]]] = []
    for name, addresses in composer.site.menu():
        kept = [a for a in addresses if a not in handout.without]
        if kept:
            chapters.append((name, [(a, composer.take(a, "*", (), 4)) for a in kept]))
            for address in kept:  # before any link is resolved
                composer.ids[(address, "")] = _page_id(address)
    for address in handout.without:
        if composer.site.page(address).listed:  # the book has its own list of sources
            composer.ids[(address, "")] = "slut-sources"
    contents, body = [], []
    index = Index(composer.site.page(a) for _, pages in chapters for a, _ in pages)
    for number, (section, pages) in enumerate(chapters, 1):
        name = handout.names.get(section, section)
        lines = ""
        body.append(f'<section class="chapter"><h2 id="del-{number}">{escape(name)}</h2>')
        for address, blocks in pages:
            composer.clean(address, blocks)
            page, own = composer.pages[address], _page_id(address)
            index.told(page.title, own)
            for block in blocks:
                index.mark(block)
            title = escape(page.title)
            lines += _to_page(own, page.title)
            body.append(
                f'<section class="page"><h3 id="{own}">{title}</h3>'
                f'<p class="fresh">{freshness(*dates_of([page]))} '
                f"{bare(composer.site.url + address)}</p>{as_html(blocks)}</section>"
            )
        body.append("</section>")
        contents.append(
            f'<li><strong>{escape(name)}</strong><ul class="contents">{lines}</ul></li>'
        )
    back = list(lists(composer, short=False))
    lines = "".join(_to_page(own, name) for own, name, _ in [*back, INDEX])
    contents.append(f'<li><strong>Sist i boken</strong><ul class="contents">{lines}</ul></li>')
    url = short_url(composer.site, handout)
    cover = (
        f'<section class="cover"><h1>{escape(handout.title)}</h1>'
        f"<p>{escape(handout.purpose)}</p><p>{freshness(*composer.dates())}</p>"
        f"<p>{newest(url)}</p>{qr(url, 'large')}</section>"
    )
    notes = "".join(text for *_, text in back)
    return (
        f'{cover}<nav><h2>Innehåll</h2><ul class="contents">{"".join(contents)}</ul></nav>'
        f'<main>{"".join(body)}</main><div class="notes">{notes}'
        f"{composer.sender()}{index.section(*INDEX[:2])}</div>"
    )
