"""Render context of macros; base class of tree processors."""

from __future__ import annotations

import html
import posixpath
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

from scripts.content.content import Content
from scripts.content.page import Page
from scripts.content.records import Registers
from scripts.content.settings import Extra
from scripts.core.language import SWEDISH, gettext


class MacroError(ValueError):
    """A macro that can't be rendered; the text says why, in Swedish."""


@dataclass
class Context:
    """The page with the macro, the content of docs/, the settings, and the stash for HTML."""

    content: Content
    stash: Callable[[str], str]  # takes HTML that Markdown must not change; returns a placeholder
    here: Page | None = None  # None where the builder runs no hooks
    site: str = ""  # the URL of the site: "https://example.se/"
    extra: Extra = field(default_factory=Extra)  # the site's own settings in mkdocs.yml
    seen: set[str] = field(default_factory=set)  # ids that macros have put on this page
    foot: list[str] = field(default_factory=list)  # keys of questions for the page's foot

    @property
    def registers(self) -> Registers:
        return self.content.registers

    @property
    def pages(self) -> list[Page]:
        """The pages that are not hidden, in order of path."""
        pages = self.content.pages.items()
        return [page for path, page in pages if not self.extra.hides(path)]

    def pages_with(self, uses: Callable[[Page], Iterable[str]]) -> dict[str, list[Page]]:
        """Return a dict from each key that ``uses(page)`` yields to its pages, in order of path."""
        found: dict[str, list[Page]] = {}
        for page in self.pages:
            for key in dict.fromkeys(uses(page)):
                found.setdefault(key, []).append(page)
        return found

    def home(self, macro: str, argument: str = "", *, key: str = "") -> str:
        """Return a link's target: the page that shows a register, or its record ``key``; "" where
        no page does."""
        page = self.content.page_with(macro, argument)
        return f"{page.link}{f'#{key}' if key else ''}" if page else ""

    def gettext(self, text: str) -> str:
        """Return the site's own Swedish words in the language of the page."""
        return gettext(text, self.here.meta.lang if self.here else SWEDISH)

    def question(self, key: str) -> str:
        """Return a link's target: an open question on the page that lists them, or ""."""
        return self.home("oppna-fragor", key=key)

    def made(self, address: str, text: str, attributes: str = "") -> str:
        """Return a link to what is made after the pages, which the builder doesn't know:
        ``address`` in the site, as seen from this page. Raw HTML, kept from Markdown."""
        start = self.here.address if self.here else ""
        href = posixpath.relpath(address, start or ".") + ("/" if address.endswith("/") else "")
        return self.stash(f'<a href="{href}"{attributes}>{html.escape(text)}</a>')


class PageTreeprocessor(Treeprocessor):
    """Base class of tree processors that need docs/ and the page that is rendered."""

    def __init__(self, md: Markdown, content: Content, page: Page | None) -> None:
        super().__init__(md)
        self.content = content
        self.page = page  # None where the builder runs no hooks
