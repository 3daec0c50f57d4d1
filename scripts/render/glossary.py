"""The glossary's explanations, on the pages that use its terms."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from markdown import Markdown
from markdown.util import AtomicString

from scripts.content.content import Content
from scripts.content.markdown import plain
from scripts.content.page import Page
from scripts.core.swedish import word_forms
from scripts.core.templates import template_renderer
from scripts.render.citations import heading_id
from scripts.render.macro import PageTreeprocessor
from scripts.render.structure import QUESTIONS_ID

render_template = template_renderer(__file__, "html")


class TermTreeprocessor(PageTreeprocessor):
    """Makes the first mention of a glossary term a button that shows its explanation.

    The explanation is a popover (HTML Living Standard): touch, keyboard, Escape and screen readers
    work without JavaScript. On paper the explanations are a list at the page's foot (site.css).
    """

    # A term gets a button in one of BLOCKS, but not in a link, control, code or heading there.
    BLOCKS = ("p", "li", "td", "dd")
    SKIP = ("a", "button", "code", "sup", "label", "th", "h1", "h2", "h3", "h4", "h5", "h6")

    def __init__(self, md: Markdown, content: Content, page: Page | None) -> None:
        super().__init__(md, content, page)
        self.glossary = content.registers.glossary
        self.glossary_page = content.page_with("ordlista")
        self.key_by_word: dict[str, str] = {}
        for key, entry in self.glossary.items():
            if entry.abbr:  # an abbreviation is always explained
                self.key_by_word[entry.abbr] = key
            if entry.explain:
                self.key_by_word[entry.term] = key
        self.pattern = word_forms(self.key_by_word)

    def run(self, root: ET.Element) -> None:
        """Insert the buttons, and the explanations last on the page; neither on the page with the
        glossary itself."""
        is_glossary = any("glossary" in dl.get("class", "") for dl in root.iter("dl"))
        if not self.key_by_word or is_glossary:
            return
        explained: dict[str, str] = {}  # key of a term → the term or abbreviation in the glossary
        self._walk(root, explained, in_block=False)
        if explained:
            explanations = render_template(
                "terms",
                explained=explained,
                glossary=self.glossary,
                texts={key: plain(self.glossary[key].text) for key in explained},
                glossary_page=self.glossary_page,
            )
            root.append(ET.fromstring(explanations))

    def _walk(self, element: ET.Element, explained: dict[str, str], *, in_block: bool) -> None:
        """Insert buttons in the text of an element and of its children, in reading order. Add the
        terms to ``explained``. ``in_block``: whether the element is in one of BLOCKS."""
        if element.tag in self.SKIP or element.get("class") in ("paper-address", "source-box"):
            return
        in_block = in_block or element.tag in self.BLOCKS
        if in_block and element.text:
            element.text = self._insert_button(element, 0, element.text, explained)
        index = 0
        below_questions = False  # whether the last heading is that of the questions before steps
        while index < len(element):  # a button in a tail is the next child, with a tail of its own
            child = element[index]
            if child.tag in ("h1", "h2"):
                below_questions = heading_id(child) == QUESTIONS_ID
            # in that list only the questions are to press
            is_question_list = below_questions and child.tag == "ul"
            if child.get("class") != "term" and not is_question_list:
                self._walk(child, explained, in_block=in_block)
            if in_block and child.tail:
                child.tail = self._insert_button(element, index + 1, child.tail, explained)
            index += 1

    def _insert_button(
        self, parent: ET.Element, index: int, text: str, explained: dict[str, str]
    ) -> str:
        """Insert a button for the first unexplained term in ``text``, as child ``index`` of
        ``parent``, and add the term to ``explained``.

        Return the text before the term; the text after the term becomes the button's tail. Without
        an unexplained term, return ``text``.
        """
        for match in self.pattern.finditer(text):
            key = self.key_by_word[match[1]]
            before = text[: match.start()]
            # attr_list has not run yet: skip words in its attributes, {: aria-label="…" }
            in_attributes = before.rfind("{:") > before.rfind("}")
            if key in explained or in_attributes:
                continue
            explained[key] = match[1]
            button = ET.Element(
                "button", {"type": "button", "class": "term", "popovertarget": f"ord-{key}"}
            )
            button.text = AtomicString(match[0])
            button.tail = AtomicString(text[match.end() :])
            parent.insert(index, button)
            return AtomicString(before)
        return text
