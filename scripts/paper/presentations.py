"""Puts the slides into the built site, and links to them where [[bilder]] stands."""

from __future__ import annotations

from html import escape
from pathlib import PurePosixPath

from scripts.content.config import Config
from scripts.content.content import Content
from scripts.core.findings import Finding
from scripts.paper.sections import PaperError
from scripts.paper.slide_page import page_html
from scripts.paper.slides import make_decks
from scripts.publish.built import BuiltSite, put_instead


def slides_folder(content: Content) -> str:
    """Return where the slides lie, without a closing slash: beside the page that lists them."""
    return content.folder_of("bilder") + "presentation"


def add_slides(content: Content, built: BuiltSite, _: Config) -> list[Finding]:
    """Add the slides' pages to the built site; return what is wrong with slides.yml."""
    row = content.registers.slides
    if row is None:
        return []
    try:
        decks = make_decks(row, built, slides_folder(content))
    except PaperError as error:
        return [Finding(PurePosixPath("docs/_data/slides.yml"), 1, "slides", f"{error}.")]
    for deck in decks:
        built.add(f"{deck.folder}/", page_html(deck, built))
    if listing := built.pages.get(content.folder_of("bilder")):
        links = [
            f'<a href="{deck.folder.rpartition("/")[2]}/">{escape(deck.title)}</a> '
            f"({len(deck.slides)} bilder)"
            for deck in decks
        ]
        for slot in listing.tree.css("span.slides"):  # of the macro [[bilder]]
            put_instead(slot, f"<span>{' och '.join(links)}</span>")
    return []
