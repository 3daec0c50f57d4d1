"""Python-Markdown extension: what Markdown can't say of a page's structure.

A table's cells say their column and its rows their name, for phones and screen readers. A box says
its name, so that it can be found. A heading with a very long word says so. Each heading right
under "Gör så här" is a step with its number: in the page itself, so that screen, paper, a copied
text and a voice say the same. The questions before the steps are one list, each question a link
with what a yes means after it; and whoever comes to a step by a link to it is told of them there.
"""

from __future__ import annotations

import itertools
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

HEADING = re.compile(r"h[1-6]")
STEPS = ("gor-forst", "gor-sa-har")  # the ids of the headings that steps stand under
FIRST = "forst"  # of the one that the questions stand under
NEXT = "sedan"  # of the one that the way on stands under
LONG = 20  # letters of a word that a phone shows whole in smaller type only
LONG_TITLE = 50  # letters of a heading that in large type would push the text out of sight
SIDE_BY_SIDE = 13  # letters of a word that has room in half a phone's width
LABEL = 60  # letters: a first cell that is longer is a text of its own, no name for its row
NOT_SO = re.compile(r"\b(inte|undvik)\b", re.I)  # what to do instead stands beside: two texts
AVOID = re.compile(r"^(inte|undvik)\b|\binte$", re.I)  # the other column is what to do
STASHED = re.compile("\x02[^\x03]*\x03")


class StructureTreeprocessor(Treeprocessor):
    """Runs last, when every heading has its id and every line its links."""

    def run(self, root: ET.Element) -> None:
        heading, figure = "", ""
        counting, number = False, 0  # whether a heading here is a step; of the last one
        for element in root.iter():
            if HEADING.fullmatch(element.tag):
                heading = element.get("id", "")
                if element.tag in ("h1", "h2"):
                    counting = heading in STEPS
                elif element.tag == "h3" and counting:
                    number += 1
                    _number(element, number)
                words = _words(element).split()
                if max(map(len, words), default=0) > LONG or len(" ".join(words)) > LONG_TITLE:
                    element.set("class", f"{element.get('class', '')} long".strip())
            elif "figure-title" in element.get("class", "").split():
                figure = element.get("id", "")
            elif element.tag == "table":
                own = figure if "figure-table" in element.get("class", "").split() else ""
                _name_cells(element, own or heading)
            elif "admonition" in element.get("class", "").split():
                title = next(iter(element), None)
                if title is not None and title.get("class") == "admonition-title":
                    element.set("role", "note")
                    element.set("aria-label", _words(title))
        if _questions(root):
            _tell_at_steps(root)
        _shape_door(root)
        _join_guide_title(root)
        for parent in list(root.iter()):
            for index, element in enumerate(parent):
                if element.tag == "table" and "class" not in element.attrib:
                    parent[index] = _room(element)


def _number(heading: ET.Element, number: int) -> None:
    mark = ET.Element("span", {"class": "step-number", "data-search-exclude": ""})
    mark.text, mark.tail, heading.text = f"{number}.", f" {heading.text or ''}", None
    heading.insert(0, mark)
    heading.set("class", f"{heading.get('class', '')} step".strip())


def _questions(root: ET.Element) -> bool:
    """Make one list of the questions under the heading FIRST, on the page or in a box on it: the
    register's and the page's own. Return whether there are any."""
    for parent in root.iter():
        blocks = list(parent)
        start = next((n for n, block in enumerate(blocks) if block.get("id") == FIRST), None)
        if start is not None:
            return _shape_questions(parent, blocks[start + 1 :])
    return False


def _shape_questions(parent: ET.Element, blocks: list[ET.Element]) -> bool:
    """Shape the lists among ``blocks``, which stand in ``parent``, until the next heading."""
    below = itertools.takewhile(lambda block: block.tag not in ("h1", "h2"), blocks)
    lists = [block for block in below if block.tag == "ul"]
    for other in lists[1:]:
        lists[0].extend(other)
        parent.remove(other)
    for box in lists[:1]:
        box.set("class", "first")
        for item in box:
            _question(item)
    return bool(lists)


def _tell_at_steps(root: ET.Element) -> None:
    """Put a line above each step after the questions: the page's name, and to read them first. It
    is seen where a link led to that step (site.css), by those who never saw the page's top."""
    title = root.find("h1")
    passed = False
    for index, block in reversed(list(enumerate(root))):
        passed = passed or block.get("id") == FIRST
        if not passed and "step" in block.get("class", "").split():
            line = ET.Element("p", {"class": "landed", "data-search-exclude": ""})
            line.text = f"{_words(title)}. " if title is not None else None
            link = ET.SubElement(line, "a", {"href": f"#{FIRST}"})
            link.text = "Läs först rutan överst"
            root.insert(index, line)


def _join_guide_title(root: ET.Element) -> None:
    """Make the guide's first question the page's title, under the guide's name in small type."""
    title, guide = root.find("h1"), root.find("div[@class='guide']")
    question = guide.find("h2") if guide is not None else None
    if title is None or guide is None or question is None or guide[0] is not question:
        return
    name = ET.Element("span", {"class": "guide-name"})
    name.text, name.tail, title.text = title.text, " ", None
    name.extend(title)
    title[:] = [name, ET.Element("span", {"id": question.get("id", "")})]
    title[1].text = question.text
    title[1].extend(question)
    guide.remove(question)


def _shape_door(root: ET.Element) -> None:
    """Make the link that begins the page's last part a button, in a paragraph of its own. One that
    is only the beginning of a sentence stays as it is."""
    blocks = list(root)
    place = next((n for n, block in enumerate(blocks) if block.get("id") == NEXT), len(blocks))
    if place + 1 >= len(blocks):
        return
    paragraph = blocks[place + 1]
    first = next(iter(paragraph), None)
    if paragraph.tag != "p" or first is None or first.tag != "a" or (paragraph.text or "").strip():
        return
    rest = (first.tail or "").lstrip()
    if rest and not rest.startswith("."):
        return
    door = ET.Element("p", {"class": "door"})
    paragraph.remove(first)
    first.tail = None
    door.append(first)
    root.insert(place + 1, door)
    paragraph.text = rest.removeprefix(".").lstrip()
    if not paragraph.text and not len(paragraph):
        root.remove(paragraph)


def _question(item: ET.Element) -> None:
    """Shape a list item as a link with the question, and a <span class="then"> with what a yes
    means. A page's own question may have its link last, as a sentence of its own: "Is it? Then so.
    [There](#there)"."""
    if len(item) == 1 and item[0].tag == "p":  # an empty line stood beside it in the Markdown
        inner = item[0]
        item.remove(inner)
        item.text = inner.text
        item.extend(inner)
    children, text = list(item), (item.text or "").lstrip()
    if not text and children and children[0].tag == "a":
        question, rest = children.pop(0), None
    else:
        words, mark, rest = text.partition("?")
        if not mark:
            return
        last = children[-1] if children else None
        before = (children[-2].tail if len(children) > 1 else rest) or ""
        alone = last is not None and last.tag == "a" and not (last.tail or "").strip(" .\n")
        if last is not None and alone and before.rstrip().endswith((".", "!", "?")):
            question = ET.Element("a", {"href": last.get("href", "")})
            children.pop()
        else:
            question = ET.Element("strong")
        question.text = words + mark
    then = ET.Element("span", {"class": "then"})
    then.text = ((question.tail if rest is None else rest) or "").lstrip()
    then.extend(children)
    for number in then.iter("a"):
        if number.get("class") == "tel":  # each control in the box is a question
            number.tag = "span"
            number.attrib.clear()
    question.tail = " "
    for child in list(item):
        item.remove(child)
    item.text = None
    item.extend([question, then])


def _room(table: ET.Element) -> ET.Element:
    """Return the table in a box, whose width site.css measures: a table has none of its own."""
    rows = list(table.iter("tr"))
    longest = max(len(word) for row in rows for cell in row for word in [*_words(cell).split(), ""])
    form = "pairs" if len(rows[0]) < 4 and longest <= SIDE_BY_SIDE else "words"
    box = ET.Element("div", {"class": f"table table-{len(rows[0])} {form}"})
    box.tail, table.tail = table.tail, None
    box.append(table)
    return box


def _name_cells(table: ET.Element, heading: str) -> None:
    if heading:
        table.set("aria-labelledby", heading)
    names: list[str] = []
    avoid: list[bool] = []
    rows = [[cell for cell in row if cell.tag in ("th", "td")] for row in table.iter("tr")]
    first = [_words(row[0]) for row in rows[1:] if row]
    labels = bool(first) and all(first) and max(map(len, first)) <= LABEL
    labels = labels and len(set(first)) == len(first)
    labels = labels and not NOT_SO.search(_words(rows[0][0]))
    labels = labels and "figure-table" not in table.get("class", "")  # has its own row headers
    for cells in rows:
        head = cells and all(c.tag == "th" and c.get("scope", "col") == "col" for c in cells)
        if head:
            names = [_words(cell) for cell in cells]
            avoid = [bool(AVOID.search(name)) for name in names]
        for index, cell in enumerate(cells):
            if len(avoid) == 2 and sum(avoid) == 1:
                cell.set("class", "no" if avoid[index] else "yes")
            if head:
                cell.set("scope", "col")
            if cell.tag == "th":
                continue
            if index < len(names) and names[index] and len(cells) > 1:
                cell.set("data-label", names[index])
            if index == 0 and labels:
                cell.tag = "th"
                cell.set("scope", "row")


def _words(element: ET.Element) -> str:
    """Return the element's text on one line, without marks of sources and kept HTML."""
    return " ".join(STASHED.sub("", "".join(_texts(element))).split())


def _texts(element: ET.Element) -> Iterator[str]:
    if element.tag != "sup":
        yield element.text or ""
        for child in element:
            yield from _texts(child)
            yield child.tail or ""


class StructureExtension(Extension):
    """See the module's text."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        # After attr_list (8) and the table of contents (5).
        md.treeprocessors.register(StructureTreeprocessor(md), "structure", 3)


def makeExtension(**kwargs: Any) -> StructureExtension:  # noqa: N802
    """Python-Markdown's entry point."""
    return StructureExtension(**kwargs)
