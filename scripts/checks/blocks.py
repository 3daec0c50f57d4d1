"""Kontrollerar rutor och listor: det som Markdown annars gör till något annat, utan ett ord.

En ruta med för litet indrag blir tom, en lista utan tom rad före blir löpande text, en underpunkt
med två mellanslag hamnar i listan ovanför, och Words punkter blir inga punkter.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from scripts.content.content import Content
from scripts.content.fields import LeafValue
from scripts.content.yaml_file import RegisterFile, indent
from scripts.core.findings import Finding

Fault: TypeAlias = tuple[int, str, str]  # index of the line, rule, Swedish message
STEP = 4  # spaces that put a line in the item or the box above
# The kinds of box that the stylesheet draws, with an icon each.
KINDS = ("note", "info", "tip", "warning", "danger", "question", "example")
BOX_LIKE = re.compile(
    rf"""\s*(?:(?:!{{2,}}|\?{{2,}}\+?)\s*[\w"“”„]|[!?]\s*(?:{"|".join(KINDS)})\b)"""
)
# As Python-Markdown's admonition and pymdownx.details read the first line of a box.
BOX = re.compile(r'\s*(?:!!! ?|\?\?\?\+? ?)([\w-]+)((?: +[\w-]+)*)( +"[^"]*")?\s*')
ITEM = re.compile(r"\s*(?:[-*+]|\d+\.)\s+\S")
# What Word makes of an item: its signs, its letters of other fonts, and a number with a bracket.
WORD_ITEM = re.compile(
    r"\s*(?:[•·●○◦∙▪■□►➢‣⁃✓✔–—]\s+|o\s+|[Øüvq]\s{2,}|§\s+(?!\d)|\(?\d{1,2}\)\s+|\d{1,2}\.(?=[^\W\d_])|[a-h]\)\s+|-(?=[^\W\d_]))\S"
)
# What a list may follow without an empty line: a heading, a tag, a class, a table, a macro.
OPENER = re.compile(r"\s*(?:#{1,6} |<|\{:|\||\[\[)")
UNDERLINE = re.compile(r"-{2,}|={2,}")

NO_BOX = 'raden blir ingen ruta. Skriv den så: !!! warning "Rubriken", med raka citattecken.'
NO_KIND = '"{}" är inget slag av ruta. Skriv ett av {}.'
CODE = "raden blir kod. Ta bort mellanslagen först på den."
EMPTY_BOX = "rutan är tom: varje rad i den ska börja med fyra mellanslag mer än rutans egen rad."
NO_GAP = "listan blir löpande text. Lägg en tom rad före den."
FLAT = "underpunkten hamnar i listan ovanför. Börja raden med {} mellanslag."
STRAY = "texten hamnar utanför punkten eller rutan ovanför. Börja raden med {} mellanslag."
WORD = 'punkten blir ingen lista. Börja raden med "- ", eller med "1. ".'
HEADING = "strecken gör raden ovanför till en rubrik. Lägg en tom rad före dem."
FOLDED = "listan blir löpande text, för raderna läses ihop. Skriv den som en mening, eller flera."


def check(content: Content, _: dt.date) -> Iterator[Finding]:
    """Yield every finding in the pages, and in the registers' texts."""
    for page in content.texts:
        lines = [text for _, text in page.lines()]
        for at, rule, message in faults(lines):
            yield Finding(page.display_path, page.body_line + at, rule, message)
    for name, given in content.leaf_values.items():
        for one in given:
            if one.field.text_kind:
                yield from _field(one, content.files[name])


def faults(lines: Sequence[str]) -> Iterator[Fault]:
    """Yield what becomes something else in the lines of a Markdown text, without its code."""
    lines = [line.expandtabs(STEP).rstrip() for line in lines]
    for at, line in enumerate(lines):
        if not line:
            continue
        if BOX_LIKE.match(line):
            yield from _box(lines, at)
        elif ITEM.match(line):
            yield from _item(lines, at)
        elif WORD_ITEM.match(line):
            yield at, "word-bullet", WORD
        elif at and UNDERLINE.fullmatch(line) and lines[at - 1] and not _opens(lines[at - 1]):
            yield at, "underlined-text", HEADING
        elif at and not lines[at - 1] and indent(line) >= STEP and _is_code(lines, at):
            yield at, "stray-code", CODE
        elif at and not lines[at - 1] and indent(line) % STEP:
            above = next((text for text in reversed(lines[:at]) if text), "")
            if indent(above) >= STEP or ITEM.match(above):
                yield at, "stray-indent", STRAY.format(_wanted(line))


def _opens(line: str) -> bool:
    return bool(OPENER.match(line) or BOX.fullmatch(line))


def _is_code(lines: Sequence[str], at: int) -> bool:
    """Whether an indented line belongs to no item, box or definition above: Markdown reads code."""
    above = next((row for row in reversed(lines[:at]) if row and indent(row) < STEP), "")
    return not (
        ITEM.match(above) or BOX_LIKE.match(above) or above.lstrip().startswith((": ", "[^"))
    )


def _wanted(line: str) -> int:
    """Return how many spaces a line is to begin with that has too few."""
    return (indent(line) // STEP + 1) * STEP


def _box(lines: Sequence[str], at: int) -> Iterator[Fault]:
    """Yield what is wrong with the first line of a box, or that the text isn't in it."""
    box = BOX.fullmatch(lines[at])
    if not box or (box[2] and not box[3]):  # words without quotation marks become classes
        yield at, "bad-box", NO_BOX
        return
    if box[1].lower() not in KINDS:
        yield at, "bad-box", NO_KIND.format(box[1], ", ".join(KINDS))
    below = next((n for n in range(at + 1, len(lines)) if lines[n]), None)
    if below is None or indent(lines[below]) < indent(lines[at]) + STEP:
        slipped = below is not None and indent(lines[below]) > indent(lines[at])
        yield below if below and slipped else at, "empty-box", EMPTY_BOX


def _item(lines: Sequence[str], at: int) -> Iterator[Fault]:
    """Yield that an item is in no list, or in the list of the item that it stands below."""
    first = at  # of the lines without an empty one between
    while first and lines[first - 1] and not _opens(lines[first - 1]):
        first -= 1
    if first < at and not any(ITEM.match(line) for line in lines[first:at]):
        yield at, "list-without-gap", NO_GAP
        return
    own = indent(lines[at])
    for n in range(at - 1, -1, -1):
        above = lines[n]
        if ITEM.match(above):
            if indent(above) < own < indent(above) + STEP:
                yield at, "flat-list", FLAT.format(indent(above) + STEP)
            if indent(above) < own:
                return
        elif above and indent(above) < STEP and (not n or not lines[n - 1]):
            return  # a paragraph of its own: the list ends above it


def _field(one: LeafValue, register: RegisterFile) -> Iterator[Finding]:
    """Yield the faults of a register's text. YAML joins its lines, unless they begin with a "|"."""
    file, where = register.part(one.where)
    node = file.node(*where)
    if node is None:
        return
    first = node.start_mark.line + file.first_line
    rows = file.text[node.start_mark.index : node.end_mark.index].rstrip().split("\n")
    if node.style in ("|", ">"):
        rows, first = rows[1:], first + 1
    left = min((indent(row) for row in rows if row.strip()), default=0)
    rows = [row[left:] if node.style in ("|", ">") else row.strip(" \"'") for row in rows]
    joined = node.style != "|"
    for at, rule, message in faults(rows):
        if joined and rule in ("list-without-gap", "flat-list"):
            continue  # told of below
        yield Finding(file.display_path, first + at, rule, f'"{one.label}": {message}')
    for at, row in enumerate(rows[1:] if joined else (), 1):
        if ITEM.match(row):
            yield Finding(
                file.display_path, first + at, "list-without-gap", f'"{one.label}": {FOLDED}'
            )
