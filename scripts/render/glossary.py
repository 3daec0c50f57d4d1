"""The glossary: the page that has it all, and each word where a page first uses it."""

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
from scripts.render.structure import FIRST

render_template = template_renderer(__file__, "html")


class TermTreeprocessor(PageTreeprocessor):
    """Makes the first mention of a glossary term a button that shows its explanation.

    The explanation is a popover (HTML Living Standard): touch, keyboard, Escape and screen readers
    work without JavaScript. On paper the explanations are a list at the page's foot (site.css).
    """

    BLOCKS = ("p", "li", "td", "dd")
    SKIP = ("a", "button", "code", "sup", "label", "th", "h1", "h2", "h3", "h4", "h5", "h6")

    def __init__(self, md: Markdown, content: Content, page: Page | None) -> None:
        super().__init__(md, content, page)
        self.glossary = glossary = content.registers.glossary
        self.home = content.page_with("ordlista")
        self.by_word: dict[str, str] = {}
        for key, entry in glossary.items():
            if entry.abbr:
                self.by_word[entry.abbr] = key
            if entry.explain:
                self.by_word[entry.term] = key
        self.pattern = word_forms(self.by_word)

    def run(self, root: ET.Element) -> None:
        if not self.by_word or any("glossary" in dl.get("class", "") for dl in root.iter("dl")):
            return
        shown: dict[str, str] = {}
        self._walk(root, False, shown)
        if shown:
            texts = {key: plain(self.glossary[key].text) for key in shown}
            given = {"glossary": self.glossary, "texts": texts, "home": self.home}
            root.append(ET.fromstring(render_template("terms", shown=shown, **given)))

    def _walk(self, element: ET.Element, in_block: bool, shown: dict[str, str]) -> None:
        if element.tag in self.SKIP or element.get("class") in ("paper-address", "source-box"):
            return
        in_block = in_block or element.tag in self.BLOCKS
        if in_block and element.text:
            element.text = self._split(element, 0, element.text, shown)
        index = 0
        asks = False  # whether the last heading is the one that the questions stand under
        while index < len(element):
            child = element[index]
            if child.tag in ("h1", "h2"):
                asks = heading_id(child) == FIRST
            if child.get("class") != "term" and not (asks and child.tag == "ul"):
                self._walk(child, in_block, shown)
            if in_block and child.tail:
                child.tail = self._split(element, index + 1, child.tail, shown)
            index += 1

    def _split(self, parent: ET.Element, at: int, text: str, shown: dict[str, str]) -> str:
        """Insert a button in ``parent`` at ``at`` for the first new term in ``text``.

        Returns the text before it; the text after it becomes the button's tail.
        """
        for match in self.pattern.finditer(text):
            key, before = self.by_word[match[1]], text[: match.start()]
            # what attr_list will take stands there still: {: aria-label="…" }
            if key in shown or before.rfind("{:") > before.rfind("}"):
                continue
            shown[key] = match[1]
            button = ET.Element(
                "button", {"type": "button", "class": "term", "popovertarget": f"ord-{key}"}
            )
            button.text = AtomicString(match[0])
            button.tail = AtomicString(text[match.end() :])
            parent.insert(at, button)
            return AtomicString(before)
        return text
