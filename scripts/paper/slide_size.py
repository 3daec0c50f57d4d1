"""Estimate how much room text takes on a slide, and choose the text's size."""

from __future__ import annotations

import math
from collections.abc import Iterable

from scripts.paper.sections import Element, has_class, text_of

# Lines of text on a slide under its heading, and characters on a line, in the largest size.
# tests/browser/test_slides.py measures that nothing runs over.
MAX_LINES = 13.4
LINE_LENGTH = 62
PARAGRAPH_SPACE = 0.35  # the space after a block, in lines
MARKER_LENGTH = 6  # the room of a list item's marker and indent, in characters
TEXT_SIZES = {"": 1, "dense": 0.85, "dense denser": 0.72}  # classes of slides.css → scale of text


def estimate_lines(block: Element, line_length: float = LINE_LENGTH) -> float:
    """Return about how many lines ``block`` takes on a slide, the space after it included.

    The numbers added to an element's text are its padding, borders and the space after it, in
    lines. ``line_length``: in characters.
    """
    if has_class(block, "figure-boxes"):  # boxes beside each other: the highest decides
        box_length = line_length / len(block) - 4  # the room of a box's border and padding
        return max(estimate_lines(box, box_length) for box in block) + 0.8
    if block.tag in ("div", "figure"):
        return sum(estimate_lines(inner, line_length) for inner in block) + 0.8
    if block.tag in ("ul", "ol", "figcaption"):
        return sum(estimate_lines(inner, line_length) for inner in block)
    if block.tag == "table":
        return sum(estimate_lines(row, line_length) for row in block.iter("tr"))
    if block.tag == "tr":
        cell_length = line_length / max(len(block), 1)
        return max(_lines_of_text(cell, cell_length) for cell in block) + 0.5
    if block.tag == "li":
        return _lines_of_item(block, line_length) + PARAGRAPH_SPACE
    return _lines_of_text(block, line_length) + PARAGRAPH_SPACE


def _lines_of_text(element: Element, line_length: float) -> int:
    """Return about how many lines the text of ``element`` takes, as one paragraph."""
    return math.ceil(len(text_of(element)) / line_length)


def _lines_of_item(item: Element, line_length: float) -> int:
    """Return about how many lines a list item takes: those of its paragraphs, or of its text as a
    whole."""
    paragraphs = item.findall("p")
    # slides.css lets the paragraphs of a figure's step run on, on the same line
    is_one_paragraph = has_class(item.getparent(), "figure-steps")
    if len(paragraphs) > 1 and not is_one_paragraph:
        # Without the marker's room: each paragraph is rounded up to whole lines, which is enough.
        return sum(_lines_of_text(paragraph, line_length) for paragraph in paragraphs)
    return _lines_of_text(item, line_length - MARKER_LENGTH)


def text_size(blocks: Iterable[Element]) -> str | None:
    """Return the key in TEXT_SIZES of the largest text size in which ``blocks`` fit on one slide;
    None if they don't fit in the smallest either."""
    blocks = list(blocks)
    for size, scale in TEXT_SIZES.items():  # the largest first
        # smaller text: more characters on a line, and more lines on the slide
        if sum(estimate_lines(block, LINE_LENGTH / scale) for block in blocks) <= MAX_LINES / scale:
            return size
    return None
