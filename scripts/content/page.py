"""A page as its editor wrote it: front matter, then Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any

from scripts.content.markdown import CITATION, HEADING, MACRO, SOURCE_LINK, without_code
from scripts.content.yaml_file import parse_yaml
from scripts.core.findings import ContentError, Finding


@dataclass(frozen=True)
class Page:
    """A page as its editor wrote it."""

    path: PurePosixPath  # in docs/: "odla/tomat.md"
    meta: Mapping[str, Any]
    body: str  # Markdown below the front matter
    body_line: int  # line in the file where ``body`` begins, counted from 1
    front: str = ""  # the front matter as YAML; it begins on line 2 of the file

    @property
    def title(self) -> str:
        return str(self.meta["title"])

    @property
    def source(self) -> str:
        """The whole file's text, as it was read: its lines are the file's."""
        return f"---\n{self.front}\n---\n{self.body}"

    @property
    def link(self) -> str:
        """The page as a link target from anywhere: ``/odla/tomat.md``."""
        return f"/{self.path}"

    @property
    def address(self) -> str:
        """The page's URL relative to the site: ``odla/tomat/``, "" for the start page."""
        parts = self.path.with_suffix("").parts
        return "".join(f"{part}/" for part in parts if part != "index")

    def line(self, field: str) -> int:
        """Return the line in the file where a field of the front matter stands, else 1."""
        rows = enumerate(self.front.split("\n"), start=2)
        return next((number for number, row in rows if row.startswith(f"{field}:")), 1)

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
            found = [(m.start(), m[1]) for m in CITATION.finditer(line)]
            found += [(m.start(), "@" + m[1]) for m in SOURCE_LINK.finditer(line)]
            for _, keys in sorted(found):
                for key in keys.split(","):
                    yield number, key.strip().removeprefix("@")

    def macros(self) -> Iterator[tuple[int, str, str]]:
        """Yield (line, name, argument) for each macro; the argument may be empty."""
        for number, line in self.lines():
            if match := MACRO.match(line):
                yield number, match[1], match[2] or ""


def parse_page(text: str, path: PurePosixPath, shown: PurePosixPath) -> Page:
    """Split ``text`` into front matter and body.

    Raises ContentError when the front matter is missing, unclosed or malformed.
    """
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        raise ContentError(
            Finding(
                shown,
                1,
                "no-front-matter",
                "sidan ska börja med tre bindestreck (---) på en egen rad, sidans uppgifter och "
                "tre bindestreck till. Gör som på en annan sida.",
            )
        )
    end = next((i for i, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if end is None:
        raise ContentError(
            Finding(
                shown,
                1,
                "no-front-matter",
                "raden med tre bindestreck (---) efter sidans uppgifter saknas.",
            )
        )
    front = "\n".join(lines[1:end])
    meta = parse_yaml(front, shown, first_line=2)
    return Page(path, meta, "\n".join(lines[end + 1 :]), end + 2, front)
