"""Add the session's slides to the built site: docs/_data/slides.yml chooses them from the plan and
the pages. Each deck is a page, to show, and to print with the speaker's notes; [[bilder]] links to
them.

A slide is a heading and as much text as a room reads at a glance: a question from the plan, or a
whole section or figure of a page. A slide that is too long stops the build: nothing continues on
the next one. The plan's text is the speaker's notes. No fact is written here.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from urllib.parse import urlsplit

from lxml import html
from lxml.html import builder

from scripts.content.config import Config
from scripts.content.content import Content
from scripts.content.handouts import SlideRow, Slides, flat_sections
from scripts.content.yaml_file import RegisterFile
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
    text_of,
)
from scripts.paper.slide_size import text_size
from scripts.render.sources import paper_address
from scripts.site.html_site import HtmlSite, replace_with_html

render_template = template_renderer(__file__, "html")
# Parts of a figure that its reader on paper wants, and a room has no time for.
EXPLANATIONS = ("figure-how", "figure-who", "figure-note", "uncertain", "certainty")


@dataclass
class Slide:
    """A heading and some blocks, with the page they come from and the speaker's notes.

    Attributes:
        anchor: of the section on ``page``, "" or "*".
        notes: blocks of ``plan``, whose links they have.
        opening: whether it is the title, or opens a part of the session.
        short: whether it is in the short deck, too.
        size: a key of TEXT_SIZES.
    """

    title: str
    blocks: list[Element]
    page: SitePage
    anchor: str
    notes: list[Element]
    plan: SitePage
    opening: bool
    short: bool
    size: str = ""


@dataclass(frozen=True)
class Deck:
    """The slides of one meeting. ``folder``: their address, without a closing slash."""

    title: str
    purpose: str
    folder: str
    slides: list[Slide]

    @property
    def name(self) -> str:
        """The name of the deck's own folder, which is beside the other deck's."""
        return self.folder.rpartition("/")[2]


def shorten_block(block: Element) -> None:
    """Shorten ``block`` in place: a figure to the part that isn't explanation, and a step of it
    that begins in bold to its bold words."""
    for name in EXPLANATIONS:
        for element in block.find_class(name):
            if element is not block:
                element.drop_tree()
    for when in block.find_class("figure-when"):
        _remove_own_date(when)
    for steps in block.find_class("figure-steps"):
        for item in steps.iter("li"):
            for text in item.findall("p") or [item]:
                bold = text.find("strong")
                if bold is not None and not (text.text or "").strip():
                    bold.tail = None
                    text[:] = [bold]


def _remove_own_date(when: Element) -> None:
    """Remove the place where a reader's own date is shown, and the space before it."""
    for date in when.find_class("figure-date"):
        date.drop_tree()
    if len(when):
        when[-1].tail = (when[-1].tail or "").rstrip()
    else:
        when.text = (when.text or "").rstrip()


def questions_to_ask(notes: Iterable[Element]) -> Iterator[Element]:
    """Yield the questions that the plan has the speaker ask, as paragraphs for a slide.

    In the plan they are quoted: Fråga runt bordet: "Vad ser du?"
    """
    for block in notes:
        for question in re.findall(r'Fråga[^.:"]*: "([^"]+)"', text_of(block)):
            yield builder.P(builder.CLASS("question"), question)


def make_slide(row: SlideRow, plan: SitePage, site: HtmlSite) -> Slide:
    """Return a row of slides.yml as a slide: an opening slide if it has no ``show``.

    ``plan``: the page with the speaker's notes. Raises PaperError if the section doesn't exist, or
    if the slide is empty or too long.
    """
    slide = _section_slide(row, plan, site) if row.show else _opening_slide(row, plan)
    if not slide.blocks and not slide.opening:
        raise PaperError(f'bilden "{slide.title}" är tom')
    size = text_size(slide.blocks)
    if size is None:
        raise PaperError(f'bilden "{slide.title}" är för lång för en bild')
    slide.size = size
    return slide


def _opening_slide(row: SlideRow, plan: SitePage) -> Slide:
    """Return a slide with the heading of the notes, and the questions in them."""
    notes = plan.section(row.notes)
    # "Se och fråga, 10 minuter": how long it takes is for the speaker
    title = re.sub(r",? \d+ minuter$", "", text_of(notes[0]))
    return Slide(
        title=title,
        blocks=list(questions_to_ask(notes)),
        page=plan,
        anchor=row.notes,
        notes=notes,
        plan=plan,
        opening=True,
        short=row.short,
    )


def _section_slide(row: SlideRow, plan: SitePage, site: HtmlSite) -> Slide:
    """Return a slide with the section or figure that ``row.show`` names."""
    (section,) = flat_sections([row.show])
    address, _, anchor = section.section.partition("#")
    page = load_page(site, address)
    blocks = page.section(anchor, section.without)
    title = text_of(blocks.pop(0)) if heading_level(blocks[0]) else page.title
    figure_titles = blocks[0].find_class("figure-title") if len(blocks) == 1 else []
    if figure_titles:
        title = text_of(figure_titles[0])
        figure_titles[0].drop_tree()
    if row.only:
        blocks = [block for block in blocks if block.tag in row.only]
    if row.brief:
        for block in blocks:
            shorten_block(block)
    return Slide(
        title=title,
        blocks=blocks,
        page=page,
        anchor=anchor,
        notes=plan.section(row.notes) if row.notes else [],
        plan=plan,
        opening=False,
        short=row.short,
    )


def title_slide(name: str, plan: SitePage, overview: str, slides: Iterable[Slide]) -> Slide:
    """Return the first slide: the session's name and the date of its text.

    Its notes are the table of the plan's minutes, under the heading ``overview``.
    """
    reviewed = review_dates([slide.page for slide in slides]).reviewed
    tables = [block for block in plan.section(overview) if block.tag == "table"]
    return Slide(
        title=name,
        blocks=[builder.P(f"Version {date_words(reviewed)}.")],
        page=plan,
        anchor=overview,
        notes=tables[:1],
        plan=plan,
        opening=True,
        short=True,
    )


def make_decks(register: Slides, slides: list[Slide], plan: SitePage, folder: str) -> list[Deck]:
    """Return two decks: all ``slides``, in ``folder``, and the short session beside it.

    Raises PaperError if the plan lacks an overview.
    """
    title = title_slide(register.title, plan, register.overview, slides)
    short_title = title_slide(register.title, plan, register.short_overview, slides)
    short_slides = [slide for slide in slides if slide.short]
    return [
        Deck(register.title, register.purpose, folder, [title, *slides]),
        Deck(
            register.short_title, register.purpose, f"{folder}-kort", [short_title, *short_slides]
        ),
    ]


def _block_html(page: SitePage, block: Element, root_prefix: str) -> tuple[str, list[str]]:
    """Return a block of ``page`` as HTML without citation marks, and the keys of its sources.

    ``root_prefix``: the relative URL of the site's root.
    """
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
            is_phone = element.get("class") == "tel"
            element.attrib.clear()
            element.set("href", href if urlsplit(href).scheme else root_prefix + page.resolve(href))
            if is_phone:
                element.set("class", "tel")
        else:
            element.attrib.pop("id", None)
    return html.tostring(block, encoding="unicode"), list(dict.fromkeys(keys))


def _slide_html(number: int, total: int, slide: Slide, site: HtmlSite, root_prefix: str) -> str:
    """Return a slide and its notes as HTML, with the sources of what it shows."""
    body = ""
    sources = {}
    for block in slide.blocks:
        block_html, keys = _block_html(slide.page, block, root_prefix)
        body += block_html
        for key in keys:
            source = slide.page.source(key)
            sources[key] = (source, paper_address(source.url))
    notes = "".join(_block_html(slide.plan, block, root_prefix)[0] for block in slide.notes)
    address = slide.page.address + (f"#{slide.anchor}" if slide.anchor not in ("", "*") else "")
    # "Gör så här" says little without its page's name; a figure has a name of its own
    has_own_name = slide.opening or slide.title == slide.page.title
    has_figure = any(block.tag == "figure" for block in slide.blocks)
    return render_template(
        "slide_of",
        slide=slide,
        number=number,
        total=total,
        kicker="" if has_own_name or has_figure else slide.page.title,
        body=body,
        notes=notes,
        sources=sources.values(),
        url=root_prefix + address,
        printed_url=(site.url + address).split("://")[-1],
    )


def deck_html(deck: Deck, other: Deck, site: HtmlSite) -> str:
    """Return the page of a deck as HTML. ``other``: the deck that it links to."""
    slides = deck.slides
    list_address = deck.folder.rpartition("/")[0]
    root_prefix = "../" * (deck.folder.count("/") + 1)
    icon = site.pages[""].select_required("link[rel=icon]").attributes["href"]
    return render_template(
        "page",
        deck=deck,
        other=other,
        slides=[
            _slide_html(number, len(slides), slide, site, root_prefix)
            for number, slide in enumerate(slides, 1)
        ],
        fresh=freshness_text(review_dates([slide.page for slide in slides])),
        canonical=f"{site.url}{deck.folder}/",
        icon=f"{root_prefix}{icon}",
        root_prefix=root_prefix,
        list_url=f"{root_prefix}{list_address}/" if list_address else root_prefix,
    )


def slides_folder(content: Content) -> str:
    """Return the address of the slides, without a closing slash: the list's page is above it."""
    return content.address_of_page_with("bilder") + "presentation"


def add_slides(content: Content, site: HtmlSite, _: Config) -> list[Finding]:
    """Step of the build: add the two decks' pages, and links to them from the page with [[bilder]];
    return findings about slides.yml."""
    register = content.registers.slides
    if register is None:
        return []
    file = content.files["slides"]
    try:
        plan = load_page(site, register.plan)
        slides, findings = _make_slides(register, plan, site, file)
        if findings:
            return findings
        long, short = make_decks(register, slides, plan, slides_folder(content))
    except PaperError as error:  # in the plan
        return [Finding(file.display_path, 1, "slides", f"{error}.")]
    site.add(f"{long.folder}/", deck_html(long, short, site))
    site.add(f"{short.folder}/", deck_html(short, long, site))
    _link_decks(content, site, [long, short])
    return []


def _make_slides(
    register: Slides, plan: SitePage, site: HtmlSite, file: RegisterFile
) -> tuple[list[Slide], list[Finding]]:
    """Return the slides of slides.yml, and a finding for each row that can't be one.

    ``file``: slides.yml, for the rows' lines.
    """
    slides = []
    findings = []
    for number, row in enumerate(register.slides):
        try:
            slides.append(make_slide(row, plan, site))
        except PaperError as error:
            where = file.location("slides", number)
            findings.append(Finding(*where, "slides", f"{error}."))
    return slides, findings


def _link_decks(content: Content, site: HtmlSite, decks: list[Deck]) -> None:
    """Fill the place of the macro [[bilder]] with links to ``decks``."""
    listing = site.pages.get(content.address_of_page_with("bilder"))
    if listing is None:
        return
    links = [
        f'<a href="{deck.name}/">{escape(deck.title)}</a> ({len(deck.slides)} bilder)'
        for deck in decks
    ]
    for slot in listing.tree.css("span.slides"):
        replace_with_html(slot, f"<span>{' och '.join(links)}</span>")
