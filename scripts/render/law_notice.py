"""Part of the Python-Markdown extension: the line under a page's title on changes of its laws."""

from __future__ import annotations

import functools
import xml.etree.ElementTree as ET
from pathlib import Path

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from scripts.content.content import page_files, read_pages
from scripts.content.law_changes import notice
from scripts.content.registers import Registers
from scripts.core.findings import ContentError

PAGE = "/om/lagandringar.md"
LINK = "Vad som ändras"


class LawNoticeTreeprocessor(Treeprocessor):
    """Puts one line after the h1 of a page that cites a source whose law is about to change.

    Runs when the source list stands at the page's foot: it holds every key, also those that came
    from registers. A page in another language, and the page that lists the changes, get none.
    """

    def __init__(self, md: Markdown, docs: Path, registers: Registers) -> None:
        super().__init__(md)
        self.docs = docs
        self.registers = registers

    def run(self, root: ET.Element) -> None:
        keys = [
            item.get("id", "").removeprefix("kalla-")
            for listed in root.iter("ol")
            if listed.get("class") == "sources"
            for item in listed
        ]
        text = notice(self.registers.law_changes, keys, self.registers.sources)
        title = next((child for child in root if child.tag == "h1"), None)
        if text and title is not None and "".join(title.itertext()).strip() not in self._silent():
            insert_notice(root, title, text)

    def _silent(self) -> frozenset[str]:
        files = page_files(self.docs)
        return _silent_titles(self.docs, tuple((f, f.stat().st_mtime_ns) for f in files))


def insert_notice(root: ET.Element, title: ET.Element, text: str) -> None:
    """Put the notice ``text`` and a link to all changes below ``title``, after the first words."""
    line = ET.Element("p", {"class": "law-notice", "data-search-exclude": ""})
    line.text = AtomicString(f"{text} ")
    ET.SubElement(line, "a", {"href": PAGE}).text = AtomicString(LINK)
    place = list(root).index(title) + 1
    # the day of reading is the template's; then the first paragraph
    for name in ("law-read", None):
        if place < len(root) and root[place].tag == "p" and root[place].get("class") == name:
            place += 1
    root.insert(place, line)


@functools.lru_cache(maxsize=2)
def _silent_titles(docs: Path, _files: tuple[tuple[Path, int], ...]) -> frozenset[str]:
    """Return the titles of the pages without a notice: Python-Markdown knows no front matter, and
    check_pages sees to it that a page's h1 is its title. Cached by modification time."""
    try:
        pages = read_pages(docs)
    except ContentError:
        return frozenset()  # check_pages tells of it
    return frozenset(
        page.title
        for page in pages
        if page.meta.get("lang", "sv") != "sv"
        or any(name == "lagandringar" for _, name, _ in page.macros())
    )
