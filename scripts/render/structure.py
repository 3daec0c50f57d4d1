"""Python-Markdown extension: structure that Markdown has no syntax for.

- Table cells have their column's name, and rows a header, for phones and screen readers.
- Admonitions have an accessible name.
- Headings with a very long word have the class "long".
- ``###`` headings under the headings STEPS are numbered steps, with the number in the text, so that
  screen, paper, copied text and speech have it.
- The questions before the steps are one list, each a link with the meaning of a yes after it. A
  line above each step refers whoever follows a link to that step to the questions.
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
STEPS = ("gor-forst", "gor-sa-har")  # ids of the headings above steps
FIRST = "forst"  # id of the heading above the questions
NEXT = "sedan"  # id of the heading above the link to the next page
LONGEST_WORD = 20  # letters: a longer word in a heading needs smaller type on a phone
LONGEST_TITLE = 50  # letters: a longer heading in large type would push the text out of sight
LONGEST_IN_PAIR = 13  # letters: a longer word doesn't fit in half a phone's width
LONGEST_LABEL = 60  # letters: a longer first cell is a text, not the name of its row
NEGATION = re.compile(r"\b(inte|undvik)\b", re.I)  # in a first column: the others contrast with it
AVOID = re.compile(r"^(inte|undvik)\b|\binte$", re.I)  # the other of two columns is what to do
STASHED = re.compile("\x02[^\x03]*\x03")  # a placeholder of Markdown's HTML stash


class StructureTreeprocessor(Treeprocessor):
    """Runs last, when headings have their ids, and links and attributes are elements."""

    def run(self, root: ET.Element) -> None:
        heading = ""  # id of the last heading
        figure = ""  # id of the last figure's title
        counts_steps = False  # whether the last h1 or h2 is above steps
        step_number = 0
        for element in root.iter():
            classes = element.get("class", "").split()
            if HEADING.fullmatch(element.tag):
                heading = element.get("id", "")
                if element.tag in ("h1", "h2"):
                    counts_steps = heading in STEPS
                elif element.tag == "h3" and counts_steps:
                    step_number += 1
                    _number_step(element, step_number)
                _mark_long_heading(element)
            elif "figure-title" in classes:
                figure = element.get("id", "")
            elif element.tag == "table":
                in_figure = "figure-table" in classes
                _label_cells(element, (figure if in_figure else "") or heading)
            elif "admonition" in classes:
                _label_admonition(element)
        if _shape_questions(root):
            _insert_links_to_questions(root)
        _shape_next_link(root)
        _move_question_to_title(root)
        for parent in list(root.iter()):
            for index, element in enumerate(parent):
                if element.tag == "table" and "class" not in element.attrib:
                    parent[index] = _wrap_table(element)


def _number_step(heading: ET.Element, number: int) -> None:
    """Insert a step's number before its heading's text."""
    span = ET.Element("span", {"class": "step-number", "data-search-exclude": ""})
    span.text = f"{number}."
    span.tail = f" {heading.text or ''}"
    heading.text = None
    heading.insert(0, span)
    _add_class(heading, "step")


def _mark_long_heading(heading: ET.Element) -> None:
    """Add the class "long" to a heading that is long or has a long word, step number included."""
    words = _text(heading).split()
    longest = max(map(len, words), default=0)
    if longest > LONGEST_WORD or len(" ".join(words)) > LONGEST_TITLE:
        _add_class(heading, "long")


def _add_class(element: ET.Element, name: str) -> None:
    element.set("class", f"{element.get('class', '')} {name}".strip())


def _label_admonition(box: ET.Element) -> None:
    """Make an admonition with a title a note with that name, for screen readers."""
    title = next(iter(box), None)
    if title is not None and title.get("class") == "admonition-title":
        box.set("role", "note")
        box.set("aria-label", _text(title))


def _shape_questions(root: ET.Element) -> bool:
    """Merge the lists under the heading FIRST into one, and shape its items as questions.

    The heading may be on the page or in a box. Return whether there are any questions.
    """
    for parent in root.iter():
        blocks = list(parent)
        for index, block in enumerate(blocks):
            if block.get("id") == FIRST:
                return _merge_question_lists(parent, blocks[index + 1 :])
    return False


def _merge_question_lists(parent: ET.Element, blocks: list[ET.Element]) -> bool:
    """Merge the lists among ``blocks``, children of ``parent``, up to the next h1 or h2.

    Return whether there is a list.
    """
    below = itertools.takewhile(lambda block: block.tag not in ("h1", "h2"), blocks)
    lists = [block for block in below if block.tag == "ul"]
    if not lists:
        return False
    merged, *others = lists
    for other in others:
        merged.extend(other)
        parent.remove(other)
    merged.set("class", "first")
    for item in merged:
        _shape_question(item)
    return True


def _insert_links_to_questions(root: ET.Element) -> None:
    """Insert a line above each step after the questions: the page's title, and a link to them.

    site.css shows it only above the step that the page's URL names, for readers who followed a
    link there and haven't seen the page's top.
    """
    title = root.find("h1")
    reached_questions = False
    for index, block in reversed(list(enumerate(root))):
        if block.get("id") == FIRST:
            reached_questions = True
        if not reached_questions and "step" in block.get("class", "").split():
            line = ET.Element("p", {"class": "landed", "data-search-exclude": ""})
            line.text = f"{_text(title)}. " if title is not None else None
            link = ET.SubElement(line, "a", {"href": f"#{FIRST}"})
            link.text = "Läs först rutan överst"
            root.insert(index, line)


def _move_question_to_title(root: ET.Element) -> None:
    """On the guide's first page, move the question to the title, after the guide's name in small
    type."""
    title = root.find("h1")
    guide = root.find("div[@class='guide']")
    question = guide.find("h2") if guide is not None else None
    if title is None or guide is None or question is None or guide[0] is not question:
        return
    name = ET.Element("span", {"class": "guide-name"})
    name.text = title.text
    name.tail = " "
    name.extend(title)
    question_text = ET.Element("span", {"id": question.get("id", "")})
    question_text.text = question.text
    question_text.extend(question)
    title.text = None
    title[:] = [name, question_text]
    guide.remove(question)


def _shape_next_link(root: ET.Element) -> None:
    """Make the link that begins the text under the heading NEXT a button, in its own paragraph.

    A link that is the beginning of a longer sentence stays in its paragraph.
    """
    blocks = list(root)
    ids = [block.get("id") for block in blocks]
    if NEXT not in ids[:-1]:
        return
    index = ids.index(NEXT) + 1
    paragraph = blocks[index]
    link = next(iter(paragraph), None)
    if paragraph.tag != "p" or link is None or link.tag != "a" or (paragraph.text or "").strip():
        return
    text_after = (link.tail or "").lstrip()
    if text_after and not text_after.startswith("."):
        return
    button = ET.Element("p", {"class": "door"})
    paragraph.remove(link)
    link.tail = None
    button.append(link)
    root.insert(index, button)
    paragraph.text = text_after.removeprefix(".").lstrip()
    if not paragraph.text and not len(paragraph):
        root.remove(paragraph)


def _shape_question(item: ET.Element) -> None:
    """Shape a list item as a question and a <span class="then"> with the meaning of a yes.

    The question is the link that the item begins with. Else it is the text up to "?": in bold, or
    a link if the item ends with a link as its own sentence: "Is it? Then so. [There](#there)". An
    item with neither is left as it is.
    """
    if len(item) == 1 and item[0].tag == "p":  # with an empty line beside it in the Markdown
        _unwrap_paragraph(item)
    children = list(item)
    text = (item.text or "").lstrip()
    if not text and children and children[0].tag == "a":
        question = children.pop(0)
        meaning = question.tail or ""
    else:
        before, question_mark, meaning = text.partition("?")
        if not question_mark:
            return
        if _ends_with_link(children, meaning):
            question = ET.Element("a", {"href": children.pop().get("href", "")})
        else:
            question = ET.Element("strong")
        question.text = before + question_mark
    then = ET.Element("span", {"class": "then"})
    then.text = meaning.lstrip()
    then.extend(children)
    for link in then.iter("a"):
        if link.get("class") == "tel":  # only the questions are links in this list
            link.tag = "span"
            link.attrib.clear()
    question.tail = " "
    item.text = None
    item[:] = [question, then]


def _unwrap_paragraph(item: ET.Element) -> None:
    """Replace the only child of a list item, a paragraph, by its content."""
    paragraph = item[0]
    item.text = paragraph.text
    item[:] = list(paragraph)


def _ends_with_link(children: list[ET.Element], text: str) -> bool:
    """Return whether the last of ``children``, which follow ``text``, is a link that is a sentence
    of its own."""
    if not children:
        return False
    last = children[-1]
    before = text if len(children) == 1 else children[-2].tail or ""
    is_last_text = not (last.tail or "").strip(" .\n")
    return last.tag == "a" and is_last_text and before.rstrip().endswith((".", "!", "?"))


def _wrap_table(table: ET.Element) -> ET.Element:
    """Wrap a table in a <div> with classes for its width.

    The classes are "table", "table-" and the number of columns, and "pairs" if two columns fit
    side by side on a phone, else "words". A container query in site.css needs the <div>.
    """
    rows = list(table.iter("tr"))
    longest = 0
    for row in rows:
        for cell in row:
            longest = max(longest, *map(len, _text(cell).split()), 0)
    fits = len(rows[0]) < 4 and longest <= LONGEST_IN_PAIR
    width = "pairs" if fits else "words"
    wrapper = ET.Element("div", {"class": f"table table-{len(rows[0])} {width}"})
    wrapper.tail = table.tail
    table.tail = None
    wrapper.append(table)
    return wrapper


def _label_cells(table: ET.Element, heading: str) -> None:
    """Give the cells of a table their column's name and, where it has one, their row a header.

    Of two columns the one with what to avoid has the class "no", the other "yes". ``heading``: id
    of the heading that names the table, or "".
    """
    if heading:
        table.set("aria-labelledby", heading)
    rows = [[cell for cell in row if cell.tag in ("th", "td")] for row in table.iter("tr")]
    has_row_headers = _has_row_headers(table, rows)
    column_names: list[str] = []
    is_avoided: list[bool] = []  # by column
    for cells in rows:
        is_head = bool(cells) and all(
            cell.tag == "th" and cell.get("scope", "col") == "col" for cell in cells
        )
        if is_head:
            column_names = [_text(cell) for cell in cells]
            is_avoided = [bool(AVOID.search(name)) for name in column_names]
        for index, cell in enumerate(cells):
            if len(is_avoided) == 2 and sum(is_avoided) == 1:
                cell.set("class", "no" if is_avoided[index] else "yes")
            if is_head:
                cell.set("scope", "col")
            if cell.tag == "th":
                continue
            if index < len(column_names) and column_names[index] and len(cells) > 1:
                cell.set("data-label", column_names[index])
            if index == 0 and has_row_headers:
                cell.tag = "th"
                cell.set("scope", "row")


def _has_row_headers(table: ET.Element, rows: list[list[ET.Element]]) -> bool:
    """Return whether the first cells, below the head, name their rows: short, unique, no gaps."""
    if "figure-table" in table.get("class", ""):  # has row headers in its HTML
        return False
    names = [_text(row[0]) for row in rows[1:] if row]
    if not names or not all(names) or len(set(names)) < len(names):
        return False
    return max(map(len, names)) <= LONGEST_LABEL and not NEGATION.search(_text(rows[0][0]))


def _text(element: ET.Element) -> str:
    """Return the element's text on one line, without citation markers and stashed HTML."""
    return " ".join(STASHED.sub("", "".join(_text_parts(element))).split())


def _text_parts(element: ET.Element) -> Iterator[str]:
    if element.tag != "sup":
        yield element.text or ""
        for child in element:
            yield from _text_parts(child)
            yield child.tail or ""


class StructureExtension(Extension):
    """The extension of this module."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        # after attr_list (8) and the table of contents (5)
        md.treeprocessors.register(StructureTreeprocessor(md), "structure", 3)


def makeExtension(**kwargs: Any) -> StructureExtension:  # noqa: N802
    """Python-Markdown's entry point."""
    return StructureExtension(**kwargs)
