"""A source as its line in a list: how old its wording is, and where it stands."""

from __future__ import annotations

import html
import re

from scripts.content.contacts import Contact
from scripts.content.field_types import SOURCE_KINDS
from scripts.content.sources import Source
from scripts.core.swedish import date_words
from scripts.core.templates import template_renderer
from scripts.render.macro import Context

render_template = template_renderer(__file__)


def age(record: Source | Contact) -> str:
    """Return how old a record's wording is: its date in words, a note on it, or both."""
    dated = date_words(record.as_of) if record.as_of else ""
    return ", ".join(filter(None, (dated, record.as_of_note)))


def source_dates(source: Source) -> str:
    """Return how old a source's wording is, and when it was read, as short sentences."""
    read = "Inte läst i original."
    if source.read_on:
        read = f"Läst {date_words(source.read_on)}."
    if not source.place:
        word = "Lydelse" if source.kind in ("lag", "forordning") else "Datum"
        return f"{word}: {age(source)}. {read}" if age(source) else read
    # which wording of a paragraph was read, and from which day it holds
    act = "förordning" if source.kind == "forordning" else "lag"
    text = f"Lydelse enligt {act} {source.amended_by}"
    if source.amended_by == source.sfs:
        text = "I ursprunglig lydelse"
    if source.in_force:
        text += f", gäller från {date_words(source.in_force)}"
    return f"{text}. {read}"


def paper_address(url: str) -> str:
    """Return HTML with ``url`` as paper shows it (print.css): no scheme, and a line breaks only
    after a slash, or before a hyphen in what is too long for that: then nobody has to guess
    whether the hyphen or full stop at the end of a line belongs to it."""
    pieces: list[str] = []
    for part in re.findall(r"[^/]+/?|/", re.sub(r"^https?://(www\.)?", "", url)):
        words = [part] if len(part) <= 40 else re.findall(r"-*[^-]+-*$|-*[^-]+", part)
        line = ""
        for word in words:
            if line and len(line + word) > 40:
                pieces.append(line)
                line = ""
            line += word
        pieces.append(line)
    inner = "<wbr />".join(f"<span>{html.escape(piece)}</span>" for piece in pieces)
    return f'<span class="paper-address">{inner} </span>'


def render_sources(context: Context, _: str) -> str:
    """[[kallforteckning]]: every source by kind, with dates and the pages that use it."""
    whole = context.content.page_with("hela-vagledningen")
    # The page with the whole guide stands for its nodes, each a page with a line or two.
    nodes = [p for p in context.pages if whole and any(m[1] == "vagledning" for m in p.macros())]
    used = {
        key: [page for page in pages if page not in nodes]
        for key, pages in context.content.pages_by_source.items()
    }
    return render_template(
        "all",
        kinds=SOURCE_KINDS,
        sources=context.registers.sources.items(),
        used=used,
        stash=context.stash,
        paper_address=paper_address,
        dates=source_dates,
    )
