"""The form of a handout: compose its sections as clean HTML of our own, with a head.

Nothing of the theme's comes along: handouts.typ knows every element that these functions return.
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
    """Return ``handout`` as a whole HTML document.

    Raises PaperError for a section that doesn't exist, or one that its form has no place for.
    """
    layout, links = LAYOUTS[handout.form]
    composer = Composer(site, extra, links)
    body = layout(handout, composer)
    reviewed, _, _ = composer.dates()
    address = without_scheme(short_url(site, handout))
    # a sheet of one page has this in its head
    running = (
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
        f"{running if handout.pages > 1 else ''}"
        f'<p class="run-address">{address}</p>'
        f"{body}</body></html>"
    )


def _body_classes(handout: Handout) -> str:
    poster = " poster" if handout.form.startswith("affisch") else ""
    return f"{handout.form}{poster} columns-{handout.columns}"


def compose_sheet(handout: Handout, composer: Composer) -> str:
    """Return the body of a sheet to read or to tick."""
    parts = []
    for section in flat_sections(handout.sections):
        address, _, anchor = section.section.partition("#")
        whole = anchor == "*" and address != handout.page  # another page: its name tells it apart
        blocks = composer.take(section, 3 if whole else 2)
        parts.append((section, blocks, composer.pages[address].title if whole else ""))
    sections = "".join(
        '<section class="part">'
        + (f'<h2 class="page-title">{escape(title)}</h2>' if title else "")
        + f"{as_html(composer.clean(section, blocks))}</section>"
        for section, blocks, title in parts
    )
    return _with_header(handout, composer, sections)


def qr_image(url: str, size: str) -> str:
    """Return an <img> whose src is the QR code of ``url`` as SVG: paths, quiet zone and alt text
    included. ``size``: a class of handouts.typ."""
    drawn = io.BytesIO()
    segno.make(url, error="m", micro=False).save(
        drawn, kind="svg", border=4, xmldecl=False, svgclass=None, lineclass=None, omitsize=True
    )
    source, alt = drawn.getvalue().decode(), f"QR-kod till {without_scheme(url)}"
    return f'<img class="qr {size}" src="{escape(source)}" alt="{escape(alt)}">'


def short_url(site: HtmlSite, handout: Handout) -> str:
    """Return the URL that paper has room for: it leads to the handout's page."""
    return f"{site.url}p/{handout.key}/"


def sheet_header(handout: Handout, composer: Composer) -> str:
    """Return a sheet's head: its name, its dates, and the code and address that open the page."""
    # the list tells formats apart, paper does itself
    name, url = re.sub(r" \(A\d\)$", "", handout.title), short_url(composer.site, handout)
    more = "Källor, lagrum och länkar" if LAYOUTS[handout.form][1] else "Senaste versionen"
    if any(section.sentences for section in flat_sections(handout.sections)):
        more = "Stegen i korthet. Allt om dem, med källor och lagrum"
    text = (
        f"<h1>{escape(name)}</h1>"
        f'<p class="fresh">{freshness_text(*composer.dates())} {more}: {_address_link(url)}</p>'
    )
    return f"<header><div>{text}</div>{qr_image(url, 'small')}</header>"


def card_freshness(handout: Handout, composer: Composer) -> str:
    """Return how fresh a card is, and where the newest is, as a paragraph of HTML."""
    reviewed, review_by, _ = composer.dates()
    return (
        f'<p class="fresh">Version {date_words(reviewed)}. Granskas senast '
        f"{date_words(review_by)}. {_address_link(short_url(composer.site, handout))}</p>"
    )


def _address_link(url: str) -> str:
    title = f"Senaste versionen: {escape(without_scheme(url))}"
    return f'<a href="{escape(url)}" title="{title}">{paper_address(url)}</a>'


def _section_blocks(entries: Iterable[Sections], composer: Composer) -> list[Element]:
    blocks = [b for section in flat_sections(entries) for b in composer.section(section)]
    for block in blocks:  # out of its page a step's number counts nothing
        for number in list(block.find_class("step-number")):
            number.drop_tree()
    return blocks


def _with_header(handout: Handout, composer: Composer, main: str) -> str:
    return f"{sheet_header(handout, composer)}<main>{main}</main>{composer.sender()}"


def compose_poster(handout: Handout, composer: Composer) -> str:
    """Return the body of a poster: sections, and lines for the municipality's own numbers."""
    extra, sections = composer.extra, ""
    for section in flat_sections(handout.sections):
        blocks = [b for b in composer.section(section) if not has_class(b, "numbers")]
        sections += f'<section class="part">{as_html(blocks)}</section>'
    slots = {key: slot for key, slot in extra.site.numbers.items() if slot.poster}
    own = _own_numbers({key: slot for key, slot in slots.items() if key in extra.local}, extra)
    lines = {key: slot for key, slot in slots.items() if key not in extra.local}
    return _with_header(handout, composer, f"{own}{sections}{_own_numbers(lines, extra)}")


def _own_numbers(slots: Mapping[str, Number], extra: Extra) -> str:
    """Return lines for the municipality's own numbers, filled where they are known."""
    rows = (
        f'<p class="own"><strong>{escape(slot.text)}</strong> '
        f'<span class="write">{escape(extra.local.get(key, ""))}</span></p>'
        for key, slot in slots.items()
    )
    return "".join(rows)


def _is_left_out(block: Element) -> bool:
    """Whether a pocket card leaves ``block`` out: a figure, how sure the text is, or the list of
    own numbers, which it has already."""
    return block.tag == "figure" or has_class(block, "uncertain") or has_class(block, "numbers")


def compose_pocket_card(handout: Handout, composer: Composer) -> str:
    """Return the body of a pocket card: eight panels on one side. The first has its name and the
    own numbers, each of the other seven a section or a list of them."""
    if len(handout.sections) != 7:
        raise PaperError(f"ett fickkort har plats för sju avsnitt, här är {len(handout.sections)}")
    panels = ""
    for entry in handout.sections:
        blocks = [block for block in _section_blocks([entry], composer) if not _is_left_out(block)]
        panels += f'<section class="panel">{as_html(blocks)}</section>'
    code, extra = qr_image(short_url(composer.site, handout), "pocket"), composer.extra
    return (
        f'<main><section class="panel"><h1>{escape(handout.title)}</h1>'
        f"<h2>Våra egna nummer</h2>{_own_numbers(extra.site.numbers, extra)}"
        f'<header class="pocket">{card_freshness(handout, composer)}{code}</header></section>'
        f"{panels}</main>"
    )


def _insert_first(item: Element, node: Element) -> None:
    """Put a node before what an element holds."""
    node.tail, item.text = item.text, None
    item.insert(0, node)


def compose_form(handout: Handout, composer: Composer) -> str:
    """Return the body of a sheet with form fields: lines or a box at each item, which can be
    written on by hand, too, and beside them what isn't asked."""
    columns = {"beside": "", "narrow": "", "": ""}
    names = (f"falt{number}" for number in range(1, 1000))
    for section in flat_sections(handout.sections):
        blocks = composer.section(section)
        for item in (item for block in blocks for item in block.iter("li")):
            _add_fields(item, section, names)
        for block in blocks if section.ticks or section.lines else ():
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
    """Give a list's item its box or its lines; a reader hears the item's text at each."""
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
    """Return the body of the card to the person: one language at a time, each part on a side of
    its own. The sections' tables have a column for each language, after the rows' numbers."""
    tables = [b for b in _section_blocks(handout.sections, composer) if b.tag == "table"]
    if not tables:
        raise PaperError("ett kort har tabeller, och här är ingen")
    # the same in every language
    url, (reviewed, _, _) = short_url(composer.site, handout), composer.dates()
    version, code = (
        f'<p class="fresh">Version {reviewed}. {_address_link(url)}</p>',
        qr_image(url, "pocket"),
    )
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
    """Return a table's cell as a card's line, after its number."""
    line = copy.deepcopy(row[column])
    line.tag = "p"
    line.attrib.clear()
    line.set("class", "line")
    _insert_first(line, builder.STRONG(f"{text_of(row[0])} "))
    return line


# The register's forms: the function that lays each out, and whether its links stay links.
LAYOUTS = {
    "blad": (compose_sheet, True),
    "checklista": (compose_sheet, True),
    "affisch": (compose_poster, False),
    "affisch-a3": (compose_poster, False),
    "fickkort": (compose_pocket_card, False),
    "samtalsblad": (compose_form, False),
    "kort-a6": (compose_card, False),
}
