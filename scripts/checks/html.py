"""Kontrollerar rå HTML i sidor och register: bara ofarliga taggar, och att de stängs."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from html.parser import HTMLParser

from scripts.content.content import Content
from scripts.content.fields import shown
from scripts.content.records import type_of
from scripts.core.findings import Finding

# Elements without an end tag (HTML Living Standard, "void elements"), and those whose end tag
# may be left out.
VOID = {"br", "hr", "img", "wbr"}
END_OPTIONAL = {"li", "dt", "dd", "p", "tr", "td", "th", "thead", "tbody", "tfoot"}
# What text needs. Nothing that runs, fetches, moves the page or takes it over.
ALLOWED = {
    *("a", "abbr", "b", "blockquote", "cite", "code", "em", "i", "kbd", "mark", "q", "s", "small"),
    *("span", "strong", "sub", "sup", "time", "div", "p", "pre", "section", "figure", "figcaption"),
    *("details", "summary", "dl", "ol", "ul", "table", "caption", "col", "colgroup"),
    *VOID,
    *END_OPTIONAL,
}
ATTRIBUTES = {
    *("alt", "class", "cols", "colspan", "datetime", "dir", "height", "href", "hreflang", "id"),
    *("lang", "markdown", "open", "role", "rowspan", "scope", "src", "start", "title", "width"),
}
SCHEMES = ("http", "https", "mailto", "tel", "kalla")
DEEPEST = 30  # elements in one another
# {: onclick="…" }, which attr_list makes attributes of
ATTRIBUTE_LIST = re.compile(r"\{:?([^{}\n]*)\}")
NAME = re.compile(r"(?:^|\s)([A-Za-z][\w:-]*)\s*=")
LINK = re.compile(r"\]\(\s*<?\s*([a-zA-Z][a-zA-Z0-9+.-]*):|<([a-zA-Z][a-zA-Z0-9+.-]*):[^>\s]*>")


class _Tags(HTMLParser):
    """Collects (line, message) for tags and attributes that may not stand in a text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, int]] = []
        self.wrong: list[tuple[int, str, str]] = []

    def tell(self, rule: str, message: str, line: int = 0) -> None:
        self.wrong.append((line or self.getpos()[0], rule, message))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_startendtag(tag, attrs)
        if tag not in VOID and tag in ALLOWED:
            self.open.append((tag, self.getpos()[0]))
            if len(self.open) == DEEPEST:
                self.tell("deep-html", f"{DEEPEST} taggar står i varandra. Förenkla.")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ALLOWED:
            self.tell(
                "unsafe-html", f"<{tag}> får inte stå i texten. Skriv med Markdown i stället."
            )
            return
        for name, value in attrs:
            if fault := bad_attribute(name, value or ""):
                self.tell("unsafe-html", fault)

    def handle_endtag(self, tag: str) -> None:
        if tag not in ALLOWED:
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

    def handle_decl(self, decl: str) -> None:
        self.tell("unsafe-html", f'"<!{decl[:20]}" får inte stå i texten. Ta bort det.')

    def unknown_decl(self, data: str) -> None:
        self.handle_decl(data)

    def handle_pi(self, data: str) -> None:
        self.handle_decl(data)


def bad_attribute(name: str, value: str) -> str:
    """Return why an attribute may not stand in a text, or ""."""
    if name not in ATTRIBUTES and not name.startswith(("aria-", "data-")):
        return f'"{name}" får inte stå i en tagg. Ta bort det.'
    scheme = re.match(r"[\s\x00-\x20]*([a-zA-Z][a-zA-Z0-9+.-]*)\s*:", value)
    if name in ("href", "src") and scheme and scheme[1].lower() not in SCHEMES:
        return f'adressen "{value[:30]}" får inte stå i en länk. Ta bort den.'
    return ""


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
    for number, row in enumerate(text.split("\n"), 1):
        for listed in ATTRIBUTE_LIST.finditer(row):
            for name in NAME.findall(listed[1]):
                if fault := bad_attribute(name.lower(), ""):
                    yield number, "unsafe-html", fault
        for link in LINK.finditer(row):
            if (scheme := (link[1] or link[2]).lower()) not in SCHEMES:
                message = f'en länk får inte börja med "{scheme}:". Ta bort den.'
                yield number, "unsafe-html", message


def check(content: Content, _: dt.date) -> Iterator[Finding]:
    """Yield what is wrong with the HTML of every page, and of what readers see of registers."""
    for page in content.pages.values():
        for line, rule, message in html_faults(page.text):
            yield Finding(content.shown(page), page.body_line + line - 1, rule, message)
        for field in ("title", "description"):
            if re.search(r"<[A-Za-z/!]", str(page.meta.get(field, ""))):
                message = f'"{field}" ska vara ren text, utan HTML.'
                yield Finding(content.shown(page), page.line(field), "unsafe-html", message)
    for name, file in content.files.items():
        for _field, node in shown(type_of(name), file.tree):
            for line, rule, message in html_faults(node.value):
                at = node.start_mark.line + line
                yield Finding(file.shown, at, rule, message)
