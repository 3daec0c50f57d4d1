"""The sentences that are compared with facts.yml, as a reader sees them, and where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

import yaml

from scripts.content.fields import shown
from scripts.content.markdown import CITATION, MACRO, citations
from scripts.content.page import Page
from scripts.content.records import type_of
from scripts.content.yaml_file import RegisterFile

_NUMBERED = re.compile(r"^\s*\d+\. ")
_TARGET = re.compile(r"\]\([^)\n]*\)")
_MARKUP = re.compile(r"\{[^}\n]*\}|<[^>\n]+>|[*\[\]!]")
_SPACES = dict.fromkeys(map(ord, "\u00a0\u2009\u202f"), " ")
# Where a new paragraph, list item, heading or row of a table begins, as far as citations go.
_NEW = re.compile(r"\s*(?:$|[-*|#]|\d+\. )")
# A line that goes on from the one before it.
CONTINUES = re.compile(r"\s*(?:[a-zåäö(]|\d(?!\d*\. ))")


@dataclass(frozen=True)
class Sentence:
    """A sentence or a table row, without Markdown, and where it stands."""

    path: PurePosixPath  # in docs/
    line: int
    text: str
    heading: str = ""  # the one it stands under
    cited: frozenset[str] = frozenset()  # the sources of its paragraph, row or record


def plain(text: str) -> str:
    """Return what a reader sees of a line of Markdown: no addresses, citations, ids or stars."""
    if MACRO.match(text):
        return ""
    text = CITATION.sub("", _NUMBERED.sub("", text))
    return _MARKUP.sub("", _TARGET.sub("", text)).translate(_SPACES)


def _of_paragraphs(lines: Sequence[tuple[int, str]]) -> dict[int, frozenset[str]]:
    """Return what each line's paragraph, list item or row cites."""
    found: dict[int, frozenset[str]] = {}
    group: list[int] = []
    cited: frozenset[str] = frozenset()
    for number, line in [*lines, (0, "")]:
        if _NEW.match(line):
            found |= dict.fromkeys(group, cited)
            group, cited = [], frozenset()
        group.append(number)
        cited |= frozenset(citations(line))
    return found


def sentences(
    path: PurePosixPath, lines: Sequence[tuple[int, str]], cited: frozenset[str] | None = None
) -> Iterator[Sentence]:
    """Yield the sentences of ``lines``; a table row is one, and a line may go on from the last.

    ``cited``: the sources of them all; else each paragraph's own.
    """
    own = _of_paragraphs(lines) if cited is None else dict.fromkeys([n for n, _ in lines], cited)
    blocks: list[tuple[int, str]] = []
    for number, line in lines:
        text = plain(line)
        last = blocks[-1][1].rstrip() if blocks else ""
        goes_on = (
            last
            and not last.lstrip().startswith(("#", "|", "!!!", "???"))
            and last[-1] not in ".:?"
        )
        if goes_on and CONTINUES.match(text):
            blocks[-1] = (blocks[-1][0], f"{blocks[-1][1]}\n{text}")
        else:
            blocks.append((number, text))
    heading = ""
    for number, text in blocks:
        start = 0
        if text.startswith("#"):
            heading = text
        ends = (
            [] if text.lstrip().startswith("|") else re.finditer(r"[.!?]\s+(?=[A-ZÅÄÖ\"”])", text)
        )
        for end in [*(m.end() for m in ends), len(text)]:
            if text[start:end].strip():
                first = number + text[:start].count("\n")
                yield Sentence(path, first, text[start:end], heading, own[number])
            start = end


def page_sentences(page: Page) -> list[Sentence]:
    """Return the sentences of a page: title, description and body."""
    heads = []
    for name in ("title", "description"):
        heads.append((page.line(name), getattr(page.meta, name) + "."))
    return [
        s
        for lines in ([heads[0]], [heads[1]], list(page.lines()))
        for s in sentences(page.path, lines)
    ]


def register_sentences(path: PurePosixPath, file: RegisterFile) -> Iterator[Sentence]:
    """Yield the sentences of a register's texts that readers see, with their lines in the file.

    ``path``: the file in docs/.
    """
    raw = file.text.split("\n")
    cited = dict(_of_records(file.tree))
    for field, node in shown(type_of(str(path.relative_to("_data").with_suffix(""))), file.tree):
        if not field.facts:
            continue
        if node.style in ("|", ">"):
            rows = range(node.start_mark.line + 1, node.end_mark.line)
            lines = [(row + 1, raw[row].strip()) for row in rows]
        else:
            lines = [(node.start_mark.line + 1, node.value)]
        yield from sentences(path, lines, cited[node])


def _of_records(
    node: yaml.Node | None, above: frozenset[str] | None = None
) -> Iterator[tuple[yaml.Node, frozenset[str]]]:
    """Yield (text, what the nearest record around it cites); of a whole file nothing is said."""
    if isinstance(node, yaml.ScalarNode):
        yield node, above or frozenset()
    elif isinstance(node, yaml.SequenceNode):
        for child in node.value:
            yield from _of_records(child, above or frozenset())
    elif isinstance(node, yaml.MappingNode):
        own: frozenset[str] = frozenset()
        for key, value in node.value if above is not None else ():
            for text in [value] if isinstance(value, yaml.ScalarNode) else value.value:
                if isinstance(text, yaml.ScalarNode):
                    is_key = key.value in ("source", "sources")
                    own |= {text.value} if is_key else frozenset(citations(text.value))
        for _, child in node.value:
            yield from _of_records(child, own or above or frozenset())
