"""Part of the Python-Markdown extension: where a page stands among the steps of the work.

Under the title: the step before, this step's number, the step after. At the end of the text: every
step, so that nobody has to guess what is left. Lists of links: nothing is folded, and nothing
stands beside the text.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import TypeAlias

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from scripts.content.content import Content
from scripts.render.macro import here

Step: TypeAlias = tuple[str, str]  # the page's link, the step's name
# What comes after a page's own text.
FOOT = ("certainty", "source-box", "terms")


class ProcessTreeprocessor(Treeprocessor):
    """Runs when what comes after the text stands there."""

    def __init__(self, md: Markdown, content: Content) -> None:
        super().__init__(md)
        self.content = content

    def run(self, root: ET.Element) -> None:
        page, _ = here(self.md, self.content)
        steps = self.content.steps
        place = next((i for i, step in enumerate(steps) if page and step[0] == page.link), None)
        title = next((child for child in root if child.tag == "h1"), None)
        if place is None or title is None:
            return
        root.insert(list(root).index(title) + 1, _beside(steps, place))
        foot = (i for i, child in enumerate(root) if child.get("class") in FOOT)
        root.insert(next(foot, len(root)), _all(steps, place))


def _beside(steps: list[Step], place: int) -> ET.Element:
    """Return the step before, where the reader is, and the step after."""
    nav = ET.Element("nav", {"class": "process", "aria-label": "Var du är i arbetet"})
    row = ET.SubElement(nav, "ul")
    if place:
        _link(ET.SubElement(row, "li", {"class": "process-before"}), "Före: ", steps[place - 1])
    now = ET.SubElement(row, "li", {"class": "process-here"})
    now.text = AtomicString(f"Steg {place + 1} av {len(steps)}")
    if place + 1 < len(steps):
        _link(ET.SubElement(row, "li", {"class": "process-after"}), "Sedan: ", steps[place + 1])
    return nav


def _all(steps: list[Step], place: int) -> ET.Element:
    nav = ET.Element("nav", {"class": "process-all", "aria-label": "Alla steg"})
    row = ET.SubElement(nav, "ol")
    for index, step in enumerate(steps):
        item = ET.SubElement(row, "li")
        if index == place:
            item.set("aria-current", "step")
            item.text = AtomicString(step[1])
        else:
            _link(item, "", step)
    return nav


def _link(item: ET.Element, before: str, step: Step) -> None:
    page, name = step
    link = ET.SubElement(item, "a", {"href": page})
    if before:
        word = ET.SubElement(link, "span")
        word.text = AtomicString(before)
        word.tail = AtomicString(name)
    else:
        link.text = AtomicString(name)
