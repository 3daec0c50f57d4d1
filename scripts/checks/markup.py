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
from typing import NamedTuple

from scripts.content.content import Content
from scripts.content.facts import FACT
from scripts.content.files import NO_PICTURES
from scripts.content.guide import More
from scripts.content.markdown import CITATION, HEADING, MACRO
from scripts.content.missing import suggest_cure
from scripts.content.page import Page
from scripts.content.records import ChecklistRow
from scripts.content.yaml_file import ValuePath
from scripts.core.findings import Finding
from scripts.core.swedish import nearest
from scripts.render.macros import MACROS

# A citation with something before its "@" or after it: "[ @sol ]", "[”@sol”]".
ALMOST_CITATION = re.compile(r"\[[^\w\[\]]{0,3}@[^\]\n]{0,200}\]?")
# A word in brackets that is neither a link nor a reference: "[sol]".
BRACKETS = re.compile(r"(?<![\[\]!])\[([a-zåäö0-9-]{2,80})\](?![(\[:\]])")
# A citation in round brackets, "(@sol)"; group 1: "@sol".
PAREN_CITATION = re.compile(r"\((@[a-z][\w-]*(?:, ?@[a-z][\w-]*)*)\)")
# A macro in single brackets, "[fakta:frist]" or "[nummer:sos]]"; group 1: its name.
ONE_BRACKET = re.compile(r"(?<!\[)\[([a-zåäö-]{2,30}):[^\]\[\s]{1,80}\]\]?(?!\()")
# "[ord(sida.md)" and "(ord)[sida.md]".
ALMOST_LINK = re.compile(
    r"\[[^\[\]()\n]{1,80}\([^\s()]{1,200}\.md[^\s()]{0,80}\)|"
    r"\([^()\n]{1,80}\)\[[^\[\]\s]{1,200}\.md[^\[\]\s]{0,80}\]"
)
# Syntax of other Markdown: struck through, marked, a box to tick off.
OTHER_MARKDOWN = re.compile(r"~~[^~\n]{1,200}~~|==[^=\n]{1,200}==|(?<=[-*+] )\[[ xX]?\](?= )")
# A heading without the space: "##Rubrik".
CLOSE_HEADING = re.compile(r"#{1,6}[^\s#]")
# The line under a table's head: "| --- | :-: |".
TABLE_RULE = re.compile(r"\|(?:\s*:?-+:?\s*\|)+\s*")
# A "|" between two cells; "\|" is a character.
CELL_END = re.compile(r"(?<!\\)\|")
# A macro of any spelling, "[[osäkert: vem]"; group 1: its name.
ALMOST_MACRO = re.compile(r"\[\[\s*([^\]:\s]{0,80})[^\]\n]{0,200}\]?\]?")
# "![ord](bild.png)", "<img".
IMAGE = re.compile(r"!\[[^\]\n]{0,500}\][(\[]|<img\b", re.I)
# The target of a link (group 1), or of the definition of a reference link: "[ord]: sida.md".
LINK = re.compile(r"(?:(?<!!)\]\(\s*<?|^ {0,3}\[[^\]\n^*]{1,200}\]:\s+<?)([^)\s>]{1,500})")
# The beginning of a link out of the site: "https:", "mailto:", "//".
OTHER_SITE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.I)
INLINE_MACROS = (FACT, "nummer")  # macros that may be part of a sentence
EMPTY_SECTION = 'avsnittet "{}" är tomt. Skriv något i det, eller ta bort det.'
MAX_COLUMNS = 4  # of a table: more are too wide for a phone


def check(content: Content, _: dt.date) -> Iterator[Finding]:
    """Yield a finding for each citation, macro, link, picture or table in a page that isn't
    rendered as intended, each empty section, and each link of a register without a text."""
    yield from _check_link_words(content)
    for page in content.pages_and_supplements:
        path = page.display_path
        for line, rule, message in (*_check_sections(page), *_check_tables(page)):
            yield Finding(path, line, rule, message)
        for line, text in page.lines():
            violations = [*_check_citations(text, content), *_check_macros(text)]
            violations += [*_check_shapes(text), *_check_links(text, page, content)]
            for rule, message in violations:
                yield Finding(path, line, rule, message)


def _check_link_words(content: Content) -> Iterator[Finding]:
    """Yield a finding for each link without words: the link of a checklist's row, or of an outcome
    of the guide, if neither its record nor the heading that it leads to has a text."""
    # (register, record's key, link, path to the link's address in the record)
    links: list[tuple[str, str, ChecklistRow | More, ValuePath]] = []
    for name, checklist in content.registers.checklists.items():
        for row in checklist.rows:
            links.append((f"checklists/{name}", row.id, row, ("page",)))
    for key, outcome in content.registers.guide.outcomes.items():
        for number, more in enumerate(outcome.more):
            links.append(("guide", key, more, ("more", number, "page")))
    for name, key, link, where in links:
        # the check of registers reports a page that doesn't exist
        page_exists = content.page_of_link(link.page) is not None
        if page_exists and not content.link_text_for(link):
            message = (
                f'"{key}": rubriken "{link.page}" finns inte, eller har inga ord. '
                "Har den flyttat? Ändra adressen. Är den borta? Stryk page. Annars: skriv "
                "länkens ord i page_title."
            )
            path, line = content.files[name].record_location(key, *where)
            yield Finding(path, line, "link-without-words", message)


def _check_citations(text: str, content: Content) -> Iterator[tuple[str, str]]:
    """Yield (rule, message) for each misspelt citation in a line: "[ @sol ]", "(@sol)", "[sol]"."""
    for match in ALMOST_CITATION.finditer(CITATION.sub("", text)):
        message = f'"{match[0]}" blir ingen källa. Skriv som [@utl-5-15] eller [@utl-5-15, @sol].'
        yield "almost-citation", message
    for match in PAREN_CITATION.finditer(text):
        yield "almost-citation", f'"{match[0]}" blir ingen källa. Skriv [{match[1]}].'
    for match in BRACKETS.finditer(text):
        if match[1] in content.registers.sources:
            yield "almost-citation", f'"{match[0]}" blir ingen källa. Skriv [@{match[1]}].'


class _Heading(NamedTuple):
    """A heading of a page."""

    line: int
    level: int
    text: str


def _check_sections(page: Page) -> Iterator[tuple[int, str, str]]:
    """Yield (line, rule, message) for each section below the page's title that is empty: its
    heading is followed by a heading of the same level or a higher one, or by the page's end."""
    textless: _Heading | None = None  # the last heading, as long as no text follows it
    # A "#" in code is no heading, but code is text: page.lines() is without code, the body has it.
    for (line, text), written in zip(page.lines(), page.body.split("\n"), strict=True):
        heading = HEADING.match(text)
        if heading:
            level = len(heading[1])
            if textless and level <= textless.level:
                yield textless.line, "empty-section", EMPTY_SECTION.format(textless.text)
            is_title = level == 1  # sections may follow it without any text between
            textless = None if is_title else _Heading(line, level, heading[2])
        elif written.strip():
            textless = None
    if textless:
        yield textless.line, "empty-section", EMPTY_SECTION.format(textless.text)


def _check_tables(page: Page) -> Iterator[tuple[int, str, str]]:
    """Yield (line, rule, message) for each row of a table that has more cells than the table's
    head: the cells beyond the head's number aren't rendered."""
    columns = 0  # of the table that the line is in; 0 outside tables and in a head
    row_above = ""
    for number, text in page.lines():
        row = text.strip()
        if not row.startswith("|"):
            columns = 0
        elif TABLE_RULE.fullmatch(row):
            columns = _count_cells(row_above)
        elif columns and _count_cells(row) > columns:
            message = f"raden har {_count_cells(row)} rutor, och tabellens huvud {columns}"
            yield number, "lost-cell", f"{message}: resten syns inte. Gör dem lika många."
        row_above = row


def _count_cells(row: str) -> int:
    """Return the number of cells of a table's row, "| a | b |"."""
    return len(CELL_END.split(row.removeprefix("|").removesuffix("|")))


def _check_macros(text: str) -> Iterator[tuple[str, str]]:
    """Yield (rule, message) for each misspelt macro in a line, and each macro of a block that isn't
    alone on its line. Well-formed inline macros are already replaced by their words."""
    if MACRO.match(text):  # a macro of a block, alone on its line
        return
    names = (*MACROS, FACT)
    for match in ONE_BRACKET.finditer(text):
        if match[1] in names:
            message = f'"{match[0]}" blir inga ord. Skriv [[{match[0].strip("[]")}]].'
            yield "almost-macro", message
    for match in ALMOST_MACRO.finditer(text):
        name = nearest(match[1].lower(), names) or "osakert"  # an example, if none is near
        if name in INLINE_MACROS:
            message = f'"{match[0]}" blir inga ord. Skriv som [[{name}:nyckel]], utan å, ä och ö.'
        else:
            message = (
                f'"{match[0]}" blir ingen ruta. Skriv "[[{name}:…]]" ensamt på en rad, längst till '
                "vänster, utan å, ä och ö."
            )
        yield "almost-macro", message


def _check_shapes(text: str) -> Iterator[tuple[str, str]]:
    """Yield (rule, message) if a line has a picture, a broken link, syntax of other Markdown or a
    heading without its space, or is a row of a table that is too wide."""
    if ALMOST_LINK.search(text):
        yield "almost-link", "länken är inte hel. Skriv [ord](sida.md), tätt ihop."
    for match in OTHER_MARKDOWN.finditer(text):
        message = f'"{match[0]}": tecknen blir inget annat än tecken. Ta bort dem.'
        yield "left-markdown", message
    if CLOSE_HEADING.match(text):
        yield "close-heading", "rubriken läses inte. Skriv ett mellanslag efter #."
    if IMAGE.search(text):
        yield "picture", f"{NO_PICTURES} Skriv det bilden visar, och ta bort den."
    if text.startswith("|"):
        columns = _count_cells(text.strip())
        if columns > MAX_COLUMNS:
            limit = f"högst {MAX_COLUMNS} går att läsa på en telefon."
            yield "wide-table", f"tabellen har {columns} kolumner, {limit}"


def _check_links(text: str, page: Page, content: Content) -> Iterator[tuple[str, str]]:
    """Yield (rule, message) for each link in a line to a page that doesn't exist, and each link
    that is written as an address instead of a file. The link validator checks anchors, and links to
    other files and to other sites."""
    folder = page.path.parent.as_posix()
    for match in LINK.finditer(text):
        target, mark, anchor = match[1].partition("#")
        if not target or OTHER_SITE.match(target):  # without a target: an anchor on this page
            continue
        path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        if path.endswith(".md") and PurePosixPath(path) in content.pages:
            continue
        link_to = partial(_link_like, target, folder=folder, fragment=mark + anchor)
        if target.endswith("/") or "." not in posixpath.basename(target):
            message = f'"{match[1]}" är en adress. Länka till sidans fil, som slutar på .md.'
            file = _file_at_address(path, content)
            if file:
                message += f" Skriv {link_to(file)}."
            yield "link-to-address", message
        elif path.endswith(".md"):
            suggestion = suggest_cure(content, PurePosixPath(path), link_to)
            yield "no-such-page", f'sidan "{target}" finns inte.{suggestion}'


def _file_at_address(address: str, content: Content) -> str:
    """Return the path in docs/ of the page at an address: "a/b.md" or "a/b/index.md" for "a/b". ""
    if there is no such page."""
    for path in (f"{address}.md", f"{address}/index.md".lstrip("/")):
        if PurePosixPath(path) in content.pages:
            return path
    return ""


def _link_like(target: str, path: str, *, folder: str, fragment: str) -> str:
    """Return a link to the page ``path`` (in docs/), written in the style of the link ``target``:
    from the root of docs/ ("/a/b.md") if ``target`` is, else relative to ``folder``.

    ``fragment``: the end of the link, "#id" or "".
    """
    link = f"/{path}" if target.startswith("/") else posixpath.relpath(path, folder)
    return link + fragment
