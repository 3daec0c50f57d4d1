"""Add the session's slides to the built site: docs/_data/slides.yml chooses them from the plan and
the pages. Each deck is a page, to show, and to print with the speaker's notes; [[bilder]] links to
them.

A slide is a heading and as much text as a room reads at a glance: a question from the plan, or a
whole section or figure of a page. A slide that is too long stops the build: nothing continues on
the next one. The plan's text is the speaker's notes. No fact is written here.
"""

from __future__ import annotations

import copy
import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import escape
from urllib.parse import urlsplit

from lxml import html
from lxml.html import builder

from scripts.content.config import Config
from scripts.content.content import Content
from scripts.content.handouts import SlideRow, Slides, flat_sections
from scripts.core.findings import Finding
from scripts.core.swedish import date_words
from scripts.core.templates import template_renderer
from scripts.paper.composer import freshness_text, review_dates
from scripts.paper.sections import (
    Element,
    PaperError,
    SitePage,
    has_class,
    heading_level,
    load_page,
    missing_sections,
    text_of,
)
from scripts.render.sources import paper_address
from scripts.site.html_site import HtmlSite, replace_with_html

render_template = template_renderer(__file__, "html")
# Lines of text on a slide under its heading, and characters on a line: slides.css sets the size.
# tests/browser/test_slides.py measures that nothing runs over.
MAX_LINES = 13.4
LINE_LENGTH = 62
SIZE_CLASSES = ((), ("dense",), ("dense", "denser"))  # classes of slides.css
TEXT_SCALES = (1, 0.85, 0.72)  # of the text's size, with each
# What a figure's reader on paper wants, and a room has no time for.
EXPLANATIONS = ("figure-how", "figure-who", "figure-note", "uncertain", "certainty")


@dataclass
class Slide:
    """One look: a heading and some blocks, where they come from, what the speaker says."""

    title: str
    blocks: list[Element]
    page: SitePage
    anchor: str = ""
    notes: list[Element] = field(default_factory=list)
    opening: bool = False  # the title, or of a part of the session
    short: bool = False  # in the short deck, too
    sizes: tuple[str, ...] = ()
    plan: SitePage | None = None  # the page of the notes, whose links they have


@dataclass(frozen=True)
class Deck:
    """The slides of one meeting."""

    title: str
    purpose: str
    folder: str  # address on the site, without a closing slash
    other: str  # the folder of the other deck, beside this one's
    other_title: str
    slides: list[Slide]


def estimate_lines(block: Element, characters: float = LINE_LENGTH) -> float:
    """Return about how many lines ``block`` takes, the space after it included. ``characters``: how
    many fit on a line."""
    if has_class(block, "figure-boxes"):  # beside each other
        return max(estimate_lines(item, characters / len(block) - 4) for item in block) + 0.8
    if block.tag in ("ul", "ol", "figcaption"):
        return sum(estimate_lines(item, characters) for item in block)
    inline = block.getparent() is not None and has_class(
        block.getparent(), "figure-steps", "figure-characters"
    )
    if block.tag == "li" and len(block.findall("p")) > 1 and not inline:
        rows = (math.ceil(len(text_of(line)) / characters) for line in block.findall("p"))
        return sum(rows) + 0.35
    if block.tag == "tr":
        share = characters / max(len(block), 1)
        return max(math.ceil(len(text_of(cell)) / share) for cell in block) + 0.5
    if block.tag == "table":
        return sum(estimate_lines(row, characters) for row in block.iter("tr"))
    if block.tag in ("div", "figure"):
        return sum(estimate_lines(inner, characters) for inner in block) + 0.8
    return (
        math.ceil(len(text_of(block)) / (characters - 6 if block.tag == "li" else characters))
        + 0.35
    )


def text_size_index(blocks: Iterable[Element]) -> int | None:
    """Return the index in SIZES of the largest text with which ``blocks`` fit on one slide; None
    where they don't fit with any."""
    blocks = list(blocks)
    for number, share in enumerate(TEXT_SCALES):
        if sum(estimate_lines(block, LINE_LENGTH / share) for block in blocks) <= MAX_LINES / share:
            return number
    return None


def shorten_block(block: Element) -> None:
    """Shorten ``block`` in place: an item that begins in bold to its bold words, a figure to the
    part that isn't explanation."""
    for element in [
        e for e in block.iter() if isinstance(e.tag, str) and has_class(e, *EXPLANATIONS)
    ]:
        if element is not block:
            element.drop_tree()
    for when in block.find_class("figure-when"):  # a date of the reader's own would stand there
        for date in when.find_class("figure-date"):
            date.drop_tree()
        if len(when):
            when[-1].tail = (when[-1].tail or "").rstrip()
        else:
            when.text = (when.text or "").rstrip()
    for item in block.iter("li"):
        texts = item.findall("p") or [item]
        for text in texts if has_class(item.getparent(), "figure-steps") else ():
            first = text.find("strong")
            if first is not None and not (text.text or "").strip():
                first.tail = None
                text[:] = [first]


def questions_to_ask(notes: Iterable[Element]) -> Iterator[Element]:
    """Yield the questions that the plan has the speaker ask, as paragraphs for a slide."""
    for block in notes:
        for question in re.findall(r'Fråga[^.:"]*: "([^"]+)"', text_of(block)):
            yield builder.P(builder.CLASS("question"), question)


def _opening_slide(row: SlideRow, notes: list[Element], plan: SitePage) -> Slide:
    """Return a slide with the heading of the notes, and the questions in them."""
    # how long it takes is for the speaker
    title = re.sub(r",? \d+ minuter$", "", text_of(notes[0]))
    blocks = list(questions_to_ask(notes))
    return Slide(title, blocks, plan, row.notes, notes, opening=True, short=row.short)


def _section_slide(row: SlideRow, notes: list[Element], plan: SitePage, site: HtmlSite) -> Slide:
    """Return a slide with the section or figure that ``row.show`` names."""
    (section,) = flat_sections([row.show])
    page = load_page(site, section.address)
    blocks = page.section(section.anchor, section.without)
    title = text_of(blocks.pop(0)) if heading_level(blocks[0]) else page.title
    if len(blocks) == 1 and (names := blocks[0].find_class("figure-title")):
        title = text_of(names[0])
        names[0].drop_tree()
    kept = [b for b in blocks if not row.only or b.tag in row.only]
    for block in kept if row.brief else ():
        shorten_block(block)
    return Slide(title, kept, page, section.anchor, notes, short=row.short, plan=plan)


def make_slide(row: SlideRow, plan: SitePage, site: HtmlSite) -> Slide:
    """Return a row of slides.yml as a slide: an opening slide if it has no ``show``.

    ``plan``: the page with the speaker's notes. Raises PaperError if the section doesn't exist, or
    if the slide is empty or too long.
    """
    notes = plan.section(row.notes) if row.notes else []
    slide = _section_slide(row, notes, plan, site) if row.show else _opening_slide(row, notes, plan)
    number = text_size_index(slide.blocks)
    if number is None or not (slide.blocks or slide.opening):
        fault = "är tom" if number is not None else "är för lång för en bild"
        raise PaperError(f'bilden "{slide.title}" {fault}')
    slide.sizes = SIZE_CLASSES[number]
    return slide


def title_slide(name: str, plan: SitePage, overview: str, pages: list[SitePage]) -> Slide:
    """Return the first slide: the session's name and the date of its text. Its notes are the table
    of the plan's minutes, under the heading ``overview``."""
    paragraph = builder.P(f"Version {date_words(review_dates(pages)[0])}.")
    tables = [block for block in plan.section(overview) if block.tag == "table"]
    return Slide(name, [paragraph], plan, overview, tables[:1], opening=True, short=True)


def make_decks(row: Slides, site: HtmlSite, folder: str) -> list[Deck]:
    """Return two decks: the session, in ``folder``, and the short session beside it. Raises
    PaperError."""
    plan = load_page(site, row.plan)
    slides = [make_slide(entry, plan, site) for entry in row.slides]
    pages = [slide.page for slide in slides]
    short_folder = f"{folder}-kort"
    long = Deck(
        title=row.title,
        purpose=row.purpose,
        folder=folder,
        other=short_folder.rpartition("/")[2],
        other_title=row.short_title,
        slides=[title_slide(row.title, plan, row.overview, pages), *slides],
    )
    short_slides = [slide for slide in slides if slide.short]
    short = Deck(
        title=row.short_title,
        purpose=row.purpose,
        folder=short_folder,
        other=folder.rpartition("/")[2],
        other_title=row.title,
        slides=[title_slide(row.title, plan, row.short_overview, pages), *short_slides],
    )
    return [long, short]


def _block_html(page: SitePage, block: Element, up: str) -> tuple[str, list[str]]:
    """Return a copy of ``block`` as HTML without marks of sources, and the keys of the sources."""
    block = copy.deepcopy(block)
    block.tail = None
    keys = []
    for element in list(block.iter()):
        if has_class(element, "cite"):
            keys += [str(a.get("href")).removeprefix("#kalla-") for a in element.iter("a")]
            element.drop_tree()
        elif element.tag == "button":
            element.drop_tag()
        elif element.tag == "a":
            href = str(element.get("href"))
            own = element.get("class")
            element.attrib.clear()
            if not urlsplit(href).scheme:
                href = up + page.resolve(href)
            element.set("href", href)
            if own == "tel":
                element.set("class", "tel")
        else:
            element.attrib.pop("id", None)
    return html.tostring(block, encoding="unicode"), list(dict.fromkeys(keys))


def _slide_html(number: int, total: int, slide: Slide, site: HtmlSite, up: str) -> str:
    blocks = [_block_html(slide.page, block, up) for block in slide.blocks]
    keys = dict.fromkeys(key for _, cited in blocks for key in cited)
    where = slide.page.address + (f"#{slide.anchor}" if slide.anchor not in ("", "*") else "")
    # "Gör så här" says little without its page's name; a figure has a name of its own
    named = slide.opening or slide.title == slide.page.title
    figure = any(block.tag == "figure" for block in slide.blocks)
    sources = [slide.page.source(key) for key in keys]
    return render_template(
        "slide_of",
        slide=slide,
        number=number,
        total=total,
        where=where,
        up=up,
        body="".join(text for text, _ in blocks),
        notes="".join(_block_html(slide.plan or slide.page, block, up)[0] for block in slide.notes),
        sources=[(source, paper_address(source.url)) for source in sources],
        over="" if named or figure else slide.page.title,
        shown=(site.url + where).split("://")[-1],
    )


def deck_html(deck: Deck, site: HtmlSite) -> str:
    """Return the page of a deck as HTML."""
    slides, here = deck.slides, deck.folder.rpartition("/")[0]
    up = "../" * (deck.folder.count("/") + 1)  # to the site's root
    return render_template(
        "page",
        deck=deck,
        up=up,
        here=f"{here}/" if here else "",
        icon=site.pages[""].select_required("link[rel=icon]").attributes["href"],
        slides=[_slide_html(n, len(slides), slide, site, up) for n, slide in enumerate(slides, 1)],
        fresh=freshness_text(*review_dates([slide.page for slide in slides])),
        canonical=f"{site.url}{deck.folder}/",
    )


def slides_folder(content: Content) -> str:
    """Return the address of the slides, without a closing slash: the list's page is above it."""
    return content.folder_of("bilder") + "presentation"


def add_slides(content: Content, built: HtmlSite, _: Config) -> list[Finding]:
    """Add the slides' pages to the built site; return findings about slides.yml."""
    row = content.registers.slides
    if row is None:
        return []
    file = content.files["slides"]
    gone = [
        Finding(*file.location("slides", number, "show"), "slides", f"{what}.")
        for number, entry in enumerate(row.slides)
        for what in missing_sections(built, [entry.show] if entry.show else [])
    ]
    if gone:
        return gone
    try:
        decks = make_decks(row, built, slides_folder(content))
    except PaperError as error:
        return [Finding(file.display_path, 1, "slides", f"{error}.")]
    for deck in decks:
        built.add(f"{deck.folder}/", deck_html(deck, built))
    if listing := built.pages.get(content.folder_of("bilder")):
        links = [
            f'<a href="{deck.folder.rpartition("/")[2]}/">{escape(deck.title)}</a> '
            f"({len(deck.slides)} bilder)"
            for deck in decks
        ]
        for slot in listing.tree.css("span.slides"):  # of the macro [[bilder]]
            replace_with_html(slot, f"<span>{' och '.join(links)}</span>")
    return []
