"""Render context of macros; base class of tree processors."""

from __future__ import annotations

import html
import posixpath
from collections.abc import Callable
from dataclasses import dataclass, field

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

from scripts.content.content import Content
from scripts.content.page import Page
from scripts.content.records import Registers
from scripts.content.settings import Extra
from scripts.core.language import SWEDISH, gettext


class MacroError(ValueError):
    """A macro can't be rendered. The text is the reason, in Swedish."""


@dataclass
class Context:
    """The input of a macro: the content of docs/, the page with the macro, the settings; and the
    state of the page's macros so far."""

    content: Content
    stash: Callable[[str], str]  # takes HTML that Markdown must not change; returns a placeholder
    page: Page | None = None  # the page with the macro; None if the builder runs no hooks
    site_url: str = ""  # "https://example.se/"
    extra: Extra = field(default_factory=Extra)  # the site's own settings in mkdocs.yml
    shown_contacts: set[str] = field(default_factory=set)  # keys of contacts shown on this page
    foot_questions: list[str] = field(default_factory=list)  # keys of questions for the page's foot

    @property
    def registers(self) -> Registers:
        return self.content.registers

    @property
    def pages(self) -> list[Page]:
        """The pages that are not hidden, by path."""
        return [page for page in self.content.pages.values() if not self.extra.hides(page.path)]

    def link_to(self, macro: str, argument: str = "", *, key: str = "") -> str:
        """Return the link to the page with ``[[macro:argument]]``, "/odla/tomat.md", or to the
        record ``key`` on the page, "/odla/tomat.md#key"; "" if no page has the macro."""
        page = self.content.page_with(macro, argument)
        if page is None:
            return ""
        return f"{page.link}#{key}" if key else page.link

    def gettext(self, text: str) -> str:
        """Translate a Swedish UI string to the language of the page."""
        return gettext(text, self.page.meta.lang if self.page else SWEDISH)

    def question_link(self, key: str) -> str:
        """Return the link to an open question on the page that lists all of them; "" if there is no
        such page."""
        return self.link_to("oppna-fragor", key=key)

    def file_link(self, address: str, text: str, attributes: str = "") -> str:
        """Return an HTML link to a file, stashed from Markdown. MkDocs can't adapt the link, since
        the build writes the file after MkDocs has run.

        Args:
            address: of the file or folder, from the site's root: "andringar.xml", "sok/".
            text: the link's text, not escaped.
            attributes: more attributes of the element, each with a space before it.
        """
        start = self.page.address if self.page else ""
        href = posixpath.relpath(address, start or ".")
        if address.endswith("/"):  # relpath takes it away
            href += "/"
        return self.stash(f'<a href="{href}"{attributes}>{html.escape(text)}</a>')


class PageTreeprocessor(Treeprocessor):
    """Base class of tree processors that use the content of docs/ and the rendered page."""

    def __init__(self, md: Markdown, content: Content, page: Page | None) -> None:
        super().__init__(md)
        self.content = content
        self.page = page  # None if the builder runs no hooks
