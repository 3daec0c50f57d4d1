"""Kontrollerar rutor och listor: det som Markdown annars gör till något annat, utan ett ord.

En ruta med för litet indrag blir tom, en lista utan tom rad före blir löpande text, en underpunkt
med två mellanslag hamnar i listan ovanför, och Words punkter blir inga punkter.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import TypeAlias

import yaml

from scripts.content.content import Content
from scripts.content.fields import LeafValue
from scripts.content.yaml_file import RegisterFile, indent
from scripts.core.findings import Finding

Violation: TypeAlias = tuple[int, str, str]  # index of the line from 0, rule, Swedish message
STEP = 4  # spaces of indentation that put a line in the item or the box above
KINDS = ("note", "info", "tip", "warning", "danger", "question", "example")  # of a box
# A line that was meant to begin a box: "!! warning", "??? Hur", "! tip", '!!! "Obs"'.
BOX_LIKE = re.compile(
    rf"""\s*(?:(?:!{{2,}}|\?{{2,}}\+?)\s*[\w"“”„]|[!?]\s*(?:{"|".join(KINDS)})\b)"""
)
# The first line of a box, as Python-Markdown's admonition and pymdownx.details recognise it.
# Groups: the kind, classes, the heading.
BOX = re.compile(r'\s*(?:!!! ?|\?\?\?\+? ?)([\w-]+)((?: +[\w-]+)*)( +"[^"]*")?\s*')
# A list item: "- ett", "1. ett".
ITEM = re.compile(r"\s*(?:[-*+]|\d+\.)\s+\S")
# A list item pasted from Word: its bullets, letters of its symbol fonts, a number with a bracket.
WORD_ITEM = re.compile(
    r"\s*(?:[•·●○◦∙▪■□►➢‣⁃✓✔–—]\s+|o\s+|[Øüvq]\s{2,}|§\s+(?!\d)|\(?\d{1,2}\)\s+|"
    r"\d{1,2}\.(?=[^\W\d_])|[a-h]\)\s+|-(?=[^\W\d_]))\S"
)
# The beginning of a line that is no running text: heading, tag, class, table, macro.
NOT_RUNNING_TEXT = re.compile(r"\s*(?:#{1,6} |<|\{:|\||\[\[)")
# A line of dashes or equals signs: the line above becomes a heading.
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
    """Yield a finding for each line of a page or a register's text that Markdown would read as
    another kind of block than the line looks like."""
    for page in content.pages_and_supplements:
        lines = [text for _, text in page.lines()]
        for index, rule, message in block_violations(lines):
            yield Finding(page.display_path, page.body_line + index, rule, message)
    for name, values in content.leaf_values.items():
        for value in values:
            if value.field.text_kind:
                yield from _check_field(value, content.files[name])


def block_violations(lines: Sequence[str]) -> Iterator[Violation]:
    """Yield the violations in the lines of a Markdown text whose code is blanked out."""
    lines = [line.expandtabs(STEP).rstrip() for line in lines]
    for index, line in enumerate(lines):
        if not line:
            continue
        previous = lines[index - 1] if index else ""
        follows_empty_line = index > 0 and not previous
        if BOX_LIKE.match(line):
            yield from _check_box(lines, index)
        elif ITEM.match(line):
            yield from _check_item(lines, index)
        elif WORD_ITEM.match(line):
            yield index, "word-bullet", WORD
        elif UNDERLINE.fullmatch(line) and _is_running_text(previous):
            yield index, "underlined-text", HEADING
        elif follows_empty_line and indent(line) >= STEP and _is_code(lines, index):
            yield index, "stray-code", CODE
        elif follows_empty_line and _falls_outside(lines, index):
            yield index, "stray-indent", STRAY.format(_required_indent(line))


def _is_running_text(line: str) -> bool:
    """Whether a line is text of a paragraph or a list item: the next line continues it, unless an
    empty line is between them. A heading, tag, class, table row, macro or box isn't."""
    return bool(line) and not (NOT_RUNNING_TEXT.match(line) or BOX.fullmatch(line))


def _is_code(lines: Sequence[str], index: int) -> bool:
    """Whether the indented line at ``index`` belongs to no item, box, definition or footnote above
    it, so that Markdown makes the line a block of code."""
    above = next((text for text in reversed(lines[:index]) if text and indent(text) < STEP), "")
    if ITEM.match(above) or BOX_LIKE.match(above):
        return False
    return not above.lstrip().startswith((": ", "[^"))  # ": definition", "[^1]: footnote"


def _falls_outside(lines: Sequence[str], index: int) -> bool:
    """Whether the line at ``index`` has too few spaces to belong to the item or box above it. A
    line without spaces is meant as a paragraph of its own."""
    above = next((text for text in reversed(lines[:index]) if text), "")
    is_below_item_or_box = indent(above) >= STEP or bool(ITEM.match(above))
    return is_below_item_or_box and indent(lines[index]) % STEP > 0


def _required_indent(line: str) -> int:
    """Return the number of spaces that a line with too few of them should begin with."""
    return (indent(line) // STEP + 1) * STEP


def _check_box(lines: Sequence[str], index: int) -> Iterator[Violation]:
    """Yield a violation if the line at ``index`` looks like the first line of a box and isn't, if
    its kind of box is unknown, or if the text below isn't indented into the box."""
    box = BOX.fullmatch(lines[index])
    if not box or (box[2] and not box[3]):  # words without quotation marks become classes
        yield index, "bad-box", NO_BOX
        return
    if box[1].lower() not in KINDS:
        yield index, "bad-box", NO_KIND.format(box[1], ", ".join(KINDS))
    below = next((n for n in range(index + 1, len(lines)) if lines[n]), None)
    if below is None or indent(lines[below]) <= indent(lines[index]):
        yield index, "empty-box", EMPTY_BOX
    elif indent(lines[below]) < indent(lines[index]) + STEP:
        yield below, "empty-box", EMPTY_BOX


def _check_item(lines: Sequence[str], index: int) -> Iterator[Violation]:
    """Yield a violation if the list item at ``index`` becomes running text, or if it is indented
    too little to be an item of a list in the item above."""
    if _continues_paragraph(lines, index):
        yield index, "list-without-gap", NO_GAP
        return
    outer_indent = _indent_of_outer_item(lines, index)
    if outer_indent is not None and indent(lines[index]) < outer_indent + STEP:
        yield index, "flat-list", FLAT.format(outer_indent + STEP)


def _continues_paragraph(lines: Sequence[str], index: int) -> bool:
    """Whether the line at ``index`` is right after a paragraph that isn't a list item: no empty
    line is between them, and Markdown joins them."""
    start = index
    while start and _is_running_text(lines[start - 1]):
        start -= 1
    return start < index and not any(ITEM.match(line) for line in lines[start:index])


def _indent_of_outer_item(lines: Sequence[str], index: int) -> int | None:
    """Return the indentation of the nearest list item above ``index`` that is indented less, in the
    same list; None if there is none."""
    own_indent = indent(lines[index])
    for index_above in range(index - 1, -1, -1):
        above = lines[index_above]
        if ITEM.match(above):
            if indent(above) < own_indent:
                return indent(above)
        elif above and indent(above) < STEP:
            begins_paragraph = index_above == 0 or not lines[index_above - 1]
            if begins_paragraph:
                return None  # text outside the list, which begins below it
    return None


def _check_field(value: LeafValue, register: RegisterFile) -> Iterator[Finding]:
    """Yield the findings of a register's text. YAML joins the lines of a text that doesn't begin
    with "|": a list in such a text becomes running text."""
    file, where = register.part(value.where)
    node = file.node(*where)
    if not isinstance(node, yaml.ScalarNode):  # no text
        return
    first_line, rows = _field_rows(node, file)
    is_joined = node.style != "|"
    for index, rule, message in block_violations(rows):
        if is_joined and rule in ("list-without-gap", "flat-list"):
            continue  # reported below, with another message
        yield Finding(file.display_path, first_line + index, rule, f'"{value.label}": {message}')
    if is_joined:
        for index, row in enumerate(rows[1:], 1):
            if ITEM.match(row):
                message = f'"{value.label}": {FOLDED}'
                yield Finding(file.display_path, first_line + index, "list-without-gap", message)


def _field_rows(node: yaml.ScalarNode, file: RegisterFile) -> tuple[int, list[str]]:
    """Return the line in the file of a text's first row, and the rows as written. The rows of a
    block ("|" or ">") are without their common indentation, other rows without quotation marks."""
    first_line = node.start_mark.line + file.first_line
    rows = file.text[node.start_mark.index : node.end_mark.index].rstrip().split("\n")
    if node.style not in ("|", ">"):
        return first_line, [row.strip(" \"'") for row in rows]
    rows = rows[1:]  # the first has only the "|" or ">-"
    margin = min((indent(row) for row in rows if row.strip()), default=0)
    return first_line + 1, [row[margin:] for row in rows]
