"""Kontrollerar det som är nästan rätt: källor, makron, länkar, bilder, punkter.

Skrivet så blir det vanlig text på sidan: en källa eller en varningsruta försvinner utan ett ord.
"""

from __future__ import annotations

import datetime as dt
import posixpath
import re
from collections.abc import Iterator
from functools import partial
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from scripts.content.content import Content
from scripts.content.files import NO_PICTURES
from scripts.content.guide import More
from scripts.content.macros import FACT, MACROS
from scripts.content.markdown import CITATION, HEADING, MACRO
from scripts.content.missing import cure
from scripts.content.page import Page
from scripts.content.records import ChecklistRow
from scripts.content.yaml_file import ValuePath
from scripts.core.findings import Finding
from scripts.core.swedish import nearest

ALMOST_CITATION = re.compile(r"\[[^\w\[\]]{0,3}@[^\]\n]{0,200}\]?")
BRACKETS = re.compile(r"(?<![\[\]!])\[([a-zåäö0-9-]{2,80})\](?![(\[:\]])")
PAREN_CITATION = re.compile(r"\((@[a-z][\w-]*(?:, ?@[a-z][\w-]*)*)\)")
ONE_BRACKET = re.compile(r"(?<!\[)\[([a-zåäö-]{2,30}):[^\]\[\s]{1,80}\]\]?(?!\()")
# "[ord(sida.md)" and "(ord)[sida.md]".
ALMOST_LINK = re.compile(
    r"\[[^\[\]()\n]{1,80}\([^\s()]{1,200}\.md[^\s()]{0,80}\)|"
    r"\([^()\n]{1,80}\)\[[^\[\]\s]{1,200}\.md[^\[\]\s]{0,80}\]"
)
# What other Markdown makes a line through words, a marked word or a box to tick of.
OTHER_MARKDOWN = re.compile(r"~~[^~\n]{1,200}~~|==[^=\n]{1,200}==|(?<=[-*+] )\[[ xX]?\](?= )")
CLOSE_HEADING = re.compile(r"#{1,6}[^\s#]")
FENCE = re.compile(r"\s*(?:```|~~~)")
TABLE_HEAD = re.compile(r"\|(?:\s*:?-+:?\s*\|)+\s*")
CELL_END = re.compile(r"(?<!\\)\|")
ALMOST_MACRO = re.compile(r"\[\[\s*([^\]:\s]{0,80})[^\]\n]{0,200}\]?\]?")
IMAGE = re.compile(r"!\[[^\]\n]{0,500}\][(\[]|<img\b", re.I)
# A link, or what a link by reference leads to: "[ord]: sida.md".
LINK = re.compile(r"(?:(?<!!)\]\(\s*<?|^ {0,3}\[[^\]\n^*]{1,200}\]:\s+<?)([^)\s>]{1,500})")
INLINE = (FACT, "nummer")  # the macros that may be part of a sentence
COLUMNS = 4  # a table with more is too wide for a phone


def check(content: Content, _: dt.date) -> Iterator[Finding]:
    """Yield every finding in the pages, and registers' links without words."""
    yield from _links_without_words(content)
    for page in content.texts:
        shown = page.display_path
        for line, rule, message in (*_sections(page), *_tables(page), *_fences(page)):
            yield Finding(shown, line, rule, message)
        for line, text in page.lines():
            for rule, message in (
                *_citations(text, content),
                *_macros(text),
                *_shapes(text),
                *_links(text, page, content),
            ):
                yield Finding(shown, line, rule, message)


def _links_without_words(content: Content) -> Iterator[Finding]:
    """Yield rows of registers whose link has no words: none of their own, and none in its place."""
    lists, guide = content.registers.checklists, content.registers.guide
    linked: list[tuple[str, str, ChecklistRow | More, ValuePath]] = [
        (f"checklists/{name}", row.id, row, ("page",)) for name in lists for row in lists[name].rows
    ]
    for key, outcome in guide.outcomes.items():
        more = enumerate(outcome.more)
        linked += [("guide", key, row, ("more", number, "page")) for number, row in more]
    for name, key, row, way in linked:
        # of a page that isn't there the check of registers tells
        if content.link_text(row.page.partition("#")[0]) and not content.link_text_for(row):
            message = (
                f'"{key}": rubriken "{row.page}" finns inte, eller har inga ord. '
                "Har den flyttat? Ändra adressen. Är den borta? Stryk page. Annars: skriv "
                "länkens ord i page_title."
            )
            where = content.files[name].record_location(key, *way)
            yield Finding(*where, "link-without-words", message)


def _citations(text: str, content: Content) -> Iterator[tuple[str, str]]:
    for match in ALMOST_CITATION.finditer(CITATION.sub("", text)):
        message = f'"{match[0]}" blir ingen källa. Skriv som [@utl-5-15] eller [@utl-5-15, @sol].'
        yield "almost-citation", message
    for match in PAREN_CITATION.finditer(text):
        yield "almost-citation", f'"{match[0]}" blir ingen källa. Skriv [{match[1]}].'
    for match in BRACKETS.finditer(text):
        if match[1] in content.registers.sources:
            yield "almost-citation", f'"{match[0]}" blir ingen källa. Skriv [@{match[1]}].'


def _sections(page: Page) -> Iterator[tuple[int, str, str]]:
    """Yield headings below the page's own that have nothing under them, not even a heading."""
    bare: tuple[int, int, str] | None = None  # (line, level, words), until something follows
    # a line of code isn't there in the first, nor is the end of the page in either
    for (number, line), written in zip(
        (*page.lines(), (0, "## Slut")), (*page.body.split("\n"), ""), strict=True
    ):
        match = HEADING.match(line)
        if match and bare and 1 < bare[1] >= len(match[1]):
            message = f'avsnittet "{bare[2]}" är tomt. Skriv något i det, eller ta bort det.'
            yield bare[0], "empty-section", message
        if match:
            bare = number, len(match[1]), match[2]
        elif written.strip():
            bare = None


def _tables(page: Page) -> Iterator[tuple[int, str, str]]:
    """Yield rows of tables with more cells than the head: those that are left over aren't shown."""
    above, columns = "", 0
    for number, text in page.lines():
        row = text.strip()
        if not row.startswith("|"):
            columns = 0
        elif TABLE_HEAD.fullmatch(row):
            columns = _cells(above)
        elif columns and _cells(row) > columns:
            message = (
                f"raden har {_cells(row)} rutor, och tabellens huvud {columns}: resten syns inte."
            )
            yield number, "lost-cell", f"{message} Gör dem lika många."
        above = row


def _cells(row: str) -> int:
    return len(CELL_END.split(row.removeprefix("|").removesuffix("|")))


def _fences(page: Page) -> Iterator[tuple[int, str, str]]:
    """Yield the last row of three backticks where their number is odd: no check reads what is
    below it, as it is taken for code."""
    rows = page.body.split("\n")
    fences = [number for number, row in enumerate(rows, page.body_line) if FENCE.match(row)]
    if len(fences) % 2:
        yield fences[-1], "open-code", "koden slutar aldrig. Skriv ``` på en egen rad efter den."


def _macros(text: str) -> Iterator[tuple[str, str]]:
    if MACRO.match(text):
        return
    for match in ONE_BRACKET.finditer(text):
        if match[1] in (*MACROS, FACT):
            message = f'"{match[0]}" blir inga ord. Skriv [[{match[0].strip("[]")}]].'
            yield "almost-macro", message
    for match in ALMOST_MACRO.finditer(text):
        name = nearest(match[1].lower(), (*MACROS, FACT)) or "osakert"
        if name in INLINE:
            message = f'"{match[0]}" blir inga ord. Skriv som [[{name}:nyckel]], utan å, ä och ö.'
            yield "almost-macro", message
            continue
        message = (
            f'"{match[0]}" blir ingen ruta. Skriv "[[{name}:…]]" ensamt på en rad, längst till '
            "vänster, utan å, ä och ö."
        )
        yield "almost-macro", message


def _shapes(text: str) -> Iterator[tuple[str, str]]:
    if ALMOST_LINK.search(text):
        yield "almost-link", "länken är inte hel. Skriv [ord](sida.md), tätt ihop."
    for match in OTHER_MARKDOWN.finditer(text):
        message = f'"{match[0]}": tecknen blir inget annat än tecken. Ta bort dem.'
        yield "left-markdown", message
    if CLOSE_HEADING.match(text):
        yield "close-heading", "rubriken läses inte. Skriv ett mellanslag efter #."
    if IMAGE.search(text):
        message = f"{NO_PICTURES} Skriv det bilden visar, och ta bort den."
        yield "picture", message
    if text.startswith("|") and (columns := text.strip().strip("|").count("|") + 1) > COLUMNS:
        message = f"tabellen har {columns} kolumner, högst {COLUMNS} går att läsa på en telefon."
        yield "wide-table", message


def _links(text: str, page: Page, content: Content) -> Iterator[tuple[str, str]]:
    """Yield links to no page, and those written as addresses; headings are the validator's."""
    for match in LINK.finditer(text):
        target, mark, anchor = match[1].partition("#")
        try:
            urlsplit(match[1])
        except ValueError:  # "http://[::1": a bracket that is never closed
            yield "bad-address", f'"{match[1]}" är ingen adress. Skriv om den.'
            continue
        if not target or re.match(r"[a-z][a-z0-9+.-]*:|//", target, re.I):
            continue
        folder = page.path.parent.as_posix()
        path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        if path.endswith(".md") and PurePosixPath(path) in content.pages:
            continue
        if target.endswith("/") or "." not in posixpath.basename(target):
            files = [f"{path}.md", f"{path}/index.md".lstrip("/")]
            near = next((f for f in files if PurePosixPath(f) in content.pages), "")
            own = f" Skriv {_as_written(near, target, folder, mark + anchor)}." if near else ""
            message = f'"{match[1]}" är en adress. Länka till sidans fil, som slutar på .md.{own}'
            yield "link-to-address", message
        elif path.endswith(".md"):
            written = partial(_as_written, target=target, folder=folder, place=mark + anchor)
            what = cure(content, PurePosixPath(path), written)
            yield "no-such-page", f'sidan "{target}" finns inte.{what}'


def _as_written(path: str, target: str, folder: str, place: str = "") -> str:
    """Return a page's path as the editor wrote her link: from the root, or from the page; with the
    ``place`` on the page that she wrote, "#id"."""
    return (f"/{path}" if target.startswith("/") else posixpath.relpath(path, folder)) + place
