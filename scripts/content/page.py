"""The pages of docs/: front matter and Markdown, a municipality's supplements, generated pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any

import yaml

from scripts.content.fields import LeafValue, Record, construct
from scripts.content.front_matter import Front
from scripts.content.markdown import HEADING, MACRO, cited_or_linked_keys, sections, without_code
from scripts.content.validation import validate_file
from scripts.content.yaml_file import RegisterFile, parse_yaml
from scripts.core.findings import ContentError, Finding


@dataclass(frozen=True)
class Page:
    """A page of docs/."""

    path: PurePosixPath  # in docs/: "odla/tomat.md"
    meta: Front
    body: str  # Markdown below the front matter
    body_line: int  # line in the file where ``body`` begins, counted from 1
    file: RegisterFile  # the front matter
    leaf_values: tuple[LeafValue, ...] = ()  # of the front matter
    supplements: tuple[Supplement, ...] = ()  # a municipality's own lines, in their order

    @property
    def title(self) -> str:
        return self.meta.title

    @property
    def display_path(self) -> PurePosixPath:
        """The page's file as findings show it, ``docs/odla/tomat.md``; for a generated page the
        file of its register."""
        return self.file.display_path

    @property
    def source(self) -> str:
        """The text of the whole file, with the words of facts inserted."""
        return f"---\n{self.file.text}\n---\n{self.body}"

    @property
    def markdown(self) -> str:
        """The text to render: the front matter, and the body with each supplement's box after its
        section. A supplement whose section is gone is left out; a check reports that."""
        # ``text`` is ``body``, line for line, with code blanked: a "#" in code begins no section
        sections_by_id = sections(self.text.split("\n"))
        boxes_by_line: dict[int, list[str]] = {}
        for supplement in self.supplements:
            section = sections_by_id.get(supplement.section)
            if section:
                boxes_by_line.setdefault(section.stop, []).append(supplement.box)
        lines: list[str] = []
        for number, line in enumerate(self.body.split("\n")):
            lines += [*boxes_by_line.pop(number, []), line]
        for boxes in boxes_by_line.values():  # of the section that ends with the page
            lines += boxes
        return f"---\n{self.file.text}\n---\n" + "\n".join(lines)

    @property
    def with_supplements(self) -> tuple[Page, ...]:
        """The page and its supplements; each has a file of its own, with its own lines."""
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
        """Return the line of a field of the front matter, or of a value ``within`` the field; if it
        is missing, as ``RegisterFile.line``."""
        return self.file.line(field, *within)

    @cached_property
    def text(self) -> str:
        """The body with code blanked out."""
        return without_code(self.body)

    @cached_property
    def headings(self) -> dict[str, str]:
        """The text of each heading with an id, by id."""
        headings = {}
        for _, line in self.lines():
            match = HEADING.match(line)
            if match and match[3]:
                headings[match[3]] = match[2]
        return headings

    def lines(self) -> Iterator[tuple[int, str]]:
        """Yield (line in the file, text) of the body, with code blanked out."""
        yield from enumerate(self.text.split("\n"), start=self.body_line)

    def citations(self) -> Iterator[tuple[int, str]]:
        """Yield (line, source key) for each citation and source link, in reading order."""
        for number, line in self.lines():
            for key in cited_or_linked_keys(line):
                yield number, key

    def macros(self) -> Iterator[tuple[int, str, str]]:
        """Yield (line, name, argument) for each macro; the argument may be empty."""
        for number, line in self.lines():
            match = MACRO.match(line)
            if match:
                yield number, match[1], match[2] or ""

    def has_macro(self, name: str, argument: str = "") -> bool:
        """Whether the page has ``[[name:argument]]``; without ``argument``, whether it has the
        macro with any argument or none."""
        return any(
            macro == name and argument in ("", macro_argument)
            for _, macro, macro_argument in self.macros()
        )


class SupplementFront(Record):
    """The front matter of a file in tillagg/."""

    owner: str
    reviewed_on: dt.date
    review_by: dt.date
    paper: bool = True  # whether its lines are printed, too


@dataclass(frozen=True, kw_only=True)
class Supplement(Page):
    """A municipality's own lines on a national page, in a box after one of its sections.

    ``path`` and ``meta`` are the national page's; ``file``, ``body`` and ``body_line`` are of the
    supplement's file in tillagg/.
    """

    section: str  # the id of the section's heading
    heading: str  # the heading in tillagg/, without the closing brace: "## Ord {#id"
    heading_line: int
    base_hash: str  # of the national section when the supplement was written; "" if not noted
    front: SupplementFront
    box: str  # Markdown: the lines in a box

    @property
    def source(self) -> str:
        """The body's lines at their line numbers in the file; lines above the body are empty."""
        return "\n" * (self.body_line - 1) + self.body

    @property
    def markdown(self) -> str:
        """The text to render: the lines in their box."""
        return self.box


def address_of(path: PurePosixPath) -> str:
    """Return the address, "odla/tomat/", of a page by its path in docs/, "odla/tomat.md"."""
    parts = path.with_suffix("").parts
    return "".join(f"{part}/" for part in parts if part != "index")


@dataclass(frozen=True)
class GeneratedPage(Page):
    """A page made of a record of a register. Findings about it have the record's place: ``file``,
    and the line ``body_line``."""

    def line(self, *_: str) -> int:
        """Return the record's line: no field of the front matter has a line of its own."""
        return self.body_line

    def lines(self) -> Iterator[tuple[int, str]]:
        """Yield (the record's line, text) for each line of the body, with code blanked out."""
        yield from ((self.body_line, text) for text in self.text.split("\n"))


def generate_page(
    sibling: Page, name: str, macro: str, register: PurePosixPath, line: int, **front: Any
) -> GeneratedPage:
    """Return the page of a record.

    Args:
        sibling: the page whose folder, owner and language the new page gets. Also its review dates,
            unless ``front`` has them.
        name: the new page's path in the sibling's folder, "lvu.md" or "lvu/kap-5.md".
        macro: the macro that is the new page's text, "lagtext:lvu".
        register: the file of the record, as findings show it.
        line: the record's line in ``register``.
        front: the new page's front matter.
    """
    meta = {"keywords": [], **front, "owner": sibling.meta.owner, "lang": sibling.meta.lang}
    for field in ("last_reviewed_on", "review_by"):
        meta[field] = front.get(field) or getattr(sibling.meta, field)
    yaml_text = yaml.safe_dump(meta, allow_unicode=True, width=1000).rstrip()
    body = f"\n# {meta['title']}\n\n[[{macro}]]\n"
    file = RegisterFile(register, yaml_text, meta)
    return GeneratedPage(
        path=sibling.path.parent / name,
        meta=construct(Front, meta),
        body=body,
        body_line=line,
        file=file,
    )


def parse_page(text: str, path: PurePosixPath, shown: PurePosixPath) -> Page:
    """Return the page in ``text``. ``path``: the page's path in docs/; ``shown``: its file, as
    findings show it.

    Raises ContentError, with a finding for each fault, if the front matter is missing, unclosed or
    malformed, or doesn't fit its type.
    """
    file, body = split_front_matter(text, shown)
    leaf_values = validate_file(Front, file)
    body_line = text.count("\n") - body.count("\n") + 1
    return Page(
        path=path,
        meta=construct(Front, file.value),
        body=body,
        body_line=body_line,
        file=file,
        leaf_values=leaf_values,
    )


def split_front_matter(text: str, shown: PurePosixPath) -> tuple[RegisterFile, str]:
    """Return a text's front matter, and the text below the front matter.

    ``shown``: the file of the text, as findings show it.

    Raises ContentError if the front matter is missing, unclosed or malformed.
    """
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        message = (
            "sidan ska börja med tre bindestreck (---) på en egen rad, sidans uppgifter och "
            "tre bindestreck till. Gör som på en annan sida."
        )
        raise ContentError(Finding(shown, 1, "no-front-matter", message))
    dashes = [number for number, line in enumerate(lines) if line.rstrip() == "---"]
    if len(dashes) < 2:
        message = "raden med tre bindestreck (---) efter sidans uppgifter saknas."
        raise ContentError(Finding(shown, 1, "no-front-matter", message))
    end = dashes[1]
    front = "\n".join(lines[1:end])
    file = RegisterFile(shown, front, parse_yaml(front, shown, first_line=2), first_line=2)
    return file, "\n".join(lines[end + 1 :])
