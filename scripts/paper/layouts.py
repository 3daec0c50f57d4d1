"""Compose a handout's sections as HTML in the layout of its form.

The HTML has nothing of the theme: handouts.typ has a rule for every element in it.
"""

from __future__ import annotations

import copy
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from html import escape

import segno
from lxml.html import builder

from scripts.content.handouts import Handout, Section, Sections, flat_sections
from scripts.content.markdown import split_sentences
from scripts.content.settings import Extra, Number
from scripts.core.swedish import date_words
from scripts.paper.composer import Composer, as_html, freshness_text, without_scheme
from scripts.paper.form_fields import FIELD_SCHEME
from scripts.paper.sections import Element, PaperError, has_class, text_of
from scripts.render.sources import paper_address
from scripts.site.html_site import HtmlSite


def compose(handout: Handout, site: HtmlSite, extra: Extra) -> str:
    """Return ``handout`` as an HTML document.

    Raises PaperError for a section that doesn't exist, or that doesn't fit the handout's form.
    """
    layout, links = LAYOUTS[handout.form]
    composer = Composer(site, extra, links)
    body = layout(handout, composer)
    reviewed, _, _ = composer.dates()
    address = without_scheme(short_url(site, handout))
    # running header of later pages; a handout of one page has the same in its own header
    running_header = (
        f'<p class="run-title">{escape(handout.title)}. </p>'
        f'<p class="run-fresh">Version {reviewed}.</p>'
    )
    return (
        f'<!doctype html><html lang="sv"><head><meta charset="utf-8">'
        f"<title>{escape(handout.title)}</title>"
        f'<meta name="description" content="{escape(handout.purpose)}">'
        # from the pages' own dates, never the clock: same input, same bytes
        f'<meta name="dcterms.created" content="{reviewed}">'
        f'<meta name="dcterms.modified" content="{reviewed}">'
        f"</head>"
        f'<body class="{_body_classes(handout)}">'
        f"{running_header if handout.pages > 1 else ''}"
        f'<p class="run-address">{address}</p>'
        f"{body}</body></html>"
    )


def _body_classes(handout: Handout) -> str:
    """Return the classes of <body>, which choose the rules of handouts.typ."""
    poster = " poster" if handout.form.startswith("affisch") else ""
    return f"{handout.form}{poster} columns-{handout.columns}"


def compose_sheet(handout: Handout, composer: Composer) -> str:
    """Return the body of a sheet or a checklist."""
    parts = []
    for section in flat_sections(handout.sections):
        address, _, anchor = section.section.partition("#")
        is_other_page = anchor == "*" and address != handout.page  # it is shown with its title
        blocks = composer.take(section, 3 if is_other_page else 2)
        parts.append((section, blocks, composer.pages[address].title if is_other_page else ""))
    sections = "".join(
        '<section class="part">'
        + (f'<h2 class="page-title">{escape(title)}</h2>' if title else "")
        + f"{as_html(composer.clean(section, blocks))}</section>"
        for section, blocks, title in parts
    )
    return _with_header(handout, composer, sections)


def qr_image(url: str, size: str) -> str:
    """Return an <img> whose src is the QR code of ``url`` as SVG, with its quiet zone.

    ``size``: a class of handouts.typ.
    """
    svg = io.BytesIO()
    segno.make(url, error="m", micro=False).save(
        svg, kind="svg", border=4, xmldecl=False, svgclass=None, lineclass=None, omitsize=True
    )
    source = svg.getvalue().decode()
    alt = f"QR-kod till {without_scheme(url)}"
    return f'<img class="qr {size}" src="{escape(source)}" alt="{escape(alt)}">'


def short_url(site: HtmlSite, handout: Handout) -> str:
    """Return the short URL that is printed: it redirects to the handout's page."""
    return f"{site.url}p/{handout.key}/"


def sheet_header(handout: Handout, composer: Composer) -> str:
    """Return a sheet's header: title, dates, and the short URL with its QR code."""
    name = re.sub(r" \(A\d\)$", "", handout.title)  # the paper itself shows its format
    url = short_url(composer.site, handout)
    more = "Källor, lagrum och länkar" if LAYOUTS[handout.form][1] else "Senaste versionen"
    if any(section.sentences for section in flat_sections(handout.sections)):
        more = "Stegen i korthet. Allt om dem, med källor och lagrum"
    text = (
        f"<h1>{escape(name)}</h1>"
        f'<p class="fresh">{freshness_text(*composer.dates())} {more}: {_address_link(url)}</p>'
    )
    return f"<header><div>{text}</div>{qr_image(url, 'small')}</header>"


def card_freshness(handout: Handout, composer: Composer) -> str:
    """Return a card's dates of review and short URL as a paragraph of HTML."""
    reviewed, review_by, _ = composer.dates()
    return (
        f'<p class="fresh">Version {date_words(reviewed)}. Granskas senast '
        f"{date_words(review_by)}. {_address_link(short_url(composer.site, handout))}</p>"
    )


def _address_link(url: str) -> str:
    """Return a link to the newest version, with its printable URL as text."""
    title = f"Senaste versionen: {escape(without_scheme(url))}"
    return f'<a href="{escape(url)}" title="{title}">{paper_address(url)}</a>'


def _section_blocks(entries: Iterable[Sections], composer: Composer) -> list[Element]:
    """Return the blocks of sections, ready for paper, without the numbers of steps: outside their
    page they mean nothing."""
    blocks: list[Element] = []
    for section in flat_sections(entries):
        blocks += composer.section(section)
    for block in blocks:
        for number in list(block.find_class("step-number")):
            number.drop_tree()
    return blocks


def _with_header(handout: Handout, composer: Composer, main: str) -> str:
    """Return the HTML ``main`` between a sheet's header and its sender."""
    return f"{sheet_header(handout, composer)}<main>{main}</main>{composer.sender()}"


def compose_poster(handout: Handout, composer: Composer) -> str:
    """Return the body of a poster: the municipality's own numbers, the sections, and lines for the
    numbers that are missing."""
    extra = composer.extra
    sections = ""
    for section in flat_sections(handout.sections):
        blocks = [b for b in composer.section(section) if not has_class(b, "numbers")]
        sections += f'<section class="part">{as_html(blocks)}</section>'
    slots = {key: slot for key, slot in extra.site.numbers.items() if slot.poster}
    own = _own_numbers({key: slot for key, slot in slots.items() if key in extra.local}, extra)
    lines = {key: slot for key, slot in slots.items() if key not in extra.local}
    return _with_header(handout, composer, f"{own}{sections}{_own_numbers(lines, extra)}")


def _own_numbers(slots: Mapping[str, Number], extra: Extra) -> str:
    """Return a paragraph for each of the municipality's own numbers, empty where it is missing."""
    rows = (
        f'<p class="own"><strong>{escape(slot.text)}</strong> '
        f'<span class="write">{escape(extra.local.get(key, ""))}</span></p>'
        for key, slot in slots.items()
    )
    return "".join(rows)


def _is_left_out(block: Element) -> bool:
    """Whether a pocket card leaves ``block`` out: a figure, a note on uncertainty, or the list of
    own numbers, which has a panel of its own."""
    return block.tag == "figure" or has_class(block, "uncertain") or has_class(block, "numbers")


def compose_pocket_card(handout: Handout, composer: Composer) -> str:
    """Return the body of a pocket card: eight panels on one side. The first has the title and the
    own numbers; each of the others has one of the handout's seven entries."""
    if len(handout.sections) != 7:
        raise PaperError(f"ett fickkort har plats för sju avsnitt, här är {len(handout.sections)}")
    panels = ""
    for entry in handout.sections:
        blocks = [block for block in _section_blocks([entry], composer) if not _is_left_out(block)]
        panels += f'<section class="panel">{as_html(blocks)}</section>'
    code = qr_image(short_url(composer.site, handout), "pocket")
    extra = composer.extra
    return (
        f'<main><section class="panel"><h1>{escape(handout.title)}</h1>'
        f"<h2>Våra egna nummer</h2>{_own_numbers(extra.site.numbers, extra)}"
        f'<header class="pocket">{card_freshness(handout, composer)}{code}</header></section>'
        f"{panels}</main>"
    )


def _insert_first(item: Element, node: Element) -> None:
    """Insert a node before the content of an element."""
    node.tail, item.text = item.text, None
    item.insert(0, node)


def compose_form(handout: Handout, composer: Composer) -> str:
    """Return the body of a sheet with form fields, lines or a box at each list item, in two
    columns: the narrow one, and the one beside it."""
    columns = {"beside": "", "narrow": "", "": ""}
    names = (f"falt{number}" for number in range(1, 1000))
    for section in flat_sections(handout.sections):
        blocks = composer.section(section)
        for block in blocks:
            for item in list(block.iter("li")):
                _add_fields(item, section, names)
            if section.ticks or section.lines:
                for items in block.iter("ul"):
                    items.set("class", "unmarked")
        kind = "ticks" if section.ticks else "part"
        columns[section.column] += f'<section class="{kind}">{as_html(blocks)}</section>'
    main = (
        f'<div class="columns"><div>{columns["narrow"]}</div>'
        f'<section class="beside">{columns["beside"]}</section></div>{columns[""]}'
    )
    return _with_header(handout, composer, main)


def _add_fields(item: Element, section: Section, names: Iterator[str]) -> None:
    """Add the box or lines of a list item, as links that form_fields.py turns into fields. Each has
    the item's text as its accessible name.

    ``names``: names of fields that aren't used yet.
    """
    label = text_of(item)
    if section.ticks:
        _insert_first(
            item, builder.A({"class": "box", "href": FIELD_SCHEME + next(names), "title": label})
        )
    for number in range(1, section.lines + 1):
        title = f"{label}, rad {number} av {section.lines}" if section.lines > 1 else label
        item.append(
            builder.A({"class": "write", "href": FIELD_SCHEME + next(names), "title": title})
        )


def compose_card(handout: Handout, composer: Composer) -> str:
    """Return the body of the card to the exposed person: each language on its own sides, one for
    each section. A section's table has the rows' numbers first, then a column for each language."""
    tables = [b for b in _section_blocks(handout.sections, composer) if b.tag == "table"]
    if not tables:
        raise PaperError("ett kort har tabeller, och här är ingen")
    url = short_url(composer.site, handout)
    reviewed, _, _ = composer.dates()
    # the same in every language
    version = f'<p class="fresh">Version {reviewed}. {_address_link(url)}</p>'
    code = qr_image(url, "pocket")
    sides = ""
    for column, heading in list(enumerate(tables[0].find(".//tr")))[1:]:
        lang, direction = heading.get("lang", "sv"), heading.get("dir", "ltr")
        for number, table in enumerate(tables):
            rows = list(table.iter("tr"))
            level = 2 if number else 1
            title = "<br>".join(
                escape(text) for _, text in split_sentences(text_of(rows[0][column]))
            )
            side = f"<h{level}>{title}</h{level}>"
            side += as_html(_card_line(row, column) for row in rows[1:])
            if not number:
                side += f'<header class="pocket">{version}{code}</header>'
            kind = "back" if number else "front"
            sides += (
                f'<section class="card {kind}" lang="{lang}" dir="{direction}">{side}</section>'
            )
    return f"<main>{sides}</main>"


def _card_line(row: Element, column: int) -> Element:
    """Return a cell of a table's row as a paragraph of a card, after the row's number."""
    line = copy.deepcopy(row[column])
    line.tag = "p"
    line.attrib.clear()
    line.set("class", "line")
    _insert_first(line, builder.STRONG(f"{text_of(row[0])} "))
    return line


# Form of a handout → (function that composes its body, whether links to other pages stay).
LAYOUTS = {
    "blad": (compose_sheet, True),
    "checklista": (compose_sheet, True),
    "affisch": (compose_poster, False),
    "affisch-a3": (compose_poster, False),
    "fickkort": (compose_pocket_card, False),
    "samtalsblad": (compose_form, False),
    "kort-a6": (compose_card, False),
}
