"""Part of the Python-Markdown extension: the line under a page's title on changes of its laws."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from scripts.content.content import Content
from scripts.content.sources import notice
from scripts.render.macro import here

LINK = "Vad som ändras"


class LawNoticeTreeprocessor(Treeprocessor):
    """Puts one line after the h1 of a page that cites a source whose law is about to change.

    Runs when the source list stands at the page's foot: it holds every key, also those that came
    from registers. A page in another language, and the page that lists the changes, get none.
    """

    def __init__(self, md: Markdown, content: Content) -> None:
        super().__init__(md)
        self.content = content

    def run(self, root: ET.Element) -> None:
        keys = [
            item.get("id", "").removeprefix("kalla-")
            for listed in root.iter("ol")
            if listed.get("class") == "sources"
            for item in listed
        ]
        registers = self.content.registers
        text = notice(registers.law_changes, keys, registers.sources)
        title = next((child for child in root if child.tag == "h1"), None)
        page, _ = here(self.md, self.content)
        home = self.content.page_with("lagandringar")
        silent = page and (page.meta.lang != "sv" or page == home)
        if text and title is not None and home and not silent:
            line = insert_notice(root, title, text, home.link)
            if page and page.meta.easy:  # it is for who answers for the page, not its reader
                root.remove(line)
                root.insert(len(root) - 1, line)  # before the list of sources


def insert_notice(root: ET.Element, title: ET.Element, text: str, link: str) -> ET.Element:
    """Put the notice ``text`` and a link to all changes, the page ``link``, below ``title``, after
    the first words; return it.

    A page that begins with a choice of pages (the switch) is for somebody in a hurry: there it
    stands after the first section, which has the steps. In the guide it stands after the answer.
    """
    line = ET.Element("p", {"class": "law-notice", "data-search-exclude": ""})
    line.text = AtomicString(f"{text} ")
    ET.SubElement(line, "a", {"href": link}).text = AtomicString(LINK)
    place = list(root).index(title) + 1
    # the day of reading is the template's; then the first paragraph
    for name in ("law-read", None):
        if place < len(root) and root[place].tag == "p" and root[place].get("class") == name:
            place += 1
    if place < len(root) and root[place].get("class") == "switch":
        headings = [index for index, child in enumerate(root) if child.tag == "h2"]
        place = headings[1] if len(headings) > 1 else len(root)
    elif place < len(root) and root[place].get("class") == "guide":
        place += 1
    root.insert(place, line)
    return line
