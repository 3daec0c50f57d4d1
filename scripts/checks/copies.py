"""Letar efter upprepad text: åtta ord i rad som står på två sidor, i register eller i annan text.

Varje uppgift har ett hem, och varje mening är sidans egen. Fasta namn, titlar och lagars namn får
upprepas: de står med skäl under "copies" i words.yml, och räknas som ett ord. Tabellceller,
rubriker och fält jämförs var för sig; löpande text och listpunkter läses i följd.
"""

from __future__ import annotations

import argparse
import datetime as dt
import itertools
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from scripts.content.content import Content
from scripts.content.fields import LABEL, NOTE
from scripts.content.page import Page
from scripts.content.prose import MEASURED, Block, Document, body_blocks, documents
from scripts.content.yaml_file import read_text
from scripts.core.findings import ContentError, Finding, report

WORDS = 8
MOST = 50  # places of one run that are compared: time would grow with their square
# A number is one word, however it is grouped (020-390 000), and so is a section of a law.
_TOKEN = re.compile(r"\d+ (?:\w )?kap\. \d+(?: \w)? §|\d[\d :/-]*\d|\w+")


@dataclass(frozen=True)
class Stream:
    """Words that a reader meets one after the other: (line, word)."""

    path: PurePosixPath
    is_page: bool
    is_other: bool  # not part of docs/: compared with docs/, not with itself
    words: tuple[tuple[int, str], ...]


def fixed_names(texts: Iterable[str]) -> dict[str, list[tuple[str, ...]]]:
    """Return the names that may be repeated, by first word, the longest first."""
    names: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for text in texts:
        if words := tuple(_TOKEN.findall(text.lower())):
            names[words[0]].append(words)
    return {first: sorted(known, key=len, reverse=True) for first, known in names.items()}


def normalise(
    words: Sequence[tuple[int, str]], names: dict[str, list[tuple[str, ...]]]
) -> Iterator[tuple[int, str]]:
    """Yield the words, with each fixed name as one."""
    place = 0
    while place < len(words):
        line, word = words[place]
        for name in names.get(word, ()):
            if tuple(w for _, w in words[place : place + len(name)]) == name:
                yield line, " ".join(name)
                place += len(name)
                break
        else:
            yield line, word
            place += 1


def streams(
    document: Document, names: dict[str, list[tuple[str, ...]]], *, is_other: bool = False
) -> Iterator[Stream]:
    """Yield a document's streams: paragraphs and list items together, all else apart."""
    groups: list[list[Block]] = []
    title = document.blocks[0].text if document.blocks else ""
    together = False
    for number, block in enumerate(document.blocks):
        if block.kind == NOTE:
            continue
        # The heading that repeats the title of the page says nothing new.
        if document.is_page and number and block.kind == LABEL and block.text == title:
            continue
        follows = document.is_page and block.kind in MEASURED
        if follows and together:
            groups[-1].append(block)
        else:
            groups.append([block])
        together = follows
    for group in groups:
        words = [
            (line, word)
            for block in group
            for line, text in block.lines
            for word in _TOKEN.findall(text.lower())
        ]
        yield Stream(document.path, document.is_page, is_other, tuple(normalise(words, names)))


def find_copies(all_streams: Sequence[Stream], length: int = WORDS) -> Iterator[Finding]:
    """Yield one finding for each run of ``length`` words or more that stands in another place too.

    A run that stands in many places is compared with the first, so each is told of once.
    """
    places: dict[tuple[str, ...], list[tuple[int, int]]] = defaultdict(list)
    texts = [[word for _, word in stream.words] for stream in all_streams]
    for number, text in enumerate(texts):
        for start in range(len(text) - length + 1):
            places[tuple(text[start : start + length])].append((number, start))
    for shared in places.values():
        for index, (two, other) in enumerate(shared[:MOST]):
            earlier = [
                (one, start)
                for one, start in shared[:index]
                if _compared(all_streams[one], all_streams[two], one == two)
            ]
            if not earlier or any(
                start and other and texts[one][start - 1] == texts[two][other - 1]
                for one, start in earlier
            ):
                continue  # new, or inside a run that is found where it begins
            one, start = earlier[0]
            run = " ".join(_common(texts[one][start:], texts[two][other:]))
            line, there = all_streams[one].words[start][0], all_streams[two].words[other][0]
            message = (
                f"samma ord som i {all_streams[two].path}:{there}. "
                f'Skriv om det ena, eller länka: "{run}".'
            )
            yield Finding(all_streams[one].path, line, "copied-text", message)


def _common(one: Sequence[str], two: Sequence[str]) -> list[str]:
    pairs = itertools.takewhile(lambda pair: pair[0] == pair[1], zip(one, two, strict=False))
    return [word for word, _ in pairs]


def _compared(one: Stream, two: Stream, same: bool) -> bool:
    """Say whether two streams may not share a run: not within a page, nor between other texts."""
    if one.is_other and two.is_other:
        return False
    return not same and not (one.is_page and one.path == two.path)


def read_other(file: Path) -> Document:
    """Return a text outside docs/ as a document; its front matter, if any, is text too."""
    shown = PurePosixPath(file.as_posix())
    return Document(shown, tuple(body_blocks(Page(shown, {}, read_text(file, shown), 1))))


def check(
    content: Content,
    _: dt.date,
    against: Sequence[Path] = (),
    length: int = WORDS,
) -> Iterator[Finding]:
    """Yield every copy inside docs/, and between it and the texts in ``against``."""
    names = fixed_names(content.registers.words.get("copies") or {})
    try:
        others = [read_other(file) for file in against]
    except ContentError as error:
        yield error.finding
        return
    found = [stream for document in documents(content) for stream in streams(document, names)]
    found += [stream for other in others for stream in streams(other, names, is_other=True)]
    yield from find_copies(found, length)


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add this check's own options."""
    parser.add_argument(
        "--against", type=Path, nargs="+", default=[], help="texter att jämföra med"
    )
    parser.add_argument("--words", type=int, default=WORDS, help="så många ord i rad är för många")


def run(content: Content, args: argparse.Namespace) -> int:
    """Check with those options; return the exit code."""
    for file in args.against:
        if not file.is_file():
            print(f'"{file}" finns inte.', file=sys.stderr)
            return 2
    if args.words < 2:
        print("--words ska vara minst 2.", file=sys.stderr)
        return 2
    return report(check(content, args.today, args.against, args.words))
