"""A handout's form: the sections it shows, as clean HTML of our own, with a head and the lists of
sources, links and words.

Nothing of the theme's comes along: handouts.typ knows every element that stands here.
"""

from __future__ import annotations

import copy
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from html import escape

import segno
from lxml.html import builder

from scripts.content.handouts import Handout, Section, Sections, parts_of
from scripts.content.settings import Extra, Number
from scripts.paper.composer import Composer, as_html, bare, freshness
from scripts.paper.sections import Element, PaperError, Source, has_class, text_of
from scripts.render.sources import paper_address
from scripts.site.html_site import HtmlSite


def compose(handout: Handout, site: HtmlSite, extra: Extra) -> str:
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
    notes = "".join(lists(composer, short=handout.pages <= 2))
    return (
        f"{head(handout, composer)}<main>{sections}</main>"
        f'<div class="notes">{notes}{composer.sender()}</div>'
    )


def _classes(handout: Handout) -> str:
    poster = " poster" if handout.form.startswith("affisch") else ""
    return f"{handout.form}{poster} columns-{handout.columns}"


def qr(url: str, size: str) -> str:
    """Return an <img> whose src is the QR code of ``url`` as SVG: paths, quiet zone and alt text
    included. ``size``: a class of handouts.typ."""
    drawn = io.BytesIO()
    segno.make(url, error="m", micro=False).save(
        drawn, kind="svg", border=4, xmldecl=False, svgclass=None, lineclass=None, omitsize=True
    )
    source, alt = drawn.getvalue().decode(), f"QR-kod till {bare(url)}"
    return f'<img class="qr {size}" src="{escape(source)}" alt="{escape(alt)}">'


def short_url(site: HtmlSite, handout: Handout) -> str:
    return f"{site.url}p/{handout.key}/"


def head(handout: Handout, composer: Composer) -> str:
    # the list tells formats apart, paper does itself
    name, url = re.sub(r" \(A\d\)$", "", handout.title), short_url(composer.site, handout)
    title = f"<h1>{escape(name)}</h1>{fresh(handout, composer)}"
    return f"<header><div>{title}</div>{qr(url, 'small')}</header>"


def fresh(handout: Handout, composer: Composer) -> str:
    """Return how fresh a handout is, and where the newest is, as a paragraph."""
    said = f"{freshness(*composer.dates())} {newest(short_url(composer.site, handout))}"
    return f'<p class="fresh">{said}</p>'


def newest(url: str) -> str:
    title = f"Senaste versionen: {escape(bare(url))}"
    return f'Senaste versionen: <a href="{escape(url)}" title="{title}">{paper_address(url)}</a>'


def lists(composer: Composer, short: bool) -> Iterator[str]:
    """Yield each list; ``short``: sources undated."""
    if composer.words and not composer.glossary:
        rows = "".join(
            f"<p><strong>{escape(word)}</strong>{escape(text)}</p>"
            for word, text in composer.words.values()
        )
        yield _list("words", "Ord förklarade", rows)
    if composer.links:
        rows = "".join(
            f'<li>{_reference(mark)}<a href="{escape(composer.site.url + target)}" '
            f'title="Sida på sajten: {escape(bare(composer.site.url + target))}">'
            f"{paper_address(composer.site.url + target)}</a></li>"
            for target, mark in composer.links.items()
        )
        yield _list("links", "Sidor som texten länkar till", f"<ul>{rows}</ul>")
    if composer.sources:
        rows = "".join(
            f'<li id="kalla-{source.key}">{_reference(str(number))}{_source(source, short)}</li>'
            for number, source in enumerate(composer.sources.values(), 1)
        )
        yield _list("sources", "Källor", f"<ul>{rows}</ul>")


def _list(kind: str, heading: str, rows: str) -> str:
    return f'<section class="{kind}"><h2 id="slut-{kind}">{heading}</h2>{rows}</section>'


def _reference(mark: str) -> str:
    return f'<span class="mark">{mark}</span> '


def _source(source: Source, short: bool) -> str:
    more = source.text
    if short:  # publisher, and the doubt; the dates stand on the page that the paper leads to
        more = more.split(". ")[0].rstrip(".") + "."
        more += " Osäker källa." if "Osäker källa." in source.text else ""
    title = escape(f"{source.title} ({bare(source.url)})")
    link = f'<a href="{escape(source.url)}" title="{title}">{escape(source.title)}</a>'
    return f"{link}. {escape(more)} {paper_address(source.url)}"


# Handouts to hang up, carry, write on or point at: no sources or letters, for there is no place.


def _sections(entries: Iterable[Sections], composer: Composer) -> list[Element]:
    return [block for part in parts_of(entries) for block in composer.section(*part)]


def _headed(handout: Handout, composer: Composer, main: str) -> str:
    return f"{head(handout, composer)}<main>{main}</main>{composer.sender()}"


def poster(handout: Handout, composer: Composer) -> str:
    extra, sections = composer.extra, ""
    for part in parts_of(handout.sections):
        blocks = [b for b in composer.section(*part) if not has_class(b, "numbers")]
        sections += f'<section class="part">{as_html(blocks)}</section>'
    slots = {key: slot for key, slot in extra.site.numbers.items() if slot.poster}
    own = _own({key: slot for key, slot in slots.items() if key in extra.local}, extra)
    lines = _own({key: slot for key, slot in slots.items() if key not in extra.local}, extra)
    return _headed(handout, composer, f"{own}{sections}{lines}")


def _own(slots: Mapping[str, Number], extra: Extra) -> str:
    """Return lines for the municipality's own numbers, filled where they are known."""
    rows = (
        f'<p class="own"><strong>{escape(slot.text)}</strong> '
        f'<span class="write">{escape(extra.local.get(key, ""))}</span></p>'
        for key, slot in slots.items()
    )
    return "".join(rows)


def _aside(block: Element) -> bool:
    """Whether a card has no place for ``block``: a figure, or how sure the text is; or has it
    already, as the list of own numbers."""
    return block.tag == "figure" or has_class(block, "uncertain") or has_class(block, "numbers")


def pocket(handout: Handout, composer: Composer) -> str:
    """Eight panels on one side: the name and the own numbers, then a section or a list of them,
    in each of the other seven."""
    if len(handout.sections) != 7:
        raise PaperError(f"ett fickkort har plats för sju avsnitt, här är {len(handout.sections)}")
    panels = ""
    for entry in handout.sections:
        blocks = [block for block in _sections([entry], composer) if not _aside(block)]
        panels += f'<section class="panel">{as_html(blocks)}</section>'
    code, extra = qr(short_url(composer.site, handout), "pocket"), composer.extra
    return (
        f'<main><section class="panel"><h1>{escape(handout.title)}</h1>'
        f"<h2>Våra egna nummer</h2>{_own(extra.site.numbers, extra)}"
        f'<header class="pocket">{fresh(handout, composer)}{code}</header></section>{panels}</main>'
    )


def _begin(item: Element, node: Element) -> None:
    """Put a node before what an element says."""
    node.tail, item.text = item.text, None
    item.insert(0, node)


def write_on(handout: Handout, composer: Composer) -> str:
    """A sheet to fill in by hand: lines or boxes at each item, and beside it what isn't asked."""
    columns = {"beside": "", "narrow": "", "": ""}
    for entry in handout.sections:
        given = entry if isinstance(entry, Section) else Section(section="")
        blocks = _sections([entry], composer)
        for item in (item for block in blocks for item in block.iter("li")):
            if given.ticks:
                _begin(item, builder.SPAN(builder.CLASS("box")))
            item.extend(builder.SPAN(builder.CLASS("write")) for _ in range(given.lines))
        for block in blocks if given.ticks or given.lines else ():
            for items in block.iter("ul"):
                items.set("class", "unmarked")
        kind = "ticks" if given.ticks else "part"
        columns[given.column] += f'<section class="{kind}">{as_html(blocks)}</section>'
    main = (
        f'<div class="columns"><div>{columns["narrow"]}</div>'
        f'<section class="beside">{columns["beside"]}</section></div>{columns[""]}'
    )
    return _headed(handout, composer, main)


def side_by_side(handout: Handout, composer: Composer) -> str:
    """The card to the person on one sheet: its languages beside each other."""
    blocks = _sections(handout.sections, composer)
    return _headed(handout, composer, as_html(block for block in blocks if block.tag == "table"))


def one_by_one(handout: Handout, composer: Composer) -> str:
    """The same card with one language at a time: a column of its tables as headings and lines."""
    blocks = _sections(handout.sections, composer)
    tables = [block for block in blocks if block.tag == "table"]
    if not tables:
        raise PaperError("ett kort har tabeller, och här är ingen")
    said, cards = fresh(handout, composer), ""
    for column, heading in list(enumerate(tables[0].find(".//tr")))[1:]:
        lang = heading.get("lang", "sv")
        start = f'<section lang="{lang}" dir="{heading.get("dir", "ltr")}">'
        code = "" if cards else qr(short_url(composer.site, handout), "pocket")
        cards += '<div class="card">'
        for number, table in enumerate(tables):
            rows = list(table.iter("tr"))
            name = escape(text_of(rows[0][column]))
            top = f"<h2>{name}</h2>" if number else f"<h1>{name}</h1>"
            if code and not number:
                top = f'<header class="pocket">{top}{code}</header>'
            cards += start + top
            for row in rows[1:]:
                line = copy.deepcopy(row[column])
                line.tag = "p"
                line.attrib.clear()
                line.set("class", "line")
                _begin(line, builder.STRONG(f"{text_of(row[0])} "))
                cards += as_html([line])
            cards += "</section>"
        cards += f"{said if lang == 'sv' else ''}</div>"
    return f"<main>{cards}</main>{said}"


# The register's forms: what lays them out, and whether the text says its sources.
LAYOUTS = {
    "blad": (_sheet, True),
    "checklista": (_sheet, True),
    "affisch": (poster, False),
    "affisch-a3": (poster, False),
    "fickkort": (pocket, False),
    "samtalsblad": (write_on, False),
    "kort": (side_by_side, False),
    "kort-a6": (one_by_one, False),
}
