"""The pages of docs/: front matter and Markdown, a municipality's supplements, generated pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import PurePosixPath
from typing import Any

import yaml

from scripts.content.fields import LeafValue, Record, construct
from scripts.content.front_matter import Front
from scripts.content.markdown import HEADING, MACRO, citations, sections, without_code
from scripts.content.validation import validate_file
from scripts.content.yaml_file import RegisterFile, parse_yaml
from scripts.core.findings import ContentError, Finding

NO_FRONT = RegisterFile(PurePosixPath(), "")


@dataclass(frozen=True)
class Page:
    """A page as its editor wrote it."""

    path: PurePosixPath  # in docs/: "odla/tomat.md"
    meta: Front
    body: str  # Markdown below the front matter
    body_line: int  # line in the file where ``body`` begins, counted from 1
    file: RegisterFile = NO_FRONT
    leaf_values: tuple[LeafValue, ...] = ()  # the front matter's texts
    supplements: tuple[Supplement, ...] = ()  # a municipality's own lines, in their order

    @property
    def title(self) -> str:
        return self.meta.title

    @property
    def display_path(self) -> PurePosixPath:
        """The page's file as findings name it, ``docs/odla/tomat.md``; for a generated page its
        register's."""
        return self.file.display_path

    @property
    def source(self) -> str:
        """The whole file as it was read, with the lines of the file."""
        return f"---\n{self.file.text}\n---\n{self.body}"

    @property
    def markdown(self) -> str:
        """The text to render: ``source`` with each supplement after its section. One whose section
        is gone is left out: a check reports it."""
        if not self.supplements:
            return self.source
        # ``text`` and ``body`` have the same lines: a heading in a code block begins no section.
        ends = {key: part.stop for key, part in sections(self.text.split("\n")).items()}
        boxes: dict[int, list[str]] = {}
        for supplement in self.supplements:
            if supplement.section in ends:
                boxes.setdefault(ends[supplement.section], []).append(supplement.box)
        lines: list[str] = []
        for number, line in enumerate(self.body.split("\n")):
            lines += [*boxes.get(number, []), line]
        lines += boxes.get(len(self.body.split("\n")), [])
        return f"---\n{self.file.text}\n---\n" + "\n".join(lines)

    @property
    def texts(self) -> tuple[Page, ...]:
        """The page and its supplements: each has its own file and lines."""
        return (self, *self.supplements)

    @property
    def link(self) -> str:
        """The page as a link target from anywhere: ``/odla/tomat.md``."""
        return f"/{self.path}"

    @property
    def address(self) -> str:
        """The page's URL relative to the site: ``odla/tomat/``, "" for the start page."""
        return address_of(self.path)

    def line(self, field: str, *within: str) -> int:
        """Return the line of a field of the front matter, or of a value ``within`` it; 1 where
        there is none."""
        return self.file.line(field, *within)

    @cached_property
    def text(self) -> str:
        """The body with code blanked out."""
        return without_code(self.body)

    @cached_property
    def headings(self) -> dict[str, str]:
        """Each heading's id → its words."""
        found = (HEADING.match(text) for _, text in self.lines())
        return {match[3]: match[2] for match in found if match and match[3]}

    def lines(self) -> Iterator[tuple[int, str]]:
        """Yield (line in the file, text) of the body, with code blanked out."""
        yield from enumerate(self.text.split("\n"), start=self.body_line)

    def citations(self) -> Iterator[tuple[int, str]]:
        """Yield (line, source key) for each citation and source link, in reading order."""
        for number, line in self.lines():
            yield from ((number, key) for key in citations(line))

    def macros(self) -> Iterator[tuple[int, str, str]]:
        """Yield (line, name, argument) for each macro; the argument may be empty."""
        for number, line in self.lines():
            if match := MACRO.match(line):
                yield number, match[1], match[2] or ""


class SupplementFront(Record):
    """The front matter of a file in tillagg/."""

    owner: str
    reviewed_on: dt.date
    review_by: dt.date
    paper: bool = True  # whether its lines are printed, too


@dataclass(frozen=True, kw_only=True)
class Supplement(Page):
    """A municipality's own lines on a national page, in a box after one of its sections.

    ``path`` and ``meta`` are the page's; ``file``, ``body`` and ``body_line`` are of its file in
    tillagg/.
    """

    section: str  # the id of the section's heading
    heading: str  # the heading as it is written, without the closing brace: "## Ord {#id"
    heading_line: int
    # Hash of the national section when the lines were written beside it; "" where none is noted.
    base_hash: str
    front: SupplementFront
    box: str  # Markdown: the lines in the box that readers see

    @property
    def source(self) -> str:
        """The body's lines at their line numbers in the file; lines above the body are empty."""
        return "\n" * (self.body_line - 1) + self.body

    @property
    def markdown(self) -> str:
        return self.box


def address_of(path: PurePosixPath) -> str:
    """Return the URL, relative to the site, of a page with that path in docs/."""
    parts = path.with_suffix("").parts
    return "".join(f"{part}/" for part in parts if part != "index")


@dataclass(frozen=True)
class GeneratedPage(Page):
    """A page made of a record. An editor mends it in the record: in the register ``file.shown`` on
    the line ``body_line``."""

    def line(self, *_: str) -> int:
        return self.body_line

    def lines(self) -> Iterator[tuple[int, str]]:
        yield from ((self.body_line, text) for text in self.text.split("\n"))


def generate_page(
    beside: Page, name: str, macro: str, register: PurePosixPath, line: int, **given: Any
) -> GeneratedPage:
    """Return the page of a record. Dates, owner and language are those of the page ``beside`` where
    ``given`` has none.

    Args:
        beside: the page in whose folder it is.
        name: its path in that folder, "lvu.md" or "lvu/kap-5.md".
        macro: the macro that is its text, "lagtext:lvu".
        register: the file of the record, as findings name it.
        line: the record's line in it.
        given: its front matter.
    """
    shared = ("last_reviewed_on", "review_by", "owner", "lang")
    meta = {field: given.get(field) or getattr(beside.meta, field) for field in shared}
    meta = {"keywords": [], **given, **meta}
    front = yaml.safe_dump(meta, allow_unicode=True, width=1000).rstrip()
    body = f"\n# {meta['title']}\n\n[[{macro}]]\n"
    file = RegisterFile(register, front, meta)
    return GeneratedPage(beside.path.parent / name, construct(Front, meta), body, line, file)


@lru_cache(maxsize=10_000)  # the preview reads all at each change, and one is new
def parse_page(text: str, path: PurePosixPath, shown: PurePosixPath) -> Page:
    """Return the page in ``text``. ``path``: in docs/; ``shown``: the file as findings name it.

    Raises ContentError where the front matter is missing, unclosed, malformed, or doesn't fit its
    type: with a finding for each fault.
    """
    file, body = split_front_matter(text, shown)
    given = validate_file(Front, file)
    line = text.count("\n") - body.count("\n") + 1
    return Page(path, construct(Front, file.value), body, line, file, given)


def split_front_matter(text: str, shown: PurePosixPath) -> tuple[RegisterFile, str]:
    """Return a text's front matter, and the text below it.

    Raises ContentError where the front matter is missing, unclosed or malformed.
    """
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        message = (
            "sidan ska börja med tre bindestreck (---) på en egen rad, sidans uppgifter och "
            "tre bindestreck till. Gör som på en annan sida."
        )
        raise ContentError(Finding(shown, 1, "no-front-matter", message))
    end = next((i for i, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if end is None:
        message = "raden med tre bindestreck (---) efter sidans uppgifter saknas."
        raise ContentError(Finding(shown, 1, "no-front-matter", message))
    front = "\n".join(lines[1:end])
    file = RegisterFile(shown, front, parse_yaml(front, shown, first_line=2), first_line=2)
    return file, "\n".join(lines[end + 1 :])
