"""Compose a handout's sections as HTML in the layout of its form.

The HTML has nothing of the theme: handouts.typ has a rule for every element in it.
"""

from __future__ import annotations

import copy
import io
import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from html import escape

import segno
from lxml.html import builder

from scripts.content.handouts import Handout, Section, Sections, flat_sections
from scripts.content.markdown import split_sentences
from scripts.content.settings import Extra, Number
from scripts.paper.composer import Composer, as_html, freshness_text, without_scheme
from scripts.paper.form_fields import FIELD_SCHEME
from scripts.paper.sections import Element, PaperError, has_class, text_of
from scripts.render.sources import paper_address
from scripts.site.html_site import HtmlSite

POCKET_CARD_SECTIONS = 7  # one in each panel but the first


def compose(handout: Handout, site: HtmlSite, extra: Extra) -> str:
    """Return ``handout`` as an HTML document.

    Raises PaperError for a section that doesn't exist, or that doesn't fit the handout's form.
    """
    composer = Composer(site, extra, keeps_links=handout.form in FORMS_WITH_LINKS)
    body = LAYOUTS[handout.form](handout, composer)
    reviewed = composer.dates().reviewed
    # The foot of each page. A handout of one page has its title and version in its header.
    footer = f'<p class="run-address">{without_scheme(short_url(site, handout))}</p>'
    if handout.pages > 1:
        footer += (
            f'<p class="run-title">{escape(handout.title)}. </p>'
            f'<p class="run-fresh">Version {reviewed}.</p>'
        )
    return (
        f'<!doctype html><html lang="sv"><head><meta charset="utf-8">'
        f"<title>{escape(handout.title)}</title>"
        f'<meta name="description" content="{escape(handout.purpose)}">'
        # from the pages' own dates, never the clock: same input, same bytes
        f'<meta name="dcterms.modified" content="{reviewed}">'
        f"</head>"
        f'<body class="{handout.form} columns-{handout.columns}">{footer}{body}</body></html>'
    )


def short_url(site: HtmlSite, handout: Handout) -> str:
    """Return the short URL that is printed: it redirects to the handout's page."""
    return f"{site.url}p/{handout.key}/"


def short_url_link(url: str) -> str:
    """Return HTML that prints a short URL, as a link to the handout's newest version."""
    title = f"Senaste versionen: {escape(without_scheme(url))}"
    return f'<a href="{escape(url)}" title="{title}">{paper_address(url)}</a>'


def qr_image(url: str) -> str:
    """Return an <img> whose src is not an address but the SVG itself, which handouts.typ draws: the
    QR code of ``url`` with its quiet zone."""
    svg = io.BytesIO()
    segno.make(url, error="m", micro=False).save(
        svg, kind="svg", border=4, xmldecl=False, svgclass=None, lineclass=None, omitsize=True
    )
    source = svg.getvalue().decode()
    alt = f"QR-kod till {without_scheme(url)}"
    return f'<img src="{escape(source)}" alt="{escape(alt)}">'


def with_header(handout: Handout, composer: Composer, main: str) -> str:
    """Return the HTML ``main`` between a sheet's header and its sender.

    The header has the title, the dates, and the short URL with its QR code, after a few words on
    what the page at that URL has and the handout lacks.
    """
    title = re.sub(r" \(A\d\)$", "", handout.title)  # the paper itself shows its format
    if any(section.sentences for section in flat_sections(handout.sections)):
        lead = "Stegen i korthet. Allt om dem, med källor och lagrum"
    elif handout.form in FORMS_WITH_LINKS:
        lead = "Källor, lagrum och länkar"
    else:
        lead = "Senaste versionen"
    url = short_url(composer.site, handout)
    return (
        f"<header><div><h1>{escape(title)}</h1>"
        f'<p class="fresh">{freshness_text(composer.dates())} {lead}: {short_url_link(url)}</p>'
        f"</div>{qr_image(url)}</header>"
        f"<main>{main}</main>{composer.sender()}"
    )


def compose_sheet(handout: Handout, composer: Composer) -> str:
    """Return the body of a sheet or a checklist."""
    sections = composer.prepare(flat_sections(handout.sections))
    parts = (f'<section class="part">{as_html(blocks)}</section>' for blocks in sections)
    return with_header(handout, composer, "".join(parts))


def compose_poster(handout: Handout, composer: Composer) -> str:
    """Return the body of a poster: those of the municipality's own numbers that are known, the
    sections, and lines to write the missing numbers on."""
    extra = composer.extra
    sections = ""
    for blocks in composer.prepare(flat_sections(handout.sections)):
        # without the pages' list of own numbers, which the poster has in larger text
        shown = [block for block in blocks if not has_class(block, "numbers")]
        sections += f'<section class="part">{as_html(shown)}</section>'
    numbers = {key: number for key, number in extra.site.numbers.items() if number.poster}
    known = {key: number for key, number in numbers.items() if key in extra.local}
    missing = {key: number for key, number in numbers.items() if key not in extra.local}
    main = own_numbers_html(known, extra) + sections + own_numbers_html(missing, extra)
    return with_header(handout, composer, main)


def own_numbers_html(numbers: Mapping[str, Number], extra: Extra) -> str:
    """Return a paragraph for each of the municipality's own ``numbers``: its name, and the number
    in ``extra.local``, or a line to write it on."""
    rows = (
        f'<p class="own"><strong>{escape(number.text)}</strong> '
        f'<span class="write">{escape(extra.local.get(key, ""))}</span></p>'
        for key, number in numbers.items()
    )
    return "".join(rows)


def compose_pocket_card(handout: Handout, composer: Composer) -> str:
    """Return the body of a pocket card: eight panels on one side. The first has the title and the
    own numbers; each of the others has one of the handout's seven entries."""
    count = len(handout.sections)
    if count != POCKET_CARD_SECTIONS:
        raise PaperError(f"ett fickkort har plats för sju avsnitt, här är {count}")
    panels = ""
    for entry in handout.sections:
        # own numbers are in the first panel, and a doubt is for a reader who has time
        blocks = [
            block
            for block in without_step_numbers([entry], composer)
            if not has_class(block, "numbers", "uncertain")
        ]
        panels += f'<section class="panel">{as_html(blocks)}</section>'
    extra = composer.extra
    url = short_url(composer.site, handout)
    dates = freshness_text(composer.dates()._replace(law_read=""))  # the law's date has no room
    return (
        f'<main><section class="panel"><h1>{escape(handout.title)}</h1>'
        f"<h2>Våra egna nummer</h2>{own_numbers_html(extra.site.numbers, extra)}"
        f'<header><p class="fresh">{dates} {short_url_link(url)}</p>'
        f"{qr_image(url)}</header></section>"
        f"{panels}</main>"
    )


def without_step_numbers(entries: Iterable[Sections], composer: Composer) -> list[Element]:
    """Return the blocks of sections, ready for paper, without the numbers of the steps, which mean
    nothing outside their page."""
    blocks = list(itertools.chain(*composer.prepare(flat_sections(entries))))
    for block in blocks:
        for number in block.find_class("step-number"):
            number.drop_tree()
    return blocks


def compose_form(handout: Handout, composer: Composer) -> str:
    """Return the body of a sheet with form fields: a box or lines at each list item of the sections
    that have ``ticks`` or ``lines``.

    The sections with ``column: narrow`` are a column, and those with ``column: beside`` another
    beside it; the other sections follow in the full width.
    """
    columns = {"narrow": "", "beside": "", "": ""}  # Section.column → HTML
    names = (f"falt{number}" for number in itertools.count(1))
    sections = list(flat_sections(handout.sections))
    for section, blocks in zip(sections, composer.prepare(sections), strict=True):
        for block in blocks:
            for item in list(block.iter("li")):
                _add_fields(item, section, names)
            if section.ticks or section.lines:
                for item_list in block.iter("ul"):  # the box or line is mark enough
                    item_list.set("class", "unmarked")
        columns[section.column] += f'<section class="part">{as_html(blocks)}</section>'
    main = (
        f'<div class="columns"><div>{columns["narrow"]}</div>'
        f'<section class="beside">{columns["beside"]}</section></div>{columns[""]}'
    )
    return with_header(handout, composer, main)


def _add_fields(item: Element, section: Section, names: Iterator[str]) -> None:
    """Add a box before a list item (``section.ticks``), and ``section.lines`` lines after it, as
    links that form_fields.py turns into fields. The accessible name of each is the item's text.

    ``names``: names of fields that aren't used yet.
    """
    label = text_of(item)
    if section.ticks:
        attributes = {"class": "box", "href": FIELD_SCHEME + next(names), "title": label}
        _insert_first(item, builder.A(attributes))
    for number in range(1, section.lines + 1):
        title = f"{label}, rad {number} av {section.lines}" if section.lines > 1 else label
        attributes = {"class": "write", "href": FIELD_SCHEME + next(names), "title": title}
        item.append(builder.A(attributes))


def _insert_first(parent: Element, node: Element) -> None:
    """Insert a node before the content of ``parent``."""
    node.tail, parent.text = parent.text, None
    parent.insert(0, node)


def compose_card(handout: Handout, composer: Composer) -> str:
    """Return the body of the card to the exposed person: for each language a front, made of the
    first section's table, and a back for each of the other sections' tables.

    A table's first column has the rows' numbers, and each other column is a language.
    """
    blocks = without_step_numbers(handout.sections, composer)
    tables = [block for block in blocks if block.tag == "table"]
    if not tables:
        raise PaperError("ett kort har tabeller, och här är ingen")
    url = short_url(composer.site, handout)
    reviewed = composer.dates().reviewed
    # the date in digits, which are the same in every language
    version = (
        f'<header><p class="fresh">Version {reviewed}. {short_url_link(url)}</p>'
        f"{qr_image(url)}</header>"
    )
    sides = ""
    number_of_columns = len(tables[0].find(".//tr"))  # cells of the first row
    for column in range(1, number_of_columns):
        sides += _card_side(tables[0], column, "front", version)
        for table in tables[1:]:
            sides += _card_side(table, column, "back")
    return f"<main>{sides}</main>"


def _card_side(table: Element, column: int, side: str, footer: str = "") -> str:
    """Return a side of a card: the column numbered ``column`` of ``table``, with the language and
    direction of its header cell, which is the title, a sentence a line. ``side``: "front" or
    "back"."""
    header_row, *rows = table.iter("tr")
    header = header_row[column]
    lang = header.get("lang", "sv")
    direction = header.get("dir", "ltr")
    tag = "h1" if side == "front" else "h2"
    title = "<br>".join(escape(sentence) for _, sentence in split_sentences(text_of(header)))
    lines = as_html(_card_line(row, column) for row in rows)
    return (
        f'<section class="card {side}" lang="{lang}" dir="{direction}">'
        f"<{tag}>{title}</{tag}>{lines}{footer}</section>"
    )


def _card_line(row: Element, column: int) -> Element:
    """Return the cell in ``column`` of a table's row as a paragraph, with the row's number first in
    bold."""
    line = copy.deepcopy(row[column])
    line.tag = "p"
    line.attrib.clear()
    line.set("class", "line")
    _insert_first(line, builder.STRONG(f"{text_of(row[0])} "))
    return line


LAYOUTS = {  # form of a handout → function that composes its body
    "blad": compose_sheet,
    "checklista": compose_sheet,
    "affisch": compose_poster,
    "affisch-a3": compose_poster,
    "fickkort": compose_pocket_card,
    "samtalsblad": compose_form,
    "kort-a6": compose_card,
}
FORMS_WITH_LINKS = ("blad", "checklista")  # links to other pages: they are read on a screen, too
