"""The list of all sources, and the parts of a source's line: its dates, its URL on paper."""

from __future__ import annotations

import html
import re

from scripts.content.contacts import Contact
from scripts.content.field_types import SOURCE_KINDS
from scripts.content.sources import Source
from scripts.core.swedish import date_words
from scripts.core.templates import template_renderer
from scripts.render.index import is_guide_node
from scripts.render.macro import Context

render_template = template_renderer(__file__)
LONGEST_PIECE = 40  # characters of a URL without a line break


def date_with_note(record: Source | Contact) -> str:
    """Return how old a record's text is: its date in words, its note on the date, or both with a
    comma between; "" if it has neither."""
    date = date_words(record.as_of) if record.as_of else ""
    return ", ".join(filter(None, (date, record.as_of_note)))


def source_dates(source: Source) -> str:
    """Return the date of a source's text, and the date it was read, as short sentences.

    For a statute section the first sentence names the amending statute and the date of its entry
    into force.
    """
    read = "Inte läst i original."
    if source.read_on:
        read = f"Läst {date_words(source.read_on)}."
    if not source.section:
        label = "Lydelse" if source.kind in ("lag", "forordning") else "Datum"
        return f"{label}: {date_with_note(source)}. {read}" if date_with_note(source) else read
    statute = "förordning" if source.kind == "forordning" else "lag"
    text = f"Lydelse enligt {statute} {source.amended_by}"
    if source.amended_by == source.sfs:
        text = "I ursprunglig lydelse"
    if source.in_force:
        text += f", gäller från {date_words(source.in_force)}"
    return f"{text}. {read}"


def paper_address(url: str) -> str:
    """Return a URL as HTML for print (print.css), without its scheme.

    A line may break after a slash, or before a hyphen in a part of over 40 characters, so that a
    hyphen or full stop at a line's end is never ambiguous.
    """
    pieces: list[str] = []  # a line may break between two of them
    # parts: "socialstyrelsen.se/", "stod-i-arbetet/", each with the slash after it
    for part in re.findall(r"[^/]+/?|/", re.sub(r"^https?://(www\.)?", "", url)):
        words = [part]
        if len(part) > LONGEST_PIECE:
            # "stod", "-i", "-arbetet/", each with the hyphens before it
            words = re.findall(r"-*[^-]+-*$|-*[^-]+", part)
        piece = ""  # as many words as there is room for
        for word in words:
            if piece and len(piece + word) > LONGEST_PIECE:
                pieces.append(piece)
                piece = ""
            piece += word
        pieces.append(piece)
    inner = "<wbr />".join(f"<span>{html.escape(piece)}</span>" for piece in pieces)
    return f'<span class="paper-address">{inner} </span>'


def render_sources(context: Context, _: str) -> str:
    """Render [[kallforteckning]]: every source by kind, with dates and the pages that cite it.

    The guide's questions and outcomes aren't listed if a page shows the whole guide.
    """
    pages_by_source = context.content.pages_by_source
    if context.content.page_with("hela-vagledningen"):
        nodes = [page for page in context.pages if is_guide_node(page)]
        pages_by_source = {
            key: [page for page in pages if page not in nodes]
            for key, pages in pages_by_source.items()
        }
    return render_template(
        "all",
        kinds=SOURCE_KINDS,
        sources=context.registers.sources.items(),
        pages_by_source=pages_by_source,
        stash=context.stash,
        paper_address=paper_address,
        dates=source_dates,
    )
