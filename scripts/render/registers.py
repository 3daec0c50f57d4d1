"""Turns the registers in docs/_data/ into Markdown, one function for each ``[[macro]]``.

The Markdown is then read like any other: links get checked, citations numbered, numbers linked.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scripts.content.content import read_pages
from scripts.content.page import Page
from scripts.content.registers import Registers
from scripts.content.statutes import UNKNOWN
from scripts.content.uses import used_sources

KINDS = {  # source kinds, in the order of the list
    "lag": "Lagar",
    "forordning": "Förordningar",
    "forarbete": "Förarbeten och utredningar",
    "myndighet": "Myndigheter",
    "eu": "EU",
    "internationellt": "Internationella organ",
    "organisation": "Organisationer",
    "medier": "Medier",
    "annan": "Övrigt",
}
FILES = {
    "katalog.json": "alla sidor med rubriker, nyckelord, granskningsdag och utskrifter.",
    "kontakter.json": "kontakterna med tider och förbehåll, och länens regioner.",
    "granskning.json": "sidorna i den ordning de ska granskas.",
    "andringar.xml": "ett Atomflöde med det som är nytt eller rättat.",
    "sitemap.xml": "adresser och granskningsdagar för sökmotorer.",
}
MONTHS = ["januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti"]
MONTHS += ["september", "oktober", "november", "december"]


class MacroError(ValueError):
    """A macro that can't be rendered; the text says why, in Swedish."""


@dataclass
class Context:
    """What a macro may use: the registers, the other pages, and where finished HTML is kept."""

    docs: Path
    registers: Registers
    stash: Callable[[str], str]  # keeps HTML from Markdown; returns its placeholder
    seen: set[str] = field(default_factory=set)  # ids this page already has from macros
    foot: list[str] = field(default_factory=list)  # questions kept for the page's foot


def date_words(value: object) -> str:
    """Return an ISO date, or its beginning, in Swedish words: ``2026-02`` → ``februari 2026``."""
    parts = str(value).split("-")
    words = [parts[0]]
    if len(parts) > 1:
        words.insert(0, MONTHS[int(parts[1]) - 1])
    if len(parts) > 2:
        words.insert(0, str(int(parts[2])))
    return " ".join(words)


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


def pages_with(docs: Path, uses: Callable[[Page], Iterable[str]]) -> dict[str, list[Page]]:
    """Return key → the pages where ``uses(page)`` yields it, each page once, by path."""
    found: dict[str, list[Page]] = {}
    for page in read_pages(docs):
        for key in dict.fromkeys(uses(page)):
            found.setdefault(key, []).append(page)
    return found


def page_links(pages: Iterable[Page]) -> str:
    return ", ".join(f"[{page.title}]({page.link})" for page in pages)


def item(element: str, key: str, text: str, classes: str = "") -> str:
    """Return an element with an id round Markdown ``text``."""
    attributes = f' class="{classes}"' if classes else ""
    return f'<{element} id="{key}"{attributes} markdown="block">\n\n{text}\n\n</{element}>\n'


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
    used = pages_with(context.docs, lambda page: used_sources(page, context.registers))
    parts = []
    for kind, heading in KINDS.items():
        chosen = {k: s for k, s in context.registers.sources.items() if s["kind"] == kind}
        if not chosen:
            continue
        items = []
        for key, source in chosen.items():
            note = f" {source['note']}" if source.get("note") else ""
            doubt = " **Osäker källa.**" if source["certainty"] == "osaker" else ""
            pages = f" Används på: {page_links(used[key])}." if key in used else ""
            address = context.stash(paper_address(source["url"]))
            text = f"{source_title(source)} {address}{source_dates(source)}{doubt}{note}{pages}"
            items.append(item("li", key, text))
        inner = "\n".join(items)
        parts.append(
            f"## {heading} {{#{kind}}}\n\n"
            f'<ul class="source-list" data-search-exclude="" markdown="block">\n\n{inner}\n</ul>'
        )
    return "\n\n".join(parts)


def render_contacts(context: Context, group: str) -> str:
    """[[kontakter: group]]: who answers, when, what happens, and where the number is from."""
    chosen = {k: c for k, c in context.registers.contacts.items() if group in c["group"]}
    if not chosen:
        raise MacroError(f'gruppen "{group}" finns inte i docs/_data/contacts.yml')
    parts = []
    # those with a number first: they are what the reader came for
    for key, contact in sorted(chosen.items(), key=lambda item: "phone" not in item[1]):
        if key in context.seen:  # an id stands once on a page
            parts.append(f"[{contact['name']}](#{key}): se ovan.")
            continue
        context.seen.add(key)
        source = context.registers.sources[
            contact["page"] if "page" in contact else contact["source"]
        ]
        rows = [f"### {contact['name']} {{#{key}}}"]
        if "phone" in contact:
            rows.append(f"**{contact['phone']}**{{: .phone}}")
        facts = [
            ("Öppet", contact.get("hours")),
            ("För", f"{contact['for_whom']}.[@{contact['source']}]"),
            ("Det här händer", contact.get("what_happens")),
            ("Tänk på", contact.get("not_for")),
            ("Bra att veta", contact.get("note")),
            ("Osäkert", contact.get("doubt")),
            ("Mer", f"[{source['title']}](kalla:{contact.get('page', contact['source'])})"),
            ("Uppgiften", contact_freshness(contact)),
        ]
        # "Not for emergencies" and where the number is from is said of all of them.
        unsearched = dict.fromkeys(("Tänk på", "Mer", "Uppgiften"), UNSEARCHED)
        rows.append(
            "\n".join(f"- **{n}:** {text}{unsearched.get(n, '')}" for n, text in facts if text)
        )
        parts.append("\n\n".join(rows))
    return "\n\n".join(parts)


def contact_freshness(contact: Mapping[str, Any]) -> str:
    """Return how old a number is and whether somebody has rung; "" where that tells nothing.

    ``test_call: false`` is a number that nobody rings to try it.
    """
    if "phone" not in contact:
        return "Osäker." if contact.get("certainty") == "osaker" else ""
    rung = contact.get("confirmed_by_call")
    parts = [f"Från källan: {age(contact)}."] if age(contact) else []
    if contact.get("certainty") == "osaker":
        parts.append("Osäker.")
    if rung:
        parts.append(f"Provringt {date_words(rung)}.")
    elif contact.get("test_call", True):
        parts.append("Ingen har provringt numret.")
    return " ".join(parts) if contact.get("test_call", True) else ""


def render_counties(context: Context, _: str) -> str:
    """[[lan]]: each of the 21 counties with its region; a star where it is inferred.

    county.js makes a choice of them, and shows what [[regioner]] says further down.
    """
    regions, counties = context.registers.regions["regions"], context.registers.regions["counties"]
    rows, notes = ["| Län | Region |", "| --- | --- |"], dict[str, None]()
    for key, county in sorted(counties.items(), key=lambda item: swedish_order(item[1]["name"])):
        region = f"[{regions[county['region']]['name']}](#region-{county['region']})"
        # No source says what is inferred, so none is cited.
        inferred = county["certainty"] != "saker"
        if inferred:
            notes[county["note"]] = None
        mark = " \\*" if inferred else f"[@{county['source']}]"
        rows.append(f"| {county['name']} {{: #{key} }} | {region}{mark} |")
    table = "\n".join(rows)
    told = "".join(f"\n\n\\* {note}\n{{: .county-note }}" for note in notes)
    return f'<div class="counties" markdown="block">\n\n{table}{told}\n\n</div>'


def render_regions(context: Context, _: str) -> str:
    """[[regioner]]: each region, how to reach its coordinators and what is known of it."""
    regions, counties = context.registers.regions["regions"], context.registers.regions["counties"]
    parts = []
    for key, region in regions.items():
        contact = context.registers.contacts[region["contact"]]
        general = context.registers.contacts["nspm-stodtelefon"]
        names = [c["name"] for c in counties.values() if c["region"] == key]
        phone = contact if "phone" in contact else general
        facts = [
            # the mark of the number's source stands after the words
            ("Nå dem", f"Ring {phone['phone']}. {phone['hours']}.[@{phone['source']}]"),
            ("Det här händer", contact["what_happens"]),
            ("Tänk på", contact.get("not_for")),
            ("Osäkert", contact.get("doubt")),
            ("Aktuella kontakter", "[NSPM:s webbplats](kalla:nspm-webbplats)"),
            ("Län", ", ".join(sorted(names, key=swedish_order))),
            ("Värd", f"{region['host'] or 'Vet vi inte'}.[@{region['source']}] {region['note']}"),
        ]
        lines = "\n".join(f"- **{name}:** {text}" for name, text in facts if text)
        parts.append(f"### Region {region['name']} {{#region-{key}}}\n\n{lines}")
    return _unsearched("\n\n".join(parts))  # a county is found in the table


def swedish_order(text: str) -> str:
    """Sort key with å ä ö last, as in Swedish; no locale of the machine is needed."""
    return text.lower().translate({ord("å"): "z1", ord("ä"): "z2", ord("ö"): "z3", ord("é"): "e"})


def render_glossary(context: Context, _: str) -> str:
    """[[ordlista]]: every term with its explanation; the id is the address."""
    items = []
    for key, entry in sorted(
        context.registers.glossary.items(),
        key=lambda i: swedish_order(i[1].get("abbr") or i[1]["term"]),
    ):
        name = entry["term"]
        if entry.get("abbr"):
            name = f"{entry['abbr']} – {entry['term']}"
        also = f" Kallas också: {', '.join(entry['also'])}." if entry.get("also") else ""
        items.append(
            f'<dt id="{key}" markdown="span">{name}</dt>\n'
            f'<dd markdown="span">{entry["text"].strip()}{also}</dd>'
        )
    inner = "\n".join(items)
    return f'<dl class="glossary" markdown="block">\n\n{inner}\n\n</dl>'


def render_handouts(context: Context, _: str) -> str:
    """[[utskrifter]]: the handouts and what each is for. build_handouts.py puts the links in, when
    it knows the number of pages; until then the list says that there are no PDF files."""
    rows = []
    for key, handout in context.registers.handouts.items():
        slot = context.stash(
            f'<span class="handout" data-handout="{key}">{html.escape(handout["title"])} '
            "(PDF-filen är inte byggd).</span>"
        )
        rows.append(item("li", key, f"{slot} {handout['purpose']}"))
    inner = "\n".join(rows)
    return f'<ul class="handouts" markdown="block">\n\n{inner}\n</ul>'


def render_short_addresses(context: Context, _: str) -> str:
    """[[kortadresser]]: each short address, the handouts' too, and the page it opens."""
    pages = {f"/{page.address}": page for page in read_pages(context.docs)}
    listed = {key: f"/{row['page']}" for key, row in context.registers.handouts.items()}
    # YAML makes a number of 112
    listed.update({str(key): to for key, to in context.registers.shortcuts.items()})
    rows = ["| Kortadress | Öppnar |", "| --- | --- |"]
    for key, to in sorted(listed.items()):
        address, mark, place = str(to).partition("#")
        if (page := pages.get(address)) is None:
            raise MacroError(f'kortadressen "{key}" leder till "{to}", som inte finns')
        rows.append(f"| `/p/{key}` | [{page.title}]({page.link}{mark}{place}) |")
    return "\n".join(rows)


def render_slides(context: Context, _: str) -> str:
    """[[bilder]]: the slides' name; build_slides.py makes it a link when it has made the page."""
    slides = context.registers.slides
    link = context.stash(f'<span class="slides">{html.escape(slides["title"])}</span>')
    return f"{link}. {slides['purpose']}"


def render_reviews(context: Context, _: str) -> str:
    """[[granskning]]: every page by its next review."""
    rows = ["| Sida | Granskad | Granskas senast | Ansvarig |", "| --- | --- | --- | --- |"]
    for page in sorted(read_pages(context.docs), key=lambda p: (str(p.meta["review_by"]), p.path)):
        meta = page.meta
        rows.append(
            f"| [{page.title}]({page.link}) | {meta['last_reviewed_on']} "
            f"| {meta['review_by']} | {meta['owner']} |"
        )
    # Raw, for the file is made after the build and MkDocs doesn't know it.
    json = context.stash('<a href="../../granskning.json">granskning.json</a>')
    return _unsearched("\n".join(rows)) + f"\n\nSamma lista för program: {json}."


def render_changes(context: Context, _: str) -> str:
    """[[andringar]]: every change; build_feed.py takes them from here."""
    titles = {page.link: page.title for page in read_pages(context.docs)}
    parts = []
    for key, change in context.registers.changes.items():
        pages = [f"[{titles.get(p.partition('#')[0], p)}]({p})" for p in change.get("pages", ())]
        facts = [
            ("Vad", change["what"]),
            ("Varför", change["why"]),
            ("Gäller", ", ".join(pages) or "Hela sajten."),
            ("Att veta", change.get("know")),
        ]
        lines = "\n".join(f"- **{name}:** {text.strip()}" for name, text in facts if text)
        parts.append(f"## {date_words(change['date'])}: {change['title']} {{#{key}}}\n\n{lines}")
    return "\n\n".join(parts)


def render_files(context: Context, _: str) -> str:
    """[[filer]]: what is made for other programs after the build; raw, MkDocs doesn't know them."""
    rows = []
    for name, text in FILES.items():
        link = context.stash(f'<a href="../../{name}">{name}</a>')
        schema = name.replace(".json", ".schema.json")
        form = context.stash(f'<a href="../../{schema}">{schema}</a>')
        rows.append(f"- {link}: {text}" + (f" Formen: {form}." if schema != name else ""))
    return _unsearched("\n".join(rows))


def render_accessibility(context: Context, _: str) -> str:
    """[[tillganglighet]]: the eleven things that Digg asks of a statement, but for the sender's
    name and way of contact, which mkdocs.yml puts at the foot of every page."""
    data = context.registers.accessibility
    if not data:
        raise MacroError("registret docs/_data/accessibility.yml finns inte")
    page = next((p for p in read_pages(context.docs) if p.link == "/om/tillganglighet.md"), None)
    updated = page.meta["last_reviewed_on"] if page else data["assessed_on"]
    rows = [
        "- **Vem som svarar för sajten:** avsändaren, längst ner på varje sida",
        "- **Vad redogörelsen gäller:** hela den här sajten, med utskrifter och bilder",
        f"- **Följer den lagen?** Den är {data['conformity']} med kraven.",
        f"- **Bedömd:** {date_words(data['assessed_on'])}",
        f"- **Senast ändrad:** {date_words(updated)}",
        f"- **Så är den bedömd:** {data['method'].strip()}",
        f"- **Undantag för att det vore oskäligt betungande:** {data['exempt'].strip()}",
        f"- **Innehåll som lagen inte gäller för:** {data['outside'].strip()}",
    ]
    short = [
        f"- **{item['what']}**\n    Varför: {item['why']}\n    I stället: {item['instead']}"
        for item in data["shortcomings"]
    ]
    return "\n".join(rows) + "\n\n### Brister vi känner till {#brister}\n\n" + "\n".join(short)


def render_dates(_: Context, __: str) -> str:
    """[[datumhjalp]]: where dates.js puts its form, in place of a word on the way without it."""
    note = "Formuläret kräver JavaScript. [Räkna för hand](#for-hand) går alltid."
    return f'<div class="dates" markdown="block">\n\n{note}\n\n</div>'


def render_go_live(context: Context, _: str) -> str:
    """[[fore-publicering]]: what a person must confirm before publishing, with a place to tick."""
    head = "| Kontrollera | Hos vem | Klart: datum, namn |\n| --- | --- | --- |"
    numbers = [
        f"| {c['name']}: {c['phone']} | {c['name']}: ring numret | ☐ |"
        for c in context.registers.contacts.values()
        if "phone" in c and not c.get("confirmed_by_call")
    ]
    regions = context.registers.regions.get("regions", {})
    inferred = [
        f"| {c['name']} hör till region {regions[c['region']]['name']} | NSPM | ☐ |"
        for c in context.registers.regions.get("counties", {}).values()
        if c["certainty"] != "saker"
    ]
    questions = [
        f"| [{q['title']}](/om/oppna-fragor.md#{k}) {q['settles'].strip()} | {q['ask']} | ☐ |"
        for k, q in context.registers.questions.items()
    ]
    tables = [("Telefonnummer", numbers), ("Län och region", inferred), ("Öppna frågor", questions)]
    return "\n\n".join(
        f"### {title} {{#kontrollera-{re.sub('[^a-z]', '-', _ascii(title))}}}\n\n"
        + _unsearched(f"{head}\n" + "\n".join(rows))
        for title, rows in tables
        if rows
    )


# After an item's text: nobody searches for it, and the index would grow. On a line of its own, for
# attr_list takes it for text at the end of an item's line.
UNSEARCHED = '\n    {: data-search-exclude="" }'


def _unsearched(text: str) -> str:
    """Keep Markdown out of the search: it repeats what has its home on another page."""
    return f'<div data-search-exclude="" markdown="block">\n\n{text}\n\n</div>'


def _ascii(text: str) -> str:
    return text.lower().translate(str.maketrans("åäö", "aao"))
