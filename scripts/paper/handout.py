"""What the head of a handout says."""

from __future__ import annotations

import io
import re
from html import escape

import segno

from scripts.content.records import Handout
from scripts.paper.composer import Composer, bare, freshness
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
