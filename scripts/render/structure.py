"""Python-Markdown extension: structure that Markdown has no syntax for.

- Table cells have their column's name, and rows a header, for phones and screen readers.
- Admonitions have an accessible name.
- Headings with a very long word have the class "long".
- ``###`` headings under the headings STEP_IDS are numbered steps, with the number in the text, so
  that screen, paper, copied text and speech have it.
- The questions before the steps are one list, each a link with the meaning of a yes after it. A
  line above each step refers whoever follows a link to that step to the questions.
- The link to the next page is a button, and the guide's first question is in the page's title.
- Tables are in a <div> with classes for their width.
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
STEP_IDS = ("gor-forst", "gor-sa-har")  # ids of the headings above steps
QUESTIONS_ID = "forst"  # id of the heading above the questions
NEXT_ID = "sedan"  # id of the heading above the link to the next page
LONGEST_WORD = 20  # letters: a longer word in a heading needs smaller type on a phone
LONGEST_TITLE = 50  # letters: a longer heading in large type would push the text out of sight
LONGEST_IN_PAIR = 13  # letters: a longer word doesn't fit in half a phone's width
MOST_COLUMNS_IN_PAIR = 3  # the first is on a line of its own, above the two others
LONGEST_LABEL = 60  # letters: a longer first cell is a text, not the name of its row
# In the name of a first column, "Säg inte": the others contrast with it, and it names no rows.
NEGATION = re.compile(r"\b(inte|undvik)\b", re.I)
# The name of a column with what to avoid: "Inte så här", "Undvik", "Säg inte".
AVOID = re.compile(r"^(inte|undvik)\b|\binte$", re.I)
STASHED = re.compile("\x02[^\x03]*\x03")  # a placeholder of Markdown's HTML stash


class StructureTreeprocessor(Treeprocessor):
    """Runs last, when headings have their ids, and links and attributes are elements."""

    def run(self, root: ET.Element) -> None:
        """Give the page its structure, in place: see the module's docstring."""
        _number_steps(root)
        _label_tables(root)
        for element in root.iter():
            if HEADING.fullmatch(element.tag):
                _mark_long_heading(element)
            elif _has_class(element, "admonition"):
                _label_admonition(element)
        if _shape_questions(root):
            _insert_links_to_questions(root)
        _shape_next_link(root)
        _move_question_to_title(root)
        for parent in list(root.iter()):
            for index, element in enumerate(parent):
                # a figure's table has a class, and its own layout in figures.css
                if element.tag == "table" and "class" not in element.attrib:
                    parent[index] = _wrap_table(element)


def _number_steps(root: ET.Element) -> None:
    """Number the h3 headings under the headings STEP_IDS, in one series."""
    is_below_step_heading = False  # whether the last h1 or h2 is one of STEP_IDS
    number = 0
    for element in root.iter():
        if element.tag in ("h1", "h2"):
            is_below_step_heading = element.get("id") in STEP_IDS
        elif element.tag == "h3" and is_below_step_heading:
            number += 1
            _insert_step_number(element, number)


def _insert_step_number(heading: ET.Element, number: int) -> None:
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


def _has_class(element: ET.Element, name: str) -> bool:
    return name in element.get("class", "").split()


def _label_admonition(box: ET.Element) -> None:
    """Make an admonition with a title a note with that name, for screen readers."""
    title = next(iter(box), None)
    if title is not None and title.get("class") == "admonition-title":
        box.set("role", "note")
        box.set("aria-label", _text(title))


def _shape_questions(root: ET.Element) -> bool:
    """Merge the lists under the heading QUESTIONS_ID, on the page or in a box, into one, and shape
    the items as questions. Return whether there are any.
    """
    for parent in root.iter():
        blocks = list(parent)
        for index, block in enumerate(blocks):
            if block.get("id") == QUESTIONS_ID:
                return _merge_question_lists(parent, blocks[index + 1 :])
    return False


def _merge_question_lists(parent: ET.Element, blocks: list[ET.Element]) -> bool:
    """Merge the lists among ``blocks``, children of ``parent``, up to the next h1 or h2, and shape
    their items as questions. Return whether there is a list.
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
    """Insert a line above each step below the questions: the page's title, and a link to the
    questions.

    site.css shows the line only above the step that the page's URL names: for readers who followed
    a link to that step, and haven't seen the page's top.
    """
    title = root.find("h1")
    reached_questions = False
    # from the page's end: an inserted line moves the blocks below it
    for index, block in reversed(list(enumerate(root))):
        if block.get("id") == QUESTIONS_ID:
            reached_questions = True
        if not reached_questions and _has_class(block, "step"):
            line = ET.Element("p", {"class": "landed", "data-search-exclude": ""})
            line.text = f"{_text(title)}. " if title is not None else None
            link = ET.SubElement(line, "a", {"href": f"#{QUESTIONS_ID}"})
            link.text = "Läs först rutan överst"
            root.insert(index, line)


def _move_question_to_title(root: ET.Element) -> None:
    """On the guide's first page, move the question to the title, after the guide's name in small
    type. Only that page has the question below its title: on others the question is the title."""
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
    """Make the link that begins the text under the heading NEXT_ID a button, in a paragraph of its
    own. A link that only begins a longer sentence stays where it is.
    """
    blocks = list(root)
    ids = [block.get("id") for block in blocks]
    if NEXT_ID not in ids[:-1]:  # no such heading, or nothing below it
        return
    index = ids.index(NEXT_ID) + 1
    paragraph = blocks[index]
    link = next(iter(paragraph), None)
    if paragraph.tag != "p" or link is None or link.tag != "a" or (paragraph.text or "").strip():
        return
    text_after = (link.tail or "").lstrip()
    if text_after and not text_after.startswith("."):  # the sentence goes on
        return
    button = ET.Element("p", {"class": "door"})
    paragraph.remove(link)
    link.tail = None
    button.append(link)
    root.insert(index, button)
    paragraph.text = text_after.removeprefix(".").lstrip()
    if not paragraph.text and not len(paragraph):  # it had the link alone
        root.remove(paragraph)


def _shape_question(item: ET.Element) -> None:
    """Shape a list item as a question and a <span class="then"> with the meaning of a yes.

    The question is the link that the item begins with, or else its text up to "?". An item with
    neither is left as it is.
    """
    if len(item) == 1 and item[0].tag == "p":  # with an empty line beside it in the Markdown
        _unwrap_paragraph(item)
    text = (item.text or "").lstrip()
    then = ET.Element("span", {"class": "then"})
    if not text and len(item) and item[0].tag == "a":
        question, *children = item
        then.text = (question.tail or "").lstrip()
        then.extend(children)
    elif "?" in text:
        question = _question_from_text(text, then, list(item))
    else:
        return
    _unlink_numbers(then)  # only the questions are links in this list
    question.tail = " "
    item.text = None
    item[:] = [question, then]


def _question_from_text(text: str, then: ET.Element, children: list[ET.Element]) -> ET.Element:
    """Return the question that ``text`` begins with, in bold; or as a link if the item ends with a
    link as its own sentence: "Is it? Then so. [There](#there)".

    ``then`` gets the rest of ``text``, and ``children``, the elements that follow it.
    """
    words, _, meaning = text.partition("?")
    question = ET.Element("strong")
    if _ends_with_link(children, meaning):
        question = ET.Element("a", {"href": children.pop().get("href", "")})
    question.text = f"{words}?"
    then.text = meaning.lstrip()
    then.extend(children)
    return question


def _unlink_numbers(element: ET.Element) -> None:
    """Make the ``tel:`` links in an element plain text."""
    for link in element.iter("a"):
        if link.get("class") == "tel":
            link.tag = "span"
            link.attrib.clear()


def _unwrap_paragraph(item: ET.Element) -> None:
    """Replace the only child of a list item, a paragraph, by its content."""
    paragraph = item[0]
    item.text = paragraph.text
    item[:] = list(paragraph)


def _ends_with_link(children: list[ET.Element], text: str) -> bool:
    """Whether ``text`` and the ``children`` after it end with a link that is a sentence of its own:
    "It is so. [There](#there)"."""
    if not children:
        return False
    last = children[-1]
    text_before = text if len(children) == 1 else children[-2].tail or ""
    is_last_text = not (last.tail or "").strip(" .\n")
    return last.tag == "a" and is_last_text and text_before.rstrip().endswith((".", "!", "?"))


def _wrap_table(table: ET.Element) -> ET.Element:
    """Wrap a table in a <div> with classes for its width.

    The classes are "table", "table-" and the number of columns, and "pairs" if two columns fit
    side by side on a phone, else "words". A container query in site.css needs the <div>.
    """
    rows = list(table.iter("tr"))
    longest = 0  # letters of the longest word in the table
    for row in rows:
        for cell in row:
            longest = max(longest, *map(len, _text(cell).split()), 0)
    fits = len(rows[0]) <= MOST_COLUMNS_IN_PAIR and longest <= LONGEST_IN_PAIR
    width = "pairs" if fits else "words"
    wrapper = ET.Element("div", {"class": f"table table-{len(rows[0])} {width}"})
    wrapper.tail = table.tail
    table.tail = None
    wrapper.append(table)
    return wrapper


def _label_tables(root: ET.Element) -> None:
    """Name each table by the heading above it, or a figure's table by the figure's title, and label
    its cells."""
    heading_id = ""
    figure_title_id = ""
    for element in root.iter():
        if HEADING.fullmatch(element.tag):
            heading_id = element.get("id", "")
        elif _has_class(element, "figure-title"):
            figure_title_id = element.get("id", "")
        elif element.tag == "table":
            name_id = figure_title_id if _has_class(element, "figure-table") else heading_id
            if name_id:
                element.set("aria-labelledby", name_id)
            _label_cells(element)


def _label_cells(table: ET.Element) -> None:
    """Label each cell of a table with its column's name, and mark the cells with what to do and to
    avoid. Make the first cells headers if they name their rows."""
    rows = [[cell for cell in row if cell.tag in ("th", "td")] for row in table.iter("tr")]
    has_row_headers = _has_row_headers(table, rows)
    column_names: list[str] = []
    for cells in rows:
        # a row of headers names the columns of the rows below it, up to the next such row
        if cells and all(_is_column_header(cell) for cell in cells):
            column_names = [_text(cell) for cell in cells]
            for cell in cells:
                cell.set("scope", "col")
        _mark_do_and_avoid(cells, column_names)
        for index, cell in enumerate(cells):
            if cell.tag == "th":
                continue
            is_alone = len(cells) == 1  # it spans the columns, and belongs to none
            if index < len(column_names) and column_names[index] and not is_alone:
                cell.set("data-label", column_names[index])
            if index == 0 and has_row_headers:
                cell.tag = "th"
                cell.set("scope", "row")


def _is_column_header(cell: ET.Element) -> bool:
    """Whether a cell names its column: a <th>, unless its ``scope`` says that it names its row."""
    return cell.tag == "th" and cell.get("scope", "col") == "col"


def _mark_do_and_avoid(cells: list[ET.Element], column_names: list[str]) -> None:
    """In a table with one column to do and one to avoid ("Säg inte"), set the class "no" on a row's
    cell to avoid, and "yes" on the other."""
    avoided = [bool(AVOID.search(name)) for name in column_names]
    if len(avoided) == 2 and sum(avoided) == 1:
        for cell, is_avoided in zip(cells, avoided, strict=False):  # a row may have one cell
            cell.set("class", "no" if is_avoided else "yes")


def _has_row_headers(table: ET.Element, rows: list[list[ET.Element]]) -> bool:
    """Whether the first cells, below the head, name their rows: all have text, are short and
    differ, and the name of their column has no negation."""
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
    """Yield the texts of an element and of the elements in it, but for the text in a <sup>."""
    if element.tag != "sup":
        yield element.text or ""
        for child in element:
            yield from _text_parts(child)
            yield child.tail or ""


class StructureExtension(Extension):
    """The extension of this module."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Register the processor after attr_list (8) and the table of contents (5)."""
        md.treeprocessors.register(StructureTreeprocessor(md), "structure", 3)


def makeExtension(**kwargs: Any) -> StructureExtension:  # noqa: N802
    """Python-Markdown's entry point."""
    return StructureExtension(**kwargs)
