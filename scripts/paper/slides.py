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
        page: the page that ``blocks`` come from; their links are relative to it.
        anchor: the id of their section on ``page``, "" or "*".
        notes: blocks of ``plan``; their links are relative to it.
        is_opening: whether the slide is the title slide, or opens a part of the session.
        is_short: whether the slide is in the short deck, too.
        size: the size of its text, a key of TEXT_SIZES.
    """

    title: str
    blocks: list[Element]
    page: SitePage
    anchor: str
    notes: list[Element]
    plan: SitePage
    is_opening: bool
    is_short: bool
    size: str = ""


@dataclass(frozen=True)
class Deck:
    """The slides of one meeting. ``folder``: the address of their page, without a closing slash."""

    title: str
    purpose: str
    folder: str
    slides: list[Slide]

    @property
    def name(self) -> str:
        """The last part of ``folder``, by which the list and the other deck link to this one."""
        return self.folder.rpartition("/")[2]


def shorten_block(block: Element) -> None:
    """Shorten ``block`` in place: remove the explanations of a figure and the places for a reader's
    own dates, and cut each of its steps that begins in bold to the bold words."""
    for name in EXPLANATIONS:
        for element in block.find_class(name):
            if element is not block:  # shown by itself, an explanation is the slide's text
                element.drop_tree()
    for when in block.find_class("figure-when"):
        _remove_own_date(when)
    for steps in block.find_class("figure-steps"):
        for item in steps.iter("li"):
            for paragraph in item.findall("p") or [item]:
                _keep_bold_beginning(paragraph)


def _keep_bold_beginning(paragraph: Element) -> None:
    """Remove all but the bold words that ``paragraph`` begins with. Without such words it stays as
    it is."""
    bold = paragraph.find("strong")
    has_text_before = (paragraph.text or "").strip()
    if bold is not None and not has_text_before:
        bold.tail = None
        paragraph[:] = [bold]


def _remove_own_date(when: Element) -> None:
    """Remove from ``when`` the place that shows a reader's own date, and the space before it."""
    for date in when.find_class("figure-date"):
        date.drop_tree()
    if len(when):  # what is last now: the text after the last child, or the only text
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
    """Return a row of slides.yml as a slide: an opening slide if the row has no ``show``.

    ``plan``: the page with the speaker's notes. Raises PaperError if the row's section doesn't
    exist, or if the slide is empty or too long.
    """
    slide = _section_slide(row, plan, site) if row.show else _opening_slide(row, plan)
    if not slide.blocks and not slide.is_opening:
        raise PaperError(f'bilden "{slide.title}" är tom')
    size = text_size(slide.blocks)
    if size is None:
        raise PaperError(f'bilden "{slide.title}" är för lång för en bild')
    slide.size = size
    return slide


def _opening_slide(row: SlideRow, plan: SitePage) -> Slide:
    """Return a slide with the heading of the notes, and the questions in them."""
    notes = plan.section(row.notes)
    # without the length, which is for the speaker: "Se och fråga, 10 minuter"
    title = re.sub(r",? \d+ minuter$", "", text_of(notes[0]))
    return Slide(
        title=title,
        blocks=list(questions_to_ask(notes)),
        page=plan,
        anchor=row.notes,
        notes=notes,
        plan=plan,
        is_opening=True,
        is_short=row.short,
    )


def _section_slide(row: SlideRow, plan: SitePage, site: HtmlSite) -> Slide:
    """Return a slide with the section or figure that ``row.show`` names.

    Its title is the section's heading, or a figure's own title, or else that of the page.
    """
    (section,) = flat_sections([row.show])
    page = load_page(site, section.address)
    blocks = page.section(section.anchor, section.without)
    title = text_of(blocks.pop(0)) if heading_level(blocks[0]) else page.title
    # of a figure alone, its title is the slide's, and isn't repeated in the figure
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
        anchor=section.anchor,
        notes=plan.section(row.notes) if row.notes else [],
        plan=plan,
        is_opening=False,
        is_short=row.short,
    )


def title_slide(name: str, plan: SitePage, overview: str, slides: Iterable[Slide]) -> Slide:
    """Return the first slide: the session's name, and the latest date of review of the pages that
    ``slides`` come from.

    Its notes are the table with the plan's minutes. ``overview``: the id of the table's heading.
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
        is_opening=True,
        is_short=True,
    )


def make_decks(register: Slides, slides: list[Slide], plan: SitePage, folder: str) -> list[Deck]:
    """Return two decks, each with a title slide: one of all ``slides``, in ``folder``, and one of
    the short session's, in a folder beside it.

    Raises PaperError if the plan lacks one of the headings of its overviews.
    """
    title = title_slide(register.title, plan, register.overview, slides)
    short_title = title_slide(register.title, plan, register.short_overview, slides)
    short_slides = [slide for slide in slides if slide.is_short]
    return [
        Deck(
            title=register.title,
            purpose=register.purpose,
            folder=folder,
            slides=[title, *slides],
        ),
        Deck(
            title=register.short_title,
            purpose=register.purpose,
            folder=f"{folder}-kort",
            slides=[short_title, *short_slides],
        ),
    ]


def _block_html(page: SitePage, block: Element, root_prefix: str) -> tuple[str, list[str]]:
    """Return a block of ``page`` as HTML for a slide, and the keys of the sources that it cites.

    The HTML has no citation marks, no buttons that explain words and no ids, and its links lead
    from the deck's page. ``root_prefix``: the relative URL of the site's root from there.
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
            is_inner = not urlsplit(href).scheme
            is_phone = element.get("class") == "tel"
            element.attrib.clear()  # data for the page's own scripts and styles
            element.set("href", root_prefix + page.resolve(href) if is_inner else href)
            if is_phone:
                element.set("class", "tel")
        else:
            element.attrib.pop("id", None)
    return html.tostring(block, encoding="unicode"), list(dict.fromkeys(keys))


def _slide_html(number: int, total: int, slide: Slide, site: HtmlSite, root_prefix: str) -> str:
    """Return a slide and its notes as HTML, with the sources that its blocks cite.

    Args:
        number: the slide's place in its deck of ``total`` slides, from 1.
        root_prefix: the relative URL of the site's root from the deck's page.
    """
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
    # The kicker is the page's title, over the slide's: "Gör så här" says little without it. An
    # opening slide and a figure have titles that need no page's.
    has_figure = any(block.tag == "figure" for block in slide.blocks)
    has_clear_title = slide.is_opening or has_figure
    has_page_title = slide.title == slide.page.title
    return render_template(
        "slide_of",
        slide=slide,
        number=number,
        total=total,
        kicker="" if has_clear_title or has_page_title else slide.page.title,
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
        # the list may be on the start page, whose address is ""
        list_url=f"{root_prefix}{list_address}/" if list_address else root_prefix,
    )


def slides_folder(content: Content) -> str:
    """Return the address of the long deck, without a closing slash. It is below the page with the
    macro [[bilder]], which lists the decks."""
    return content.address_of_page_with("bilder") + "presentation"


def add_slides(content: Content, site: HtmlSite, _: Config) -> list[Finding]:
    """Step of the build: add the two decks' pages, and links to them from the page with [[bilder]];
    return findings about slides.yml. The settings, which every step of the build gets, aren't
    used."""
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
    """Put links to ``decks`` where the macro [[bilder]] is; nowhere if no page has the macro."""
    listing = site.pages.get(content.address_of_page_with("bilder"))
    if listing is None:
        return
    links = [
        f'<a href="{deck.name}/">{escape(deck.title)}</a> ({len(deck.slides)} bilder)'
        for deck in decks
    ]
    for slot in listing.tree.css("span.slides"):
        replace_with_html(slot, f"<span>{' och '.join(links)}</span>")
