"""A handout's form: the sections it shows, as clean HTML of our own.

Nothing of the theme's comes along: handouts.typ knows every element that stands here.
"""

from __future__ import annotations

from html import escape

from scripts.content.config import Extra
from scripts.content.records import Handout
from scripts.paper import cards
from scripts.paper.composer import Composer, as_html, bare, freshness, parts_of
from scripts.paper.handout import head, short_url
from scripts.paper.notes import lists
from scripts.publish.built import BuiltSite


def compose(handout: Handout, site: BuiltSite, extra: Extra) -> str:
    """Return ``handout`` as a whole HTML document. Raises PaperError for a missing section."""
    layout, marks = LAYOUTS[handout.form]
    composer = Composer(site, extra, marks)
    body = layout(handout, composer)
    reviewed, review_by, law = composer.dates()
    address = bare(short_url(site, handout))
    # a sheet of one page says this in its head
    running = (
        f'<p class="run-title">{escape(handout.title)}. </p>'
        f'<p class="run-fresh">{freshness(reviewed, review_by, law, words=str)}</p>'
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


def _sheet(handout: Handout, composer: Composer) -> str:
    parts = []
    for address, anchor, without in parts_of(handout.sections):
        whole = anchor == "*" and address != handout.page  # another page: its name tells it apart
        blocks = composer.take(address, anchor, without, 3 if whole else 2)
        parts.append((address, blocks, composer.pages[address].title if whole else ""))
    for part in parts:
        composer.clean(*part[:2])
    sections = "".join(
        '<section class="part">'
        + (f'<h2 class="page-title">{escape(title)}</h2>' if title else "")
        + f"{as_html(blocks)}</section>"
        for _, blocks, title in parts
    )
    notes = "".join(text for *_, text in lists(composer, short=handout.pages <= 2))
    return (
        f"{head(handout, composer)}<main>{sections}</main>"
        f'<div class="notes">{notes}{composer.sender()}</div>'
    )


def _classes(handout: Handout) -> str:
    poster = " poster" if handout.form.startswith("affisch") else ""
    return f"{handout.form}{poster} columns-{handout.columns}"


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
}
