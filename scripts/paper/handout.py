"""What stands round the text of a handout: its head, and the lists at its end."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from html import escape

import segno

from scripts.content.records import Handout
from scripts.paper.composer import Composer, bare, freshness
from scripts.paper.sections import Source
from scripts.publish.built import BuiltSite
from scripts.render.sources import paper_address


def qr(url: str, size: str) -> str:
    """Return an <img> whose src is the QR code of ``url`` as SVG: paths, quiet zone and alt text
    included. ``size``: a class of handouts.typ."""
    drawn = io.BytesIO()
    segno.make(url, error="m", micro=False).save(
        drawn, kind="svg", border=4, xmldecl=False, svgclass=None, lineclass=None, omitsize=True
    )
    source, alt = drawn.getvalue().decode(), f"QR-kod till {bare(url)}"
    return f'<img class="qr {size}" src="{escape(source)}" alt="{escape(alt)}">'


def short_url(site: BuiltSite, handout: Handout) -> str:
    return f"{site.url}p/{handout.key}/"


def head(handout: Handout, composer: Composer) -> str:
    url = short_url(composer.site, handout)
    fresh = freshness(*composer.dates())
    name = re.sub(
        r" \(A\d\)$", "", handout.title
    )  # the list tells formats apart, paper does itself
    return (
        f'<header><div><h1>{escape(name)}</h1><p class="fresh">{fresh} '
        f"{newest(url)}</p></div>{qr(url, 'small')}</header>"
    )


def newest(url: str) -> str:
    title = f"Senaste versionen: {escape(bare(url))}"
    return f'Senaste versionen: <a href="{escape(url)}" title="{title}">{paper_address(url)}</a>'


def lists(composer: Composer, short: bool) -> Iterator[tuple[str, str, str]]:
    """Yield each list as (its heading's id, its heading, its HTML); ``short``: sources undated."""
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


def _list(kind: str, heading: str, rows: str) -> tuple[str, str, str]:
    own = f"slut-{kind}"
    return own, heading, f'<section class="{kind}"><h2 id="{own}">{heading}</h2>{rows}</section>'


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
