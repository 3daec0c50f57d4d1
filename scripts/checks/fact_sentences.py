"""The sentences that are compared with facts.yml, as a reader sees them, and where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from scripts.content.fields import shown
from scripts.content.markdown import CITATION, MACRO
from scripts.content.page import Page
from scripts.content.records import type_of
from scripts.content.registers import RegisterFile

_NUMBERED = re.compile(r"^\s*\d+\. ")
_TARGET = re.compile(r"\]\([^)\n]*\)")
_MARKUP = re.compile(r"\{[^}\n]*\}|<[^>\n]+>|[*\[\]!]")
_SPACES = dict.fromkeys(map(ord, "\u00a0\u2009\u202f"), " ")
# A line that goes on from the one before it.
CONTINUES = re.compile(r"\s*(?:[a-zåäö(]|\d(?!\d*\. ))")


@dataclass(frozen=True)
class Sentence:
    """A sentence or a table row, without Markdown, and where it stands."""

    path: PurePosixPath  # in docs/
    line: int
    text: str
    heading: str = ""  # the one it stands under


def plain(text: str) -> str:
    """Return what a reader sees of a line of Markdown: no addresses, citations, ids or stars."""
    if MACRO.match(text):
        return ""
    text = CITATION.sub("", _NUMBERED.sub("", text))
    return _MARKUP.sub("", _TARGET.sub("", text)).translate(_SPACES)


def sentences(path: PurePosixPath, lines: Sequence[tuple[int, str]]) -> Iterator[Sentence]:
    """Yield the sentences of ``lines``; a table row is one, and a line may go on from the last."""
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
                yield Sentence(path, first, text[start:end], heading)
            start = end


def page_sentences(page: Page) -> list[Sentence]:
    """Return the sentences of a page: title, description and body."""
    heads = []
    for name in ("title", "description"):
        heads.append((page.line(name), str(page.meta.get(name, "")) + "."))
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
    for field, node in shown(type_of(str(path.relative_to("_data").with_suffix(""))), file.tree):
        if not field.facts:
            continue
        if node.style in ("|", ">"):
            rows = range(node.start_mark.line + 1, node.end_mark.line)
            yield from sentences(path, [(row + 1, raw[row].strip()) for row in rows])
        else:
            yield from sentences(path, [(node.start_mark.line + 1, node.value)])
