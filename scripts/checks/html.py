"""Kontrollerar HTML i sidor och register: att taggarna stängs, och att uppgifter är ren text.

Vilka taggar som får stå avgörs på den byggda sidan: scripts/site/html_policy.py.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from html.parser import HTMLParser

from scripts.content.content import Content
from scripts.core.findings import Finding

HAS_TAG = re.compile(r"<[A-Za-z/!?]")  # "<b>", "</p>", "<!--"
# Elements without an end tag (HTML Living Standard, "void elements"), and those whose end tag
# may be left out.
VOID = {
    "area",
    "base",
    "br",
    "col",
    "embed",
    "hr",
    "img",
    "input",
    "link",
    "meta",
    "source",
    "track",
    "wbr",
}
END_OPTIONAL = {"li", "dt", "dd", "p", "tr", "td", "th", "thead", "tbody", "tfoot"}
# The address of a Markdown file of this site: MkDocs turns it into the page's address only in a
# Markdown link, not in HTML.
MARKDOWN = re.compile(r"(?![a-z]+:|//)[^?#]*\.md(?:[?#].*)?", re.I)
LINK = "[ord]({})."


class _TagParser(HTMLParser):
    """Collects (line from 1, rule, message) for start and end tags that don't match, and for links
    to Markdown files in HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open_tags: list[tuple[str, int]] = []  # (tag, line), the innermost last
        self.violations: list[tuple[int, str, str]] = []

    def add(self, rule: str, message: str, line: int = 0) -> None:
        """Add a violation on ``line``, by default where the parser is."""
        self.violations.append((line or self.getpos()[0], rule, message))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "href" and MARKDOWN.fullmatch(value or ""):
                message = f"länken är skriven som HTML, och leder då inte till sidan. Skriv {LINK}"
                self.add("html-link", message.format(value))
        if tag not in VOID and tag.isalnum():  # <a@b.se> is a link
            self.open_tags.append((tag, self.getpos()[0]))

    def handle_startendtag(self, *_: object) -> None:
        """Ignore <br/>: it opens no element."""

    def handle_endtag(self, tag: str) -> None:
        if not tag.isalnum():
            return
        while self.open_tags:
            opened, line = self.open_tags.pop()
            if opened == tag:
                return
            if opened not in END_OPTIONAL:
                if not any(name == tag for name, _ in self.open_tags):
                    self.open_tags.append((opened, line))
                    break
                self.add("unbalanced-html", f"<{opened}> stängs aldrig. Skriv </{opened}>.", line)
        self.add("unbalanced-html", f"</{tag}> har ingen början. Ta bort den.")


def html_violations(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield (line from 1, rule, message) for the raw HTML in a Markdown text, with its code blanked
    out."""
    parser = _TagParser()
    # HTMLParser never reports an unfinished tag ("<div" at the end): the last loop does
    parser.feed(re.sub(r"<(?![A-Za-z/!?])", "&lt;", text))
    parser.close()
    yield from parser.violations
    for tag, line in parser.open_tags:
        if tag not in END_OPTIONAL:
            yield line, "unbalanced-html", f"<{tag}> stängs aldrig. Skriv </{tag}>."
    for match in re.finditer(r"<[A-Za-z][^<>]*(?=<|\Z)", text):
        line = 1 + text.count("\n", 0, match.start())
        yield line, "unbalanced-html", f'taggen "{match[0][:20].strip()}" saknar ">".'


def check(content: Content, _: dt.date) -> Iterator[Finding]:
    """Yield the findings of raw HTML in pages and registers, and a finding for each field of front
    matter with HTML."""
    for page in content.texts:
        for line, rule, message in html_violations(page.text):
            yield Finding(page.display_path, page.body_line + line - 1, rule, message)
    for page in content.pages.values():
        for field, value in vars(page.meta).items():
            if HAS_TAG.search(str(value)):
                message = f'"{field}" ska vara ren text, utan HTML.'
                yield Finding(page.display_path, page.line(field), "unsafe-html", message)
    for name, values in content.leaf_values.items():
        for value in values:
            text = str(value.value)
            if value.field.text_kind and HAS_TAG.search(text):
                path, first_line = content.files[name].location(*value.where)
                for line, rule, message in html_violations(text):
                    yield Finding(path, first_line + line - 1, rule, message)
