"""Kontrollerar HTML i sidor och register: att taggarna stängs, och att uppgifter är ren text.

Vilka taggar som får stå avgörs på den byggda sidan: scripts/site/html_policy.py.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from html.parser import HTMLParser

from scripts.content.content import Content
from scripts.content.fields import HAS_TAG
from scripts.core.findings import Finding

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
# A file of docs/: only a link in Markdown becomes the address of its page.
MARKDOWN = re.compile(r"(?![a-z]+:|//)[^?#]*\.md(?:[?#].*)?", re.I)
LINK = "[ord]({})."


class _Tags(HTMLParser):
    """Collects (line, rule, message) for tags that have no other half."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, int]] = []
        self.wrong: list[tuple[int, str, str]] = []

    def tell(self, rule: str, message: str, line: int = 0) -> None:
        self.wrong.append((line or self.getpos()[0], rule, message))

    def handle_starttag(self, tag: str, has: list[tuple[str, str | None]]) -> None:
        for name, value in has:
            if name == "href" and MARKDOWN.fullmatch(value or ""):
                message = f"länken är skriven som HTML, och leder då inte till sidan. Skriv {LINK}"
                self.tell("html-link", message.format(value))
        if tag not in VOID and tag.isalnum():  # <a@b.se> is a link
            self.open.append((tag, self.getpos()[0]))

    def handle_startendtag(self, *_: object) -> None:
        """Let <br/> be: it opens nothing."""

    def handle_endtag(self, tag: str) -> None:
        if not tag.isalnum():
            return
        while self.open:
            opened, line = self.open.pop()
            if opened == tag:
                return
            if opened not in END_OPTIONAL:
                if not any(name == tag for name, _ in self.open):
                    self.open.append((opened, line))
                    break
                self.tell("unbalanced-html", f"<{opened}> stängs aldrig. Skriv </{opened}>.", line)
        self.tell("unbalanced-html", f"</{tag}> har ingen början. Ta bort den.")


def html_faults(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield (line from 1, rule, message) for HTML in Markdown ``text``, with code blanked out."""
    parser = _Tags()
    # an unfinished tag ("<div" at the end) is never fed on by HTMLParser
    parser.feed(re.sub(r"<(?![A-Za-z/!?])", "&lt;", text))
    parser.close()
    yield from parser.wrong
    for tag, line in parser.open:
        if tag not in END_OPTIONAL:
            yield line, "unbalanced-html", f"<{tag}> stängs aldrig. Skriv </{tag}>."
    for match in re.finditer(r"<[A-Za-z][^<>]*(?=<|\Z)", text):
        line = 1 + text.count("\n", 0, match.start())
        yield line, "unbalanced-html", f'taggen "{match[0][:20].strip()}" saknar ">".'


def check(content: Content, _: dt.date) -> Iterator[Finding]:
    """Yield what is wrong with the HTML of every page, and of what readers see of registers."""
    for page in content.texts:
        for line, rule, message in html_faults(page.text):
            yield Finding(page.display_path, page.body_line + line - 1, rule, message)
    for page in content.pages.values():
        for field, value in vars(page.meta).items():
            if HAS_TAG.search(str(value)):
                message = f'"{field}" ska vara ren text, utan HTML.'
                yield Finding(page.display_path, page.line(field), "unsafe-html", message)
    for name, values in content.leaf_values.items():
        file = content.files[name]
        for given in values:
            text = str(given.value)
            if given.field.text_kind and HAS_TAG.search(text):
                for line, rule, message in html_faults(text):
                    shown, first = file.location(*given.where)
                    yield Finding(shown, first + line - 1, rule, message)
