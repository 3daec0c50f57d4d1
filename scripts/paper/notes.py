"""The lists at the end of a handout: words, pages, sources."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from scripts.paper.composer import Composer, bare
from scripts.paper.sections import Source
from scripts.render.sources import paper_address


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
