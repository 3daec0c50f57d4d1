"""A source as its line in a list: how old its wording is, and where it stands."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Any

from scripts.content.choices import SOURCE_KINDS
from scripts.content.statutes import UNKNOWN
from scripts.core.swedish import date_words
from scripts.render.macro import Context, item, page_links


def age(record: Mapping[str, Any]) -> str:
    """Return how old a record's wording is: its date in words, a note on it, or both."""
    dated = [date_words(record["as_of"])] if record.get("as_of") else []
    return ", ".join([*dated, *filter(None, [record.get("as_of_note")])])


def source_dates(source: Mapping[str, Any]) -> str:
    """Return how old a source's wording is, and when it was read, as short sentences."""
    if "place" in source:
        return _wording(source)
    word = "Lydelse: " if source["kind"] in ("lag", "forordning") else "Datum: "
    dated = f"{word}{age(source)}. " if age(source) else ""
    read = source.get("read_on")
    return dated + (f"Läst {date_words(read)}." if read else "Inte läst i original.")


def _wording(source: Mapping[str, Any]) -> str:
    """Return which wording of a paragraph was read, from which day it holds, and when."""
    number, own = source.get("amended_by"), source.get("sfs")
    act = "förordning" if source["kind"] == "forordning" else "lag"
    text = "I ursprunglig lydelse" if number == own else f"Lydelse enligt {act} {number}"
    if source.get("in_force") not in (None, UNKNOWN):
        text += f", gäller från {date_words(source['in_force'])}"
    return f"{text}. Läst {date_words(source['read_on'])}."


def source_title(source: Mapping[str, Any]) -> str:
    return f"[{source['title']}]({source['url']}). {source['publisher']}."


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
        for key, pages in context.pages_with(context.uses).items()
    }
    parts = []
    for kind, heading in SOURCE_KINDS.items():
        chosen = {k: s for k, s in context.registers.sources.items() if s["kind"] == kind}
        if not chosen:
            continue
        items = []
        for key, source in chosen.items():
            note = f" {source['note']}" if source.get("note") else ""
            doubt = " **Osäker källa.**" if source["certainty"] == "osaker" else ""
            pages = f" Används på: {page_links(used[key])}." if used.get(key) else ""
            # on paper a paragraph has its act's address, which stands in the same list
            address = "" if "act" in source else context.stash(paper_address(source["url"]))
            text = f"{source_title(source)} {address}{source_dates(source)}{doubt}{note}{pages}"
            items.append(item("li", key, text))
        inner = "\n".join(items)
        parts.append(
            f"## {heading} {{#{kind}}}\n\n"
            f'<ul class="source-list" data-search-exclude="" markdown="block">\n\n{inner}\n</ul>'
        )
    return "\n\n".join(parts)
