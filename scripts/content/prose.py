"""The prose of pages and registers: blocks of plain text, with their lines, sentences and words.

Prose is the text that a reader reads: without citations, macros, link targets, ids, code, markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import PurePosixPath
from typing import Generic, TypeVar

import yaml

from scripts.content.content import Content
from scripts.content.facts import insert_words
from scripts.content.fields import CELL, ITEM, LABEL, SPOKEN, TEXT, LeafValue
from scripts.content.markdown import (
    CITATION,
    HEADING,
    MACRO,
    SOURCE_LINK,
    plain,
    split_sentences,
)
from scripts.content.page import Page
from scripts.content.yaml_file import RegisterFile

SEVERAL = "mul"  # ISO 639-2: several languages
WORD = re.compile(r"\w+(?:[-:/’'.]\w+)*")  # also "24-timmars", "FN:s", "och/eller", "14.30"
# '!!! danger "Title"', '??? question "Title"', '=== "Tab"'; group 1: the title.
_ADMONITION = re.compile(r'^\s*(?:!!!|\?\?\?\+?|===)[^"]*(?:"(.*)")?\s*$')
_ITEM = re.compile(r"^\s*(?:[-*+]|\d+\.)\s+(.*)$")  # "- text", "1. text"; group 1: the text
_RULE = re.compile(r"^[\s|:-]+$")  # under a table's head, or across the page


@dataclass(frozen=True)
class Sentence:
    line: int  # in the file, where it begins
    text: str

    @property
    def words(self) -> list[str]:
        return WORD.findall(self.text)


@dataclass(frozen=True)
class Block:
    """A paragraph, list item, heading, cell or field."""

    kind: str  # TEXT, ITEM, LABEL, CELL or SPOKEN
    lines: tuple[tuple[int, str], ...]  # (line in the file, plain text)
    cited: bool = False  # whether it, its table's row or its register's record names a source
    needs_source: bool = True  # whether its quantities must have a source, or be in facts.yml

    @cached_property
    def text(self) -> str:
        return " ".join(text for _, text in self.lines)

    def line_at(self, offset: int) -> int:
        """Return the file's line of a character in ``text``."""
        for line, text in self.lines:
            if offset <= len(text):
                return line
            offset -= len(text) + 1  # a space joins the lines
        return self.lines[-1][0]

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences that have words, each with its line."""
        return tuple(
            Sentence(self.line_at(offset), text)
            for offset, text in split_sentences(self.text)
            if WORD.search(text)
        )


@dataclass(frozen=True)
class Document:
    """The prose of a page or a register."""

    path: PurePosixPath  # as findings show it
    blocks: tuple[Block, ...]
    lang: str = "sv"

    @cached_property
    def text(self) -> str:
        """The text of all blocks, a line for each."""
        return "\n".join(block.text for block in self.blocks)


# Syntax that has another meaning in a joined pattern: ^ and $, \A and \Z, back references, and
# groups like (?=…), (?!…), (?<=…) and (?P<name>…).
_NOT_JOINABLE = re.compile(r"\$|(?<!\[)\^|\\[AZ\d]|\(\?[!=<P]")
_FLAGS = re.compile(r"\A\(\?([aimsx]+)\)(.*)", re.DOTALL)  # at the beginning of a pattern: (?i)
Key = TypeVar("Key")


class Patterns(Generic[Key]):
    """Patterns of an editor's, each with a key, to search many texts for.

    Most texts have none of them, and one search for all of them joined finds that out.
    """

    def __init__(
        self, patterns: Iterable[tuple[Key, str]], template: str = "(?:%s)", flags: int = 0
    ) -> None:
        """Compile the patterns, and one that joins those that can be joined.

        Args:
            patterns: (key, pattern) pairs.
            template: a pattern with %s where each of them goes, and the joined one: "(?:%s)".
        """
        self._joinable: list[tuple[Key, re.Pattern[str]]] = []
        self._others: list[tuple[Key, re.Pattern[str]]] = []
        joined = ["(?!)"]  # matches nothing
        for key, text in patterns:
            pattern = _FLAGS.sub(r"(?\1:\2)", text)  # allowed within a pattern, unlike (?i)
            compiled = re.compile(template % pattern, flags)
            if _NOT_JOINABLE.search(text):
                self._others.append((key, compiled))
            else:
                self._joinable.append((key, compiled))
                joined.append(pattern)
        self._any_joinable = re.compile(template % "|".join(joined), flags)

    def candidates_in(self, text: str) -> list[tuple[Key, re.Pattern[str]]]:
        """Return the patterns to search ``text`` for: those that match in it, and those that
        couldn't be joined, untested: with ^ or $ they may match a line or sentence of ``text`` but
        not the whole of it."""
        found = list(self._others)
        if self._any_joinable.search(text):
            found += [(key, pattern) for key, pattern in self._joinable if pattern.search(text)]
        return found


def body_blocks(page: Page) -> Iterator[Block]:
    """Yield the blocks of a page's body. A table's cell is cited if its row is, or if the text with
    a colon that introduces the table is."""
    introduced = False  # whether the last paragraph or heading is cited and ends with a colon
    for block in _group_lines(page):
        if block.kind == CELL and introduced:
            block = replace(block, cited=True)
        elif block.kind in (TEXT, LABEL):
            introduced = block.cited and block.text.endswith(":")
        yield block


def _group_lines(page: Page) -> Iterator[Block]:
    """Yield the blocks of a page's body. A block is cited if one of its own lines cites a source; a
    table's cell, if its row does."""
    # the open block, a paragraph or item that the next line may continue
    kind = TEXT
    lines: list[tuple[int, str]] = []
    cited = False
    for number, line in page.lines():
        line_kind, texts = _parse_line(line)
        if line_kind == TEXT:  # continues the open block
            if texts:  # none: a line of markup alone
                lines.append((number, texts[0]))
                cited = cited or cites_source(line)
            continue
        if lines:
            yield Block(kind, tuple(lines), cited)
        kind, lines, cited = TEXT, [], False
        if line_kind == ITEM:  # opens a block
            kind, lines, cited = ITEM, [(number, text) for text in texts], cites_source(line)
        else:  # each text is a block of one line: a heading, or the cells of a table's row
            for text in texts:
                yield Block(line_kind, ((number, text),), cites_source(line))
    if lines:
        yield Block(kind, tuple(lines), cited)


def _parse_line(line: str) -> tuple[str, list[str]]:
    """Return the kind of a line of Markdown, and its texts without markup: one for each cell of a
    table, none of a line without words. The kind of a line between blocks is ""."""
    heading = HEADING.match(line)
    admonition = _ADMONITION.match(line)
    item = _ITEM.match(line)
    if heading:
        kind, texts = LABEL, [heading[2]]
    elif admonition:
        kind, texts = LABEL, [admonition[1] or ""]
    elif not line.strip() or MACRO.match(line) or _RULE.match(line):
        kind, texts = "", []
    elif line.lstrip().startswith("|"):
        kind, texts = CELL, re.split(r"(?<!\\)\|", line.strip().strip("|"))  # not at "\|"
    elif item:
        kind, texts = ITEM, [item[1]]
    else:
        kind, texts = TEXT, [line.lstrip("> ")]  # ">" begins a line of a quotation
    return kind, [text for text in map(plain, texts) if text]


def cites_source(text: str) -> bool:
    """Whether a text cites a source or links to one."""
    return bool(CITATION.search(text) or SOURCE_LINK.search(text))


def nodes_with_source(node: yaml.Node | None, has_source: bool = False) -> Iterator[yaml.Node]:
    """Yield the texts in a YAML tree that have a source.

    A text has a source if a mapping around the text has a field for sources, or a field whose text
    cites a source. ``has_source``: whether a mapping around ``node`` has one of those fields.
    """
    if isinstance(node, yaml.SequenceNode):
        for child in node.value:
            yield from nodes_with_source(child, has_source)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:  # all fields first: the source may be the last of them
            is_citing_text = isinstance(value, yaml.ScalarNode) and cites_source(value.value)
            if key.value in ("source", "sources") or is_citing_text:
                has_source = True
        for _, value in node.value:
            yield from nodes_with_source(value, has_source)
    elif node is not None and has_source:
        yield node


def field_blocks(
    leaf_values: Iterable[LeafValue], register: RegisterFile, *, file: RegisterFile
) -> Iterator[Block]:
    """Yield a block for each text that readers see in ``file``: one of the files that ``register``
    is made of, or the register itself if it is one file. ``leaf_values``: of the whole register."""
    cited = {id(node) for node in nodes_with_source(file.tree)}
    for leaf in leaf_values:
        part, path = register.part(leaf.where)
        if not leaf.field.text_kind or part.display_path != file.display_path:
            continue
        node = file.node(*path)
        lines = _lines_of_node(node, file) if node is not None else ()
        if lines:
            yield Block(leaf.field.text_kind, lines, id(node) in cited, leaf.field.needs_source)


def _lines_of_node(node: yaml.ScalarNode, file: RegisterFile) -> tuple[tuple[int, str], ...]:
    """Return (line in the file, plain text) for each line of a text in YAML that has words, with
    the words of facts and numbers inserted."""
    raw = file.text[node.start_mark.index : node.end_mark.index]
    texts = insert_words(raw, file.words).split("\n")
    if node.style in (">", "|"):
        texts[0] = ""  # the line of the ">-" itself has no text
    elif len(texts) == 1:
        texts = [insert_words(node.value, file.words)]  # without quotation marks and escapes
    first = node.start_mark.line + file.first_line
    # a quoted text of several lines still has its quotation marks
    rows = [(number, plain(text.strip(" \"'"))) for number, text in enumerate(texts, first)]
    return tuple((number, text) for number, text in rows if text)


@lru_cache(maxsize=1)
def documents(content: Content) -> tuple[Document, ...]:
    """Return a document for each page, then one for each register file.

    A register file's texts to say aloud (SPOKEN), in several languages, are a document of their
    own, with the language SEVERAL.
    """
    found = []
    for page in content.pages_and_supplements:
        # numbers in the title and the description need no citation: the text cites them
        fields = field_blocks(page.leaf_values, page.file, file=page.file)
        front = [replace(block, needs_source=False) for block in fields]
        found.append(Document(page.display_path, (*front, *body_blocks(page)), page.meta.lang))
    for name, leaf_values in content.leaf_values.items():
        register = content.files[name]
        for file in register.parts:  # the national one and a municipality's, or the only one
            blocks = list(field_blocks(leaf_values, register, file=file))
            spoken = tuple(block for block in blocks if block.kind == SPOKEN)
            others = tuple(block for block in blocks if block.kind != SPOKEN)
            if others:
                found.append(Document(file.display_path, others))
            if spoken:
                found.append(Document(file.display_path, spoken, SEVERAL))
    return tuple(found)
