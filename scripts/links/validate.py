"""From a built site to findings, each where an editor can mend it: the line in Markdown or a
register, else the line in the file."""

from __future__ import annotations

import datetime as dt
import html
import os
import posixpath
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby
from pathlib import Path, PurePosixPath
from typing import NamedTuple
from urllib.parse import unquote

from scripts.content.markdown import without_code
from scripts.content.yaml_file import LINE_LIMIT
from scripts.core import phone
from scripts.core.findings import Finding
from scripts.links.html import Document, as_utf8
from scripts.links.inside import Fault, Result, check, orphans
from scripts.links.resolve import mask
from scripts.links.rules import EXTERNAL, RULES, accept

# Findings in a run, after which no more faults are looked up in docs/, or in the built files: each
# may take as long as to read a page.
MAX_SOURCE_LOOKUPS = 1_000
MAX_LINE_LOOKUPS = 20_000
MISSING = ("missing-page", "missing-asset")


def validate(
    root: Path,
    sources: Sources,
    site_url: str = "",
    label: str = "",
    *,
    read: Mapping[str, Document] | None = None,
    today: dt.date | None = None,
    numbers: Collection[str] = (),
) -> list[Finding]:
    """Return every fault in the built site ``root``, in order.

    ``sources`` has its Markdown and the exceptions, if there are any; ``site_url`` is where it will
    stand (its path is the base path); ``label`` is what findings call the folder. ``read``: pages
    that are read already, by their files' names. Without ``today`` no exception expires.
    ``numbers``: those that may be called, as ``phone.national`` returns them; empty: any.
    Raises OSError.
    """
    result = check(root, site_url, read)
    faults = [*result.faults, *_unknown_numbers(result, numbers)]
    faults += [(page, _orphan(page)) for page in orphans(result)]
    label = label or root.name
    findings = _a_row_a_file(locate_faults(faults, root, sources, label))
    if sources.folders:
        findings = _each_once(findings, label)
    return sorted(accept(findings, sources.folders, today, RULES.keys() - EXTERNAL))


def _a_row_a_file(findings: list[Finding]) -> list[Finding]:
    """Return one finding for each missing file and page that uses it, though the page may lead to
    many places in it, on many lines."""

    def what(one: Finding) -> tuple[str, ...]:
        return str(one.path), one.page, one.rule, one.target.partition("#")[0] or one.target

    rows = [one for one in findings if one.rule not in MISSING]
    missing = sorted((one for one in findings if one.rule in MISSING), key=what)
    for (*_, target), group in groupby(missing, what):
        first, *others = sorted(group)
        lines = ", ".join(str(line) for line in sorted({one.line for one in others}))
        more = f" Också på rad {lines}." if lines and lines != str(first.line) else ""
        rows.append(replace(first, target=target, message=first.message + more))
    return sorted(rows)


def _each_once(findings: list[Finding], label: str) -> list[Finding]:
    """Return the findings without those of pages that are made of others, such as slides, where
    the same is reported of the page that they are made of: it is mended there. ``label``: what
    findings call the folder of the built site."""

    def what(finding: Finding) -> tuple[str, str]:
        target = posixpath.join("/", posixpath.dirname(finding.page), finding.target)
        return finding.rule, posixpath.normpath(target)

    in_sources = [one for one in findings if not one.path.is_relative_to(label)]
    written = {what(one) for one in in_sources}
    built = [one for one in findings if one.path.is_relative_to(label)]
    return [*in_sources, *(one for one in built if what(one) not in written)]


def _orphan(page: str) -> Fault:
    address = "/" + re.sub(r"index\.html$", "", page)
    text = (
        f'ingen länk leder till "{address}" från startsidan. Länka dit, eller skriv ett undantag.'
    )
    return Fault("orphan-page", address, text)


def _unknown_numbers(result: Result, numbers: Collection[str]) -> Iterator[tuple[str, Fault]]:
    """Yield (first page, fault) for each ``tel:`` link whose number isn't one of ``numbers``; none
    if that is empty."""
    for url, pages in result.external.items():
        if not numbers or url[:4].lower() != "tel:":
            continue
        if phone.national(phone.from_uri(url)) not in numbers:
            text = f'"{url}" finns inte i contacts.yml. Skriv in numret där, eller ta bort länken.'
            yield pages[0], Fault("bad-tel-register", url, text)


class Place(NamedTuple):
    """Where something is written: a file as findings name it, and its line."""

    path: PurePosixPath
    line: int
    written: str = ""  # the address as that line has it


class Sources:
    """The Markdown behind a built site: which file and line a link or an id was written on."""

    LINK = re.compile(
        r"""\]\(\s*(?:<([^>\n]*)>|((?:[^()\s]|\([^()\s]*\))*))|^\s*\[[^\]]+\]:\s*<?([^\s>]+)"""
        r"""|(?:href|src)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))|<((?:https?|mailto):[^\s<>]+)>"""
    )
    REGISTER_LINK = re.compile(r"(/[\w/.-]*\.md(?:#[\w-]+)?)")
    SETTINGS_LINK = re.compile(r"\b(?:page|search|changes): *[\"']?([\w/#-]+)")
    ID = r"""\{[^{}\n]*#NAME(?=[\s}])|id=["']?NAME(?=["'\s>])"""
    VALUE = r"""=\s*(["']?)(?:(?!\1)[^<>\n])*?(?<![\w-])NAME(?![\w-])"""  # in a list, in CSS, too

    def __init__(self, *folders: Path) -> None:
        """``folders``: docs/, and other folders with Markdown or registers of the same site; none
        where a site has none, or they are unknown."""
        self.folders = folders
        self.paths: dict[Path, PurePosixPath] = {}  # of each file of Markdown, in its folder
        self.by_page: dict[str, list[Path]] = {}
        for folder in self.folders:
            for file in sorted(folder.rglob("*.md")):
                relative = PurePosixPath(file.relative_to(folder).as_posix())
                self.paths[file] = relative
                at = relative.parent if relative.name == "index.md" else relative.with_suffix("")
                self.by_page.setdefault((at / "index.html").as_posix(), []).append(file)
        self.registers = [
            file for folder in self.folders for file in sorted(folder.glob("_data/**/*.yml"))
        ]
        settings = dict.fromkeys(folder.parent / "mkdocs.yml" for folder in self.folders)
        self.settings = [file for file in settings if file.is_file()]
        self._lines: dict[Path, list[str]] = {}

    def shown(self, file: Path) -> PurePosixPath:
        """Return a file's path as findings name it, from the folder that docs/ is in:
        ``docs/odla/tomat.md``."""
        return PurePosixPath(Path(os.path.relpath(file, self.folders[0].parent)).as_posix())

    def lines(self, file: Path) -> list[str]:
        """Return a file's lines; in Markdown with code blanked out. Each is cut at LINE_LIMIT
        characters: the work on a line grows with the square of its length."""
        if file not in self._lines:
            rows = file.read_text("utf-8", errors="replace").split("\n")
            text = "\n".join(row[:LINE_LIMIT] for row in rows)
            self._lines[file] = (without_code(text) if file.suffix == ".md" else text).split("\n")
        return self._lines[file]

    def find(self, page: str, wanted: str, rule: str) -> list[Place]:
        """Return each place where ``wanted``, a link or an id, stands in the source of ``page``, or
        in the register or the setting that the page has it from.

        Where none is found it is the first line of the page's Markdown; no place if it has none. Of
        an id that stands several times, the second place: the first may keep it.
        """
        files = self.by_page.get(page, [])
        if rule in ("duplicate-id", "bad-id"):
            found = list(self._like(files, wanted, self.ID))
            found = found[1:2] or found[:1] if rule == "duplicate-id" else found
        else:
            found = list(self._with_link(files, page, wanted))
            found += self._in_registers(page, wanted)
            found = found or list(self._in_settings(page, wanted))
        if wanted and not found:
            found = list(self._like(files, wanted, self.VALUE))
        found = found or list(self.in_register(wanted))
        return found or [Place(self.shown(file), 1) for file in files[:1]]

    def in_register(self, wanted: str) -> Iterator[Place]:
        """Yield the place in a register where an address on another host, or a number, is first."""
        if ":" not in wanted:
            return
        whole = re.compile(rf"""{re.escape(wanted.removeprefix("tel:"))}(?=$|["' )>])""")
        for register in self.registers:
            for number, line in enumerate(self.lines(register), 1):
                if whole.search(line):
                    yield Place(self.shown(register), number)
                    return

    def _in_registers(self, page: str, wanted: str) -> Iterator[Place]:
        """Yield the places where registers link to the page, or the place on it, that ``wanted``
        leads to."""
        for register in self.registers:
            for number, line in enumerate(self.lines(register), 1):
                for target in self.REGISTER_LINK.findall(line):
                    if self._same(PurePosixPath("x.md"), target, page, wanted):
                        yield Place(self.shown(register), number, target)

    def _in_settings(self, page: str, wanted: str) -> Iterator[Place]:
        """Yield the places where mkdocs.yml has the address that the templates lead to."""
        for file in self.settings:
            for number, line in enumerate(self.lines(file), 1):
                for target in self.SETTINGS_LINK.findall(line):
                    if self._same(PurePosixPath("x.md"), f"/{target}", page, wanted):
                        yield Place(self.shown(file), number, target)

    def _like(self, files: Iterable[Path], wanted: str, pattern: str) -> Iterator[Place]:
        """Yield each place that the pattern fits with ``wanted`` as its NAME."""
        like = re.compile(pattern.replace("NAME", re.escape(wanted)))
        for file in files:
            for number, line in enumerate(self.lines(file), 1):
                if wanted in line:
                    yield from (Place(self.shown(file), number) for _ in like.finditer(line))

    def _with_link(self, files: Iterable[Path], page: str, wanted: str) -> Iterator[Place]:
        """Yield each place where the files link to what ``page`` has as ``wanted``."""
        for file in files:
            for number, line in enumerate(self.lines(file), 1):
                for groups in self.LINK.findall(line):
                    written = next(filter(None, groups), "")
                    if self._same(self.paths[file], written, page, wanted):
                        yield Place(self.shown(file), number, written)

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
        if not path:
            return built_path in ("", ".", "./")
        joined = posixpath.normpath(posixpath.join("/", str(source.parent), path))
        if path.endswith(".md"):
            joined = re.sub(r"(?:/index)?\.md$", "", joined) or "/"
        return joined == posixpath.normpath(
            posixpath.join("/", posixpath.dirname(page), unquote(built_path))
        )


def text_of(file: Path) -> str:
    """Return a built file's text as ``line_of`` reads it: as findings say it, without passwords."""
    text = html.unescape(as_utf8(file.read_bytes()).decode())
    return "\n".join(map(mask, text.split("\n")))


def line_of(text: str, target: str, rule: str) -> int:
    """Return the line that has ``target``; for an id that is there twice, the second."""
    value = f'id="{target}"' if rule in ("duplicate-id", "bad-id") else f'"{target}"'
    start = text.find(value)
    if rule == "duplicate-id":
        start = text.find(value, start + 1)
    # else it is part of a value, or in a file of another kind
    return 1 + text.count("\n", 0, start if start >= 0 else max(text.find(target), 0))


def locate_faults(
    faults: Iterable[tuple[str, Fault]], root: Path, sources: Sources, label: str
) -> list[Finding]:
    """Return the faults as findings where an editor can mend them: in the sources if their places
    are found there, else in the built page.

    After MAX_SOURCE_LOOKUPS findings the sources aren't searched; after MAX_LINE_LOOKUPS the rest
    are at line 1 of the built page.
    """
    read: dict[str, str] = {}
    found = set[Finding]()
    for page, fault in sorted(faults, key=lambda pair: pair[0]):
        spots: list[Place] = []
        if len(found) < MAX_SOURCE_LOOKUPS:
            spots = sources.find(page, fault.target, fault.rule)
        if not spots and len(found) < MAX_LINE_LOOKUPS:
            if page not in read:  # one page after the other
                read = {page: text_of(root / page)}
            line = line_of(read[page], fault.target, fault.rule)
            spots = [Place(PurePosixPath(label, page), line)]
        for path, line, written in spots or [Place(PurePosixPath(label, page), 1)]:
            message = _as_written(fault, written)
            finding = Finding(
                path,
                line,
                fault.rule,
                message,
                severity=fault.severity,
                page=page,
                target=fault.target,
            )
            found.add(finding)
    return sorted(found)


def _as_written(fault: Fault, written: str) -> str:
    """Return the message of a fault, with the address as its source has it: an editor searches for
    that. MkDocs makes "../a.md" into "../../a/"."""
    for part in (fault.target, fault.target.partition("#")[0]):
        shown = f'"{part}"'
        if written and fault.message.startswith(shown):
            own = written if part == fault.target else written.partition("#")[0]
            return f'"{mask(own)}"' + fault.message.removeprefix(shown)
    return fault.message
