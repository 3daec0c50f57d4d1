"""A row of docs/_data/handouts.yml, and what the head of a handout says."""

from __future__ import annotations

import dataclasses
import io
import re
from collections.abc import Mapping
from html import escape
from typing import Any

import segno

from scripts.paper.composer import Composer, bare, freshness
from scripts.paper.sections import Site
from scripts.render.sources import paper_address


@dataclasses.dataclass(frozen=True, eq=False)
class Handout:
    """A row of docs/_data/handouts.yml; its comments say what the fields mean."""

    key: str
    title: str
    purpose: str
    file: str
    page: str
    form: str
    size: float
    pages: int
    columns: int = 1
    sections: tuple[Any, ...] = ()

    @classmethod
    def read(cls, key: str, row: Mapping[str, Any]) -> Handout:
        """Make a handout of a register's row. Raises TypeError or KeyError for an unknown row."""
        fields: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in row.items()}
        return cls(key=key, **fields)


def qr(url: str, size: str) -> str:
    """Return an <img> whose src is the QR code of ``url`` as SVG: paths, quiet zone and alt text
    included. ``size``: a class of handouts.typ."""
    drawn = io.BytesIO()
    segno.make(url, error="m", micro=False).save(
        drawn, kind="svg", border=4, xmldecl=False, svgclass=None, lineclass=None, omitsize=True
    )
    source, alt = drawn.getvalue().decode(), f"QR-kod till {bare(url)}"
    return f'<img class="qr {size}" src="{escape(source)}" alt="{escape(alt)}">'


def short_url(site: Site, handout: Handout) -> str:
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
