"""Takes the prose out of pages and registers: blocks of plain text with lines, sentences, words.

What a reader reads, and nothing else: no citations, macros, link targets, ids, code or markup.
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

SEVERAL = "mul"  # ISO 639-2: the same text in several languages
WORD = re.compile(r"\w+(?:[-:/’'.]\w+)*")
_ADMONITION = re.compile(r'^\s*(?:!!!|\?\?\?\+?|===)[^"]*(?:"(.*)")?\s*$')
_ITEM = re.compile(r"^\s*(?:[-*+]|\d+\.)\s+(.*)$")
_RULE = re.compile(r"^[\s|:-]+$")  # under a table's head, or across the page


@dataclass(frozen=True)
class Sentence:
    line: int
    text: str

    @property
    def words(self) -> list[str]:
        return WORD.findall(self.text)


@dataclass(frozen=True)
class Block:
    """A paragraph, list item, heading, cell or field: (line in the file, plain text)."""

    kind: str
    lines: tuple[tuple[int, str], ...]
    cited: bool = False  # whether it, its table's row or its register's record names a source
    facts: bool = True  # whether its numbers are statements of the site's own

    @cached_property
    def text(self) -> str:
        return " ".join(text for _, text in self.lines)

    def line_at(self, offset: int) -> int:
        """Return the file's line for a place in ``text``."""
        for line, text in self.lines:
            if offset <= len(text):
                return line
            offset -= len(text) + 1
        return self.lines[-1][0]

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        rows = split_sentences(self.text)
        return tuple(Sentence(self.line_at(at), text) for at, text in rows if WORD.search(text))


@dataclass(frozen=True)
class Document:
    """A page, a register, or a text to compare with."""

    path: PurePosixPath  # as findings name it
    blocks: tuple[Block, ...]
    lang: str = "sv"

    @cached_property
    def text(self) -> str:
        """The text of all blocks, a line for each."""
        return "\n".join(block.text for block in self.blocks)


# What keeps a pattern out of the joined one: it depends on where a line begins or ends, or it has a
# group that can't be joined with others, such as a back reference or a name.
_ALONE = re.compile(r"\$|(?<!\[)\^|\\[AZ\d]|\(\?[!=<P]")
_FLAGS = re.compile(r"\A\(\?([aimsx]+)\)(.*)", re.DOTALL)  # for all of a pattern: (?i)
Key = TypeVar("Key")


class Patterns(Generic[Key]):
    """What an editor's patterns find in texts that are read line by line. Most texts have none of
    them, and one search says so."""

    def __init__(
        self, patterns: Iterable[tuple[Key, str]], template: str = "(?:%s)", flags: int = 0
    ):
        """``patterns``: (key, pattern) pairs; ``template``: a pattern with %s for each of them.

        All are joined in one pattern, tried first: most texts have no match. Those that _ALONE
        matches are never joined.
        """
        rows = [(key, _FLAGS.sub(r"(?\1:\2)", text)) for key, text in patterns]
        self._rows = [
            (k, re.compile(template % text, flags), _ALONE.search(text)) for k, text in rows
        ]
        together = "|".join(text for _, text in rows if not _ALONE.search(text))
        self._any = re.compile(template % (together or "(?!)"), flags)  # (?!) matches nothing

    def of(self, text: str) -> list[tuple[Key, re.Pattern[str]]]:
        """Return those that a line of ``text`` may match, in their order."""
        none = not self._any.search(text)
        return [
            (key, pattern)
            for key, pattern, alone in self._rows
            if alone or (not none and pattern.search(text))
        ]


def body_blocks(page: Page) -> Iterator[Block]:
    """Yield the blocks of a page's body. A list or table rests on what introduces it: a line with
    a source and a colon before it."""
    kind, lines, cites, lead = TEXT, list[tuple[int, str]](), False, False

    def block(new: str, *more: tuple[int, str], cited: bool = False) -> Iterator[Block]:
        """Close the open block and begin one."""
        nonlocal kind, lines, cites, lead
        if lines:
            yield Block(kind, tuple(lines), cites)
            if kind in (TEXT, LABEL):
                lead = cites and lines[-1][1].endswith(":")
        kind, lines = new, [(n, text) for n, raw in more if (text := plain(raw))]
        cites = cited

    for number, line in page.lines():
        cited = cites_source(line)
        if heading := HEADING.match(line):
            yield from block(LABEL, (number, heading[2]), cited=cited)
            yield from block(TEXT)
        elif admonition := _ADMONITION.match(line):
            yield from block(LABEL, (number, admonition[1] or ""), cited=cited)
            yield from block(TEXT)
        elif not line.strip() or MACRO.match(line) or _RULE.match(line):
            yield from block(TEXT)
        elif line.lstrip().startswith("|"):
            for cell in re.split(r"(?<!\\)\|", line.strip().strip("|")):
                yield from block(CELL, (number, cell), cited=cited or lead)
            yield from block(TEXT)
        elif item := _ITEM.match(line):
            yield from block(ITEM, (number, item[1]), cited=cited)
        elif text := plain(line.lstrip("> ")):
            lines.append((number, text))
            cites |= cited
    yield from block(TEXT)


def cites_source(text: str) -> bool:
    """Whether a text cites a source or links to one."""
    return bool(CITATION.search(text) or SOURCE_LINK.search(text))


def nodes_with_source(node: yaml.Node | None, above: bool = False) -> Iterator[yaml.Node]:
    """Yield the texts of a register whose nearest record names a source."""
    if isinstance(node, yaml.SequenceNode):
        for child in node.value:
            yield from nodes_with_source(child, above)
    elif isinstance(node, yaml.MappingNode):
        fields = [(key.value, value) for key, value in node.value]
        own = any(
            name in ("source", "sources")
            or (isinstance(v, yaml.ScalarNode) and cites_source(v.value))
            for name, v in fields
        )
        for _, child in fields:
            yield from nodes_with_source(child, own or above)
    elif node is not None and above:
        yield node


def field_blocks(
    given: Iterable[LeafValue], register: RegisterFile, file: RegisterFile | None = None
) -> Iterator[Block]:
    """Yield a block for each text of a register that readers see, with its own lines. ``file``:
    the one of the register's files whose texts are wanted, where it has several."""
    file = file or register
    cited = set(map(id, nodes_with_source(file.tree)))
    for one in given:
        part, where = register.part(one.where)
        node = file.node(*where) if part.display_path == file.display_path else None
        kind = one.field.text_kind
        if not kind or node is None:
            continue
        first = node.start_mark.line + file.first_line
        text = file.text[node.start_mark.index : node.end_mark.index]
        rows = insert_words(text, file.words).split("\n")
        if node.style in (">", "|"):
            rows[0] = ""  # the ">-" itself
        elif len(rows) == 1:
            rows = [insert_words(node.value, file.words)]
        lines = [(n, row) for n, r in enumerate(rows, first) if (row := plain(r.strip(" \"'")))]
        if lines:
            yield Block(kind, tuple(lines), id(node) in cited, one.field.facts)


@lru_cache(maxsize=1)
def documents(content: Content) -> tuple[Document, ...]:
    """Return a document for each page, then one for each register file.

    A register file's texts to say aloud (SPOKEN), in several languages, are a document of their
    own, with the language SEVERAL.
    """
    found = []
    for page in content.texts:
        # the text vouches for what its title and description say
        front = (replace(block, facts=False) for block in field_blocks(page.leaf_values, page.file))
        blocks = (*front, *body_blocks(page))
        found.append(Document(page.display_path, blocks, lang=page.meta.lang))
    for name, given in content.leaf_values.items():
        for file in content.files[name].parts:
            blocks = tuple(field_blocks(given, content.files[name], file))
            for lang in ("sv", SEVERAL):
                of_lang = tuple(b for b in blocks if (b.kind == SPOKEN) == (lang == SEVERAL))
                if of_lang:
                    found.append(Document(file.display_path, of_lang, lang))
    return tuple(found)
