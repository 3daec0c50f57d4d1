"""A handout's form: the sections it shows, as clean HTML of our own.

Nothing of the theme's comes along: handouts.typ knows every element that stands here.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from scripts.paper import cards
from scripts.paper.composer import Composer, as_html, bare, dates_of, freshness, parts_of
from scripts.paper.handout import Handout, head, newest, qr, short_url
from scripts.paper.sections import Element, Site


def compose(handout: Handout, site: Site, local: Mapping[str, str] | None = None) -> str:
    """Return ``handout`` as a whole HTML document. Raises PaperError for a missing section.

    ``local``: the municipality's own numbers, by the keys of core.config.LOCAL; else lines.
    """
    layout, marks = LAYOUTS[handout.form]
    composer = Composer(site, marks)
    body = layout(handout, composer, local or {})
    reviewed, review_by, law = composer.dates()
    address = bare(short_url(site, handout))
    # a sheet of one page says this in its head
    running = (
        f'<p class="run-title">{escape(handout.title)}. </p>'
        f'<p class="run-fresh">{freshness(reviewed, review_by, law)}</p>'
    )
    return (
        f'<!doctype html><html lang="sv"><head><meta charset="utf-8">'
        f"<title>{escape(handout.title)}</title>"
        f'<meta name="description" content="{escape(handout.purpose)}">'
        # from the pages' own dates, never the clock: same input, same bytes
        f'<meta name="dcterms.created" content="{reviewed}">'
        f'<meta name="dcterms.modified" content="{reviewed}">'
        f"</head>"
        f'<body class="{_classes(handout)}">'
        f"{running if handout.pages > 1 else ''}"
        f'<p class="run-address">{address}</p>'
        f"{body}</body></html>"
    )


def _sheet(handout: Handout, composer: Composer, _: Mapping[str, str]) -> str:
    parts = [(a, composer.take(a, anchor, out, 2)) for a, anchor, out in parts_of(handout.sections)]
    for address, blocks in parts:
        composer.clean(address, blocks)
    sections = "".join(f'<section class="part">{as_html(blocks)}</section>' for _, blocks in parts)
    short = handout.pages <= 2
    return (
        f"{head(handout, composer)}<main>{sections}</main>"
        f'<div class="notes">{composer.notes(short)}</div>'
    )


def _page_id(address: str) -> str:
    return f"{address.replace('/', '-') or 'start-'}sida"


def _classes(handout: Handout) -> str:
    poster = " poster" if handout.form.startswith("affisch") else ""
    return f"{handout.form}{poster} columns-{handout.columns}"


def _book(handout: Handout, composer: Composer, _: Mapping[str, str]) -> str:
    chapters: list[tuple[str, list[tuple[str, list[Element]]]]] = []
    for name, addresses in composer.site.menu():
        kept = [a for a in addresses if a not in handout.without]
        if kept:
            chapters.append((name, [(a, composer.take(a, "*", (), 4)) for a in kept]))
            for address in kept:  # before any link is resolved
                composer.ids[(address, "")] = _page_id(address)
    contents, body = [], []
    for number, (name, pages) in enumerate(chapters, 1):
        lines = ""
        body.append(f'<section class="chapter"><h2 id="del-{number}">{escape(name)}</h2>')
        for address, blocks in pages:
            composer.clean(address, blocks)
            page, own = composer.pages[address], _page_id(address)
            title = escape(page.title)
            lines += f'<li><a class="to-page" href="#{own}">{title}</a></li>'
            body.append(
                f'<section class="page"><h3 id="{own}">{title}</h3>'
                f'<p class="fresh">{freshness(*dates_of([page]))} '
                f"{bare(composer.site.url + address)}</p>{as_html(blocks)}</section>"
            )
        body.append("</section>")
        contents.append(
            f'<li><strong>{escape(name)}</strong><ul class="contents">{lines}</ul></li>'
        )
    url = short_url(composer.site, handout)
    cover = (
        f'<section class="cover"><h1>{escape(handout.title)}</h1>'
        f"<p>{escape(handout.purpose)}</p><p>{freshness(*composer.dates())}</p>"
        f"<p>{newest(url)}</p>{qr(url, 'large')}</section>"
    )
    index = "".join(
        f"<p>{escape(word)} "
        + ", ".join(
            f'<a class="page-number" href="#{mention}"></a>' for mention in composer.mentions[key]
        )
        + "</p>"
        for key, (word, _) in sorted(composer.words.items(), key=lambda w: w[1][0].lower())
    )
    return (
        f'{cover}<nav><h2>Innehåll</h2><ul class="contents">{"".join(contents)}</ul></nav>'
        f'<main>{"".join(body)}</main><div class="notes">{composer.notes(short=False)}'
        '<section class="index"><h2>Ordregister</h2>'
        f'<div class="words-list">{index}</div></section></div>'
    )


# The register's forms: what lays them out, and whether the text says its sources.
LAYOUTS = {
    "blad": (_sheet, True),
    "checklista": (_sheet, True),
    "affisch": (cards.poster, False),
    "affisch-a3": (cards.poster, False),
    "fickkort": (cards.pocket, False),
    "samtalsblad": (cards.write_on, False),
    "kort": (cards.side_by_side, False),
    "kort-a6": (cards.one_by_one, False),
    "bok": (_book, True),
}
