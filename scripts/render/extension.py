"""Python-Markdown extension: citations, source lists, phone links and macros from docs/_data/.

In mkdocs.yml as ``scripts.render.extension``. It is a plain extension, not a MkDocs hook, so
that every builder that runs Python-Markdown (MkDocs, ProperDocs) renders the same page.
Links from the root of docs/ (``/odla/tomat.md``), which registers have, are the builder's:
``absolute_links: relative_to_docs`` in mkdocs.yml.

    Text.[@utl-5-15]                  a citation: a number in the text, and the source at the foot
    [Odlarnas webbplats](kalla:odla)  a link to the source's URL, with a citation
    020-390 000                       a registered number becomes a tel: link; the first on the
                                      page gets a citation of its source
    [[osakert:forlangning]]           a macro, see macros.py
    LVU, inhibition                   an abbreviation in the glossary, or a term with
                                      `explain: true`: its first use on the page is explained
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

from scripts.content.config import EXTENSION_LOGGER
from scripts.content.content import Content
from scripts.content.markdown import CITATION, MACRO
from scripts.content.page import Page
from scripts.content.settings import Extra
from scripts.render.citations import CitationPattern, PhonePattern, SourceTreeprocessor
from scripts.render.doubt import render_foot
from scripts.render.glossary import TermTreeprocessor
from scripts.render.macro import Context, MacroError
from scripts.render.macros import render_macro
from scripts.render.title import TitleTreeprocessor

log = logging.getLogger(EXTENSION_LOGGER)


class MacroPreprocessor(Preprocessor):
    """Replaces ``[[name:argument]]`` lines by Markdown rendered from a register."""

    def __init__(
        self, md: Markdown, content: Content, page: Page | None, site_url: str, extra: Extra
    ) -> None:
        super().__init__(md)
        self.content = content
        self.page = page
        self.site_url = site_url
        self.extra = extra

    def run(self, lines: list[str]) -> list[str]:
        """Return the lines with macros rendered, and the questions for the page's foot last. A
        macro that can't be rendered is shown with the reason, which is also logged."""
        context = Context(
            content=self.content,
            stash=self.md.htmlStash.store,
            page=self.page,
            site_url=self.site_url,
            extra=self.extra,
        )
        rendered: list[str] = []
        for line in lines:
            match = MACRO.match(line)
            if match is None:
                rendered.append(line)
                continue
            try:
                markdown = render_macro(context, match[1], match[2] or "")
            except MacroError as error:
                log.warning("%s: %s.", line.strip(), error)
                markdown = f"**{line.strip()}: {error}.**"
            rendered += ["", *markdown.split("\n"), ""]  # empty lines: a block of its own
        return [*rendered, "", *render_foot(context).split("\n")]


class RegisterExtension(Extension):
    """The extension of this module. site/hooks.py sets every option except docs_dir."""

    def __init__(self, **kwargs: Any) -> None:
        self.config = {
            "docs_dir": ["docs", "The folder that holds _data/"],
            "content": ["", "Content: docs_dir as it was read, or empty to read it"],
            "page": ["", "Page: the page that is rendered, or empty"],
            "site_url": ["", "The URL of the site"],
            "extra": ["", "Extra: the site's own settings, or empty"],
        }
        super().__init__(**kwargs)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Register the processors; the numbers are priorities, the highest first."""
        content = self.getConfig("content") or Content.read(Path(self.getConfig("docs_dir")))
        page = self.getConfig("page") or None
        site_url = self.getConfig("site_url")
        extra = self.getConfig("extra") or Extra()
        for fault in content.faults:
            log.warning("%s", fault)
        # after fenced code (25), before HTML blocks (20)
        macros = MacroPreprocessor(md, content, page, site_url, extra)
        md.preprocessors.register(macros, "registers", 24)
        # before links (160–170), after code spans (190)
        md.inlinePatterns.register(CitationPattern(CITATION.pattern, md), "citation", 175)
        # after links: a number in a link's text doesn't become a link
        md.inlinePatterns.register(PhonePattern(md, content.registers.contacts), "phone", 30)
        # after inline patterns (20), before the table of contents (5)
        md.treeprocessors.register(SourceTreeprocessor(md, content, page), "sources", 15)
        md.treeprocessors.register(TermTreeprocessor(md, content, page), "terms", 14)
        # after terms: a term in the law notice doesn't count as the page's first use
        md.treeprocessors.register(TitleTreeprocessor(md, content, page), "title", 13)


def makeExtension(**kwargs: Any) -> RegisterExtension:  # noqa: N802
    """Python-Markdown's entry point."""
    return RegisterExtension(**kwargs)
