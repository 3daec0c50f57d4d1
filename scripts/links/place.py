"""Where an editor mends a fault: the line in Markdown or a register, else the line in the file."""

from __future__ import annotations

import bisect
import html
import os
import posixpath
import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import islice
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from scripts.content.markdown import without_code
from scripts.core.findings import Finding
from scripts.links.formats.document import is_html
from scripts.links.formats.html import as_utf8
from scripts.links.judge import Fault
from scripts.links.resolve import mask


class Sources:
    """The Markdown behind a built site: which file and line a link or an id was written on."""

    LINK = re.compile(
        r"""\]\(\s*(?:<([^>\n]*)>|((?:[^()\s]|\([^()\s]*\))*))|^\s*\[[^\]]+\]:\s*<?([^\s>]+)"""
        r"""|(?:href|src)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))|<((?:https?|mailto):[^\s<>]+)>"""
    )
    REGISTER_LINK = re.compile(r"(/[\w/.-]*\.md(?:#[\w-]+)?)")

    def __init__(self, docs: Path) -> None:
        self.docs = docs
        self.by_page: dict[str, Path] = {}
        for file in sorted(docs.rglob("*.md")):
            relative = file.relative_to(docs)
            if relative.name in ("index.md", "README.md"):
                built = relative.parent / "index.html"
            else:
                built = relative.with_suffix("") / "index.html"
            self.by_page[built.as_posix()] = file
            self.by_page.setdefault(relative.with_suffix(".html").as_posix(), file)
        self.registers = sorted(docs.glob("_data/**/*.yml"))
        self._lines: dict[Path, list[str]] = {}

    def shown(self, file: Path) -> PurePosixPath:
        """Return a file's path as findings name it: ``docs/odla/tomat.md``."""
        return PurePosixPath(self.docs.name, *file.relative_to(self.docs).parts)

    def lines(self, file: Path) -> list[str]:
        """Return a file's lines; in Markdown with code blanked out."""
        if file not in self._lines:
            text = file.read_text("utf-8", errors="replace")
            self._lines[file] = (without_code(text) if file.suffix == ".md" else text).split("\n")
        return self._lines[file]

    def find(self, page: str, wanted: str, rule: str, nth: int) -> tuple[PurePosixPath, int] | None:
        """Return (file, line) where ``wanted``, a link or an id, stands in the source of ``page``.

        The ``nth`` place (from 0), or the last there is. None if the page has no Markdown.
        """
        file = self.by_page.get(page)
        if file is None:
            return None
        found = (
            self._with_id(file, wanted)
            if rule in ("duplicate-id", "bad-id")
            else self._with_link(file, page, wanted)
        )
        if lines := list(found) or list(self._with_attribute(file, wanted)):
            return self.shown(file), lines[min(nth, len(lines) - 1)]
        return self.in_register(wanted, page) or (self.shown(file), 1)

    def in_register(self, wanted: str, page: str = "") -> tuple[PurePosixPath, int] | None:
        """Return (file, line) of the register that ``wanted`` comes from, by way of a macro."""
        literal = wanted.removeprefix("tel:") if ":" in wanted else ""
        for register in self.registers:
            for number, line in enumerate(self.lines(register), 1):
                if literal and literal in line:
                    at = line.index(literal) + len(literal)
                    if line[at : at + 1] in ("", '"', "'", " ", ")", ">"):
                        return self.shown(register), number
                elif page and not literal:
                    for target in self.REGISTER_LINK.findall(line):
                        if self._same(PurePosixPath("x.md"), target, page, wanted):
                            return self.shown(register), number
        return None

    def _with_id(self, file: Path, wanted: str) -> Iterator[int]:
        name = re.escape(wanted)
        pattern = re.compile(rf"""\{{[^{{}}\n]*#{name}(?=[\s}}])|id=["']?{name}(?=["'\s>])""")
        for number, line in enumerate(self.lines(file), 1):
            yield from (number for _ in pattern.finditer(line))

    def _with_link(self, file: Path, page: str, wanted: str) -> Iterator[int]:
        relative = PurePosixPath(*file.relative_to(self.docs).parts)
        for number, line in enumerate(self.lines(file), 1):
            for groups in self.LINK.findall(line):
                if self._same(relative, next(filter(None, groups), ""), page, wanted):
                    yield number

    def _with_attribute(self, file: Path, wanted: str) -> Iterator[int]:
        """Yield the lines with ``wanted`` in an attribute's value: in a list, in CSS."""
        name = re.escape(wanted)
        pattern = re.compile(rf"""=\s*(["']?)(?:(?!\1)[^<>\n])*?(?<![\w-]){name}(?![\w-])""")
        for number, line in enumerate(self.lines(file), 1):
            if wanted and wanted in line and pattern.search(line):
                yield number

    @staticmethod
    def _same(source: PurePosixPath, written: str, page: str, built: str) -> bool:
        """Whether ``written`` in Markdown became ``built`` in the page's HTML.

        MkDocs makes ``../a/b.md#c`` into an address relative to the page's own folder.
        """
        if built in (written, html.unescape(written), mask(written)) or (
            unquote(written) == unquote(built)
        ):
            return True
        path, _, fragment = written.partition("#")
        built_path, _, built_fragment = built.partition("#")
        if fragment != built_fragment:
            return False
        if path.endswith(".md"):
            joined = posixpath.normpath(posixpath.join("/", str(source.parent), path))
            joined = re.sub(r"(?:/index|/README)?\.md$", "", joined) or "/"
        elif path:
            joined = posixpath.normpath(posixpath.join("/", str(source.parent), path))
        else:
            return built_path in ("", ".", "./")
        target = posixpath.normpath(
            posixpath.join("/", posixpath.dirname(page), unquote(built_path))
        )
        return joined == target


ATTRIBUTE = re.compile(
    r"""(?<=[\s"'/])([^\s"'<>/=]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'=<>`]+))?(?=[\s/>"'])"""
)


class Lines:
    """Where each attribute's value stands in a built file; read once, asked many times."""

    FEW = 200  # questions that are answered by a search of the whole file
    EMPTY = re.compile(
        r"""<[a-z](?:[^<>"']|"[^"]*"|'[^']*')*?"""
        r"""\s(href|src|srcset|action|formaction|data|cite|poster|content)\s*"""
        r"""(?:=\s*(?:"\s*"|'\s*'))?(?=[\s/>])""",
        re.I,
    )

    def __init__(self, text: str) -> None:
        # A comment says nothing; each line keeps its number. After the last "-->" there is none
        # to look for: each "<!--" would be followed to the end.
        end = text.rfind("-->") + 3 if "-->" in text else 0
        blank = re.sub(r"<!--.*?-->", lambda m: re.sub(r".", " ", m[0]), text[:end], flags=re.S)
        self.text = blank + text[end:]
        self.breaks = [match.start() for match in re.finditer("\n", text)]
        self.empty = -1
        self.asked = 0

    @cached_property
    def values(self) -> list[tuple[int, str, str]]:
        """Return (offset, attribute, value) of every attribute: slow, for what isn't found else."""
        return [
            (m.start(), m[1].lower(), mask(html.unescape((m[2] or "").strip("\"'"))).strip())
            for m in ATTRIBUTE.finditer(self.text)
        ]

    @cached_property
    def starts(self) -> dict[str, list[tuple[int, str]]]:
        """Return value → (offset, attribute) of each place where it stands."""
        found: dict[str, list[tuple[int, str]]] = {}
        for start, name, value in self.values:
            found.setdefault(value, []).append((start, name))
        return found

    def line(self, target: str, rule: str) -> int:
        """Return the line where ``target`` stands; of an id that stands twice, the second."""
        return bisect.bisect_left(self.breaks, max(self._start(target.strip(), rule), 0)) + 1

    def _start(self, wanted: str, rule: str) -> int:
        of_id = rule in ("duplicate-id", "bad-id")
        if not wanted and not of_id:
            if self.empty < 0:
                match = self.EMPTY.search(self.text)
                self.empty = match.start(1) if match else 0
            return self.empty
        nth = 1 if rule == "duplicate-id" else 0
        self.asked += 1
        few = self.asked < self.FEW
        starts = list(islice(self._written(wanted, of_id), nth + 1)) if few else []
        if len(starts) <= nth:
            starts = [s for s, n in self.starts.get(wanted, ()) if n == "id" or not of_id]
        if not starts and few:  # part of a value: srcset, style, a list of ids
            starts = [max(s, self.text.find(wanted, s)) for s, _, v in self.values if wanted in v]
        if starts:
            return starts[min(nth, len(starts) - 1)]
        return self.text.find(wanted) if few else 0

    def _written(self, wanted: str, of_id: bool) -> Iterator[int]:
        """Yield where ``wanted`` stands as a whole value, in the two ways it is mostly written."""
        for form in dict.fromkeys((wanted, html.escape(wanted, quote=False))):
            start = self.text.find(form) if form else -1
            while start >= 0:
                end = start + len(form)
                before = self.text[max(0, start - 6) : start]
                whole = self.text[end : end + 1] in ("", '"', "'", " ", "\n", ">")
                if whole and (
                    re.search(r"""\sid=["']?$""", before, re.I) if of_id else before[-1:] in "\"'="
                ):
                    yield start
                start = self.text.find(form, end)


def place(
    faults: Iterable[tuple[str, Fault]], root: Path, docs: Path | None, label: str
) -> list[Finding]:
    """Return the faults as findings where an editor can mend them: in Markdown if there is any."""
    sources = Sources(docs) if docs else None
    read: dict[str, Lines] = {}
    found = set()
    for page, fault in sorted(faults, key=lambda pair: pair[0]):
        nth = 1 if fault.rule == "duplicate-id" else 0
        spot = sources.find(page, fault.target, fault.rule, nth) if sources else None
        if spot is None and (fault.rule, fault.target) == ("unreadable-file", page):
            spot = PurePosixPath(label, page), 1
        if spot is None:
            if page not in read:
                read.clear()  # one page after the other
                file = root / page
                readable = file.is_file() and os.access(file, os.R_OK)
                data = file.read_bytes() if readable else b""
                data = as_utf8(data) if is_html(page) else data
                read[page] = Lines(data.decode("utf-8", "replace"))
            spot = PurePosixPath(label, page), read[page].line(fault.target, fault.rule)
        found.add(Finding(*spot, fault.rule, fault.message, page, fault.target))
    return sorted(found)
