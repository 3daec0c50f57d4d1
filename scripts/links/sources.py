"""Where the links and ids of a built site are written: in Markdown, registers or mkdocs.yml."""

from __future__ import annotations

import html
import os
import posixpath
import re
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple
from urllib.parse import unquote

from scripts.content.markdown import without_code
from scripts.links.resolve import mask

# The address of a link in a line of Markdown.
MARKDOWN_LINKS = (
    re.compile(r"\]\(\s*<([^>\n]*)>"),  # [ord](<en sida.md>)
    re.compile(r"\]\(\s*(?!<)((?:[^()\s]|\([^()\s]*\))*)"),  # [ord](sida.md), [ord](bok_(lag))
    re.compile(r"^\s*\[[^\]]+\]:\s*<?([^\s>]+)"),  # [ord]: sida.md
    re.compile(r"<((?:https?|mailto):[^\s<>]+)>"),  # <https://polisen.se/>
    re.compile(r"""(?:href|src)\s*=\s*["']?([^\s"'>]+)"""),  # <a href="sida/">
)
REGISTER_LINK = re.compile(r"/[\w/.-]*\.md(?:#[\w-]+)?")  # page: /stod/vuxna.md#boende
# page: om/kontakt, an address without the slash that it begins with
SETTINGS_LINK = re.compile(r"\b(?:page|search|changes): *[\"']?([\w/#-]+)")
# With NAME replaced by an id: {#id} or {.klass #id} after a heading, and id="id" in HTML.
ID = r"""\{[^{}\n]*#NAME(?=[\s}])|id=["']?NAME(?=["'\s>])"""


class Place(NamedTuple):
    """Where something is written: a file as findings name it, and its line."""

    path: PurePosixPath
    line: int
    written: str = ""  # the address as that line has it


class Sources:
    """The files that a site is built from. Finds the file and line where a link or an id is
    written."""

    def __init__(self, *folders: Path) -> None:
        """``folders``: docs/, and other folders with Markdown or registers of the same site; none
        if they are unknown."""
        self.folders = folders
        self.markdown_by_page: dict[str, list[Path]] = {}  # built file → its Markdown
        self.relative_paths: dict[Path, PurePosixPath] = {}  # Markdown → its path in its folder
        for folder in folders:
            for file in sorted(folder.rglob("*.md")):
                path = PurePosixPath(file.relative_to(folder).as_posix())
                self.relative_paths[file] = path
                folder_of_page = path.parent if path.name == "index.md" else path.with_suffix("")
                page = (folder_of_page / "index.html").as_posix()
                self.markdown_by_page.setdefault(page, []).append(file)
        self.registers = [f for folder in folders for f in sorted(folder.glob("_data/**/*.yml"))]
        settings = dict.fromkeys(folder.parent / "mkdocs.yml" for folder in folders)
        self.settings = [file for file in settings if file.is_file()]
        self._lines: dict[Path, list[str]] = {}

    def display_path(self, file: Path) -> PurePosixPath:
        """Return a file's path as findings name it, from the folder that docs/ is in:
        ``docs/odla/tomat.md``."""
        return PurePosixPath(Path(os.path.relpath(file, self.folders[0].parent)).as_posix())

    def lines(self, file: Path) -> list[str]:
        """Return a file's lines; in Markdown with code blanked out."""
        if file not in self._lines:
            text = file.read_text("utf-8", errors="replace")
            self._lines[file] = (without_code(text) if file.suffix == ".md" else text).split("\n")
        return self._lines[file]

    def find_id(self, page: str, wanted: str, is_repeated: bool = False) -> list[Place]:
        """Return the places where the Markdown of the built file ``page`` defines an id.

        If the fault is that the id ``is_repeated``, only the second place is returned: the first
        may keep the id. If no place is found, it is line 1 of the Markdown; [] if the page has no
        Markdown.
        """
        files = self.markdown_by_page.get(page, [])
        pattern = re.compile(ID.replace("NAME", re.escape(wanted)))
        places = [
            Place(self.display_path(file), number)
            for file in files
            for number, line in enumerate(self.lines(file), 1)
            for _ in pattern.finditer(line)
        ]
        if is_repeated:
            places = places[1:2] or places
        return places or self._first_line(files)

    def find_link(self, page: str, address: str) -> list[Place]:
        """Return the places where the link ``address`` of the built file ``page`` is written.

        They are the links in the page's Markdown and in registers; if there are none, those in
        mkdocs.yml; else a register that has ``address`` as text; else line 1 of the Markdown; else
        [].
        """
        files = self.markdown_by_page.get(page, [])
        places = [
            *self._find_written_links(files, MARKDOWN_LINKS, page, address),
            *self._find_written_links(self.registers, [REGISTER_LINK], page, address),
        ]
        if not places:
            places = [*self._find_written_links(self.settings, [SETTINGS_LINK], page, address)]
        return places or self.find_in_registers(address) or self._first_line(files)

    def find_in_registers(self, address: str) -> list[Place]:
        """Return the first place where a register has ``address`` as text: a whole URL, or the
        number of a ``tel:`` link. [] if no register has it."""
        if ":" not in address:  # a relative address is written otherwise there
            return []
        # not the beginning of a longer URL: a space, quotation mark or bracket follows, or nothing
        whole = re.compile(rf"""{re.escape(address.removeprefix("tel:"))}(?=$|["' )>])""")
        for register in self.registers:
            for number, line in enumerate(self.lines(register), 1):
                if whole.search(line):
                    return [Place(self.display_path(register), number)]
        return []

    def _first_line(self, files: list[Path]) -> list[Place]:
        """Return line 1 of the first of ``files``; [] without files."""
        return [Place(self.display_path(file), 1) for file in files[:1]]

    def _find_written_links(
        self, files: Iterable[Path], patterns: Iterable[re.Pattern[str]], page: str, built: str
    ) -> Iterator[Place]:
        """Yield each place in ``files`` where one of ``patterns`` finds a link that became the
        address ``built`` in the built file ``page``."""
        for file in files:
            # Addresses in registers and settings start from docs/, as those of any page in it do.
            source = self.relative_paths.get(file, PurePosixPath("x.md"))
            for number, line in enumerate(self.lines(file), 1):
                for pattern in patterns:
                    for written in pattern.findall(line):
                        if _is_same_link(source, written, page, built):
                            yield Place(self.display_path(file), number, written)


def _is_same_link(source: PurePosixPath, written: str, page: str, built: str) -> bool:
    """Whether the address ``written`` in ``source`` (a path in docs/) is the link ``built`` in the
    built file ``page``: MkDocs makes ``../a/b.md#c`` into ``../../a/b/#c``, relative to the page's
    own folder. Both are compared as paths from the site's root."""
    written = unquote(mask(html.unescape(written)))
    built = unquote(built)
    if written == built:
        return True
    path, _, fragment = written.partition("#")
    built_path, _, built_fragment = built.partition("#")
    if fragment != built_fragment:
        return False
    if not path:  # "#id": the page itself
        return built_path in ("", ".", "./")
    absolute = posixpath.normpath(posixpath.join("/", source.parent, path))
    if path.endswith(".md"):
        absolute = re.sub(r"(?:/index)?\.md$", "", absolute) or "/"
    return absolute == posixpath.normpath(posixpath.join("/", posixpath.dirname(page), built_path))
