"""A page as its editor wrote it: front matter, then Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import PurePosixPath
from typing import Any

import yaml

from scripts.content.fields import Given, build, checked
from scripts.content.markdown import HEADING, MACRO, citations, without_code
from scripts.content.records import Front
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
    given: tuple[Given, ...] = ()  # the front matter's texts

    @property
    def title(self) -> str:
        return self.meta.title

    @property
    def source(self) -> str:
        """The whole file's text, as it was read: its lines are the file's."""
        return f"---\n{self.file.text}\n---\n{self.body}"

    @property
    def link(self) -> str:
        """The page as a link target from anywhere: ``/odla/tomat.md``."""
        return f"/{self.path}"

    @property
    def address(self) -> str:
        """The page's URL relative to the site: ``odla/tomat/``, "" for the start page."""
        return address_of(self.path)

    def line(self, field: str, *within: str) -> int:
        """Return the line in the file where a field of the front matter stands, or what is
        ``within`` it; else 1."""
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


def address_of(path: PurePosixPath) -> str:
    """Return the URL, relative to the site, of a page with that path in docs/."""
    parts = path.with_suffix("").parts
    return "".join(f"{part}/" for part in parts if part != "index")


@dataclass(frozen=True)
class MadePage(Page):
    """A page that a record gives: what is wrong with it is mended where the record stands, in the
    register ``file.shown`` on the line ``body_line``."""

    def line(self, *_: str) -> int:
        return self.body_line

    def lines(self) -> Iterator[tuple[int, str]]:
        yield from ((self.body_line, text) for text in self.text.split("\n"))


def made_page(
    beside: Page, name: str, macro: str, register: PurePosixPath, line: int, **given: Any
) -> MadePage:
    """Return the page of a record, the file ``name`` in another page's folder, whose dates and owner it
    has where it has none itself. ``macro``: what it shows; ``register``, ``line``: where the record
    stands; ``given``: its front matter."""
    shared = ("last_reviewed_on", "review_by", "owner")
    meta = {field: given.get(field) or getattr(beside.meta, field) for field in shared}
    meta = {"keywords": [], **given, **meta}
    front = yaml.safe_dump(meta, allow_unicode=True, width=1000).rstrip()
    body = f"\n# {meta['title']}\n\n[[{macro}]]\n"
    file = RegisterFile(register, front, meta)
    return MadePage(beside.path.parent / name, build(Front, meta), body, line, file)


@lru_cache(maxsize=10_000)  # the preview reads all at each change, and one is new
def parse_page(text: str, path: PurePosixPath, shown: PurePosixPath) -> Page:
    """Split ``text`` into front matter and body. ``shown``: as findings name the file.

    Raises ContentError where the front matter is missing, unclosed, malformed, or isn't as its
    type says: with a finding for each fault.
    """
    file, body = front_of(text, shown)
    given = checked(Front, file)
    line = text.count("\n") - body.count("\n") + 1
    return Page(path, build(Front, file.value), body, line, file, given)


def front_of(text: str, shown: PurePosixPath) -> tuple[RegisterFile, str]:
    """Return a text's front matter, and what stands below it.

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
