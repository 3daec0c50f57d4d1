"""Lists of what the site has: reviews, changes, files, handouts, what is left to confirm."""

from __future__ import annotations

import html
import re

from scripts.core.swedish import date_words, plain_ascii
from scripts.render.macro import Context, MacroError, item, linked, unsearched

FILES = {
    "katalog.json": "alla sidor med rubriker, nyckelord, granskningsdag och utskrifter.",
    "kontakter.json": "kontakterna med tider och förbehåll, och länens regioner.",
    "granskning.json": "sidorna i den ordning de ska granskas.",
    "andringar.xml": "ett Atomflöde med det som är nytt eller rättat.",
    "sitemap.xml": "adresser och granskningsdagar för sökmotorer.",
}

LIMIT = re.compile(r"\d+ (?:dagar|veckor|månader|år)")  # what dates.js can count with


def render_reviews(context: Context, _: str) -> str:
    """[[granskning]]: every page by its next review."""
    rows = ["| Sida | Granskad | Granskas senast | Ansvarig |", "| --- | --- | --- | --- |"]
    for page in sorted(context.pages, key=lambda p: (str(p.meta["review_by"]), p.path)):
        meta = page.meta
        rows.append(
            f"| [{page.title}]({page.link}) | {meta['last_reviewed_on']} "
            f"| {meta['review_by']} | {meta['owner']} |"
        )
    json = context.made("granskning.json", "granskning.json")
    return unsearched("\n".join(rows)) + f"\n\nSamma lista för program: {json}."


def render_changes(context: Context, _: str) -> str:
    """[[andringar]]: every change; build_feed.py takes them from here."""
    titles = {page.link: page.title for page in context.pages}
    parts = []
    for key, change in context.registers.changes.items():
        links = [(p, titles.get(p.partition("#")[0])) for p in change.get("pages", ())]
        pages = [f"[{title}]({link})" for link, title in links if title]  # the others are gone
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
    """[[filer]]: what is made for other programs after the build."""
    rows = []
    for name, text in FILES.items():
        rows.append(f"- {context.made(name, name)}: {text}")
    return unsearched("\n".join(rows))


def render_accessibility(context: Context, _: str) -> str:
    """[[tillganglighet]]: the eleven things that Digg asks of a statement, but for the sender's
    name and way of contact, which mkdocs.yml puts at the foot of every page."""
    data = context.registers.accessibility
    if not data:
        raise MacroError("registret docs/_data/accessibility.yml finns inte")
    updated = context.here.meta["last_reviewed_on"] if context.here else data["assessed_on"]
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
        f"| {c['name']} hör till region {regions[c['region']]['name']} "
        f"| {context.registers.regions.get('ask', '')} | ☐ |"
        for c in context.registers.regions.get("counties", {}).values()
        if c["certainty"] != "saker"
    ]
    questions = [
        f"| {linked(q['title'], context.question(k))} {q['settles'].strip()} | {q['ask']} | ☐ |"
        for k, q in context.registers.questions.items()
    ]
    tables = [("Telefonnummer", numbers), ("Län och region", inferred), ("Öppna frågor", questions)]
    return "\n\n".join(
        f"### {title} {{#kontrollera-{re.sub('[^a-z]', '-', plain_ascii(title))}}}\n\n"
        + unsearched(f"{head}\n" + "\n".join(rows))
        for title, rows in tables
        if rows
    )


def render_handouts(context: Context, _: str) -> str:
    """[[utskrifter]]: the handouts and what each is for. build_handouts.py puts the links in, when
    it knows the number of pages; until then the list says that there are no PDF files."""
    rows = []
    for key, handout in context.registers.handouts.items():
        slot = context.stash(
            f'<span class="handout" data-handout="{key}">{html.escape(handout["title"])} '
            '<em data-search-exclude="">(PDF-filen är inte byggd).</em></span>'
        )
        rows.append(item("li", key, f"{slot} {handout['purpose']}"))
    inner = "\n".join(rows)
    return f'<ul class="handouts" markdown="block">\n\n{inner}\n</ul>'


def render_short_addresses(context: Context, _: str) -> str:
    """[[kortadresser]]: each short address, the handouts' too, and the page it opens."""
    pages = {f"/{page.address}": page for page in context.pages}
    listed = {key: f"/{row['page']}" for key, row in context.registers.handouts.items()}
    # YAML makes a number of 1177
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


def render_dates(context: Context, argument: str) -> str:
    """[[datumhjalp: fact,fact]]: where dates.js puts its form, in place of a word on the way
    without it. Its limits are those facts' values. Raises MacroError."""
    facts, limits = context.registers.facts.get("facts") or {}, ""
    for key in filter(None, argument.split(",")):
        value = str(facts.get(key, {}).get("value"))
        if not LIMIT.fullmatch(value):
            raise MacroError(
                f'[[datumhjalp]] räknar med uppgiften "{key}", som i facts.yml ska ha ett värde '
                'som "3 veckor" eller "6 månader".'
            )
        limits += f' data-{key}="{value}"'
    note = "Formuläret kräver JavaScript. [Räkna för hand](#for-hand) går alltid."
    return f'<div class="dates"{limits} markdown="block">\n\n{note}\n\n</div>'
