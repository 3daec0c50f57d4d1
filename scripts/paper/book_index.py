"""The book's index: every place of each explained word. Which pages they are on Typst knows."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from itertools import zip_longest

from lxml import html

from scripts.core.swedish import swedish_order, word_forms
from scripts.paper.sections import Element, SitePage, has_class, level


class Index:
    """The words that ``pages`` explain, and where they stand."""

    def __init__(self, pages: Iterable[SitePage]) -> None:
        self.keys: dict[str, str] = {}  # a word as it may be written → its key
        self.names: dict[str, str] = {}
        self.places: dict[str, list[tuple[str, bool]]] = {}  # key → (id, whether it is told there)
        for key, (word, _) in (row for page in pages for row in page.words.items()):
            self.names.setdefault(key, word)
            self.keys[word] = self.keys[word[0].upper() + word[1:]] = key
        self.pattern = word_forms(self.keys)

    def told(self, heading: str, own: str) -> None:
        """Note the words of a ``heading`` that has the id ``own``."""
        for match in self.pattern.finditer(heading):
            self.places.setdefault(self.keys[match[1]], []).append((own, True))

    def mark(self, element: Element, telling: bool = False) -> None:
        """Give each word in ``element`` an id. ``telling``: a heading, or where it is defined."""
        if not isinstance(element.tag, str) or element.tag in ("sup", "svg", "img"):
            return
        if has_class(element, "paper-address"):
            return
        telling = telling or bool(level(element)) or element.tag == "dt"
        children = list(element)
        element.text = self._split(element, 0, element.text, telling)
        for child in children:
            self.mark(child, telling)
            child.tail = self._split(element, element.index(child) + 1, child.tail, telling)

    def _split(self, parent: Element, at: int, text: str | None, telling: bool) -> str | None:
        """Put the words of ``text`` in ``parent`` from ``at``; return what stands before them."""
        found = list(self.pattern.finditer(text or ""))
        for match, following in reversed(list(zip_longest(found, found[1:]))):
            span = html.Element("span")
            span.text = match[0]
            span.tail = match.string[match.end() : following.start() if following else None]
            parent.insert(at, span)
        for offset, match in enumerate(found):
            key = self.keys[match[1]]
            places = self.places.setdefault(key, [])
            places.append((f"ord-{key}-{len(places) + 1}", telling))
            parent[at + offset].set("id", places[-1][0])
        return text[: found[0].start()] if text and found else text

    def section(self, own: str, heading: str) -> str:
        """Return the index as HTML, its heading with the id ``own``: a line a word."""
        rows = "".join(
            f"<p>{escape(self.names[key])} "
            + ", ".join(
                f'<a class="page-number{" telling" if telling else ""}" href="#{place}"></a>'
                for place, telling in self.places[key]
            )
            + "</p>"
            for key in sorted(self.places, key=lambda key: swedish_order(self.names[key]))
        )
        note = (  # handouts.typ chooses, as it knows the pages
            "Ett ord som står på fler än tolv sidor har den första, och dem där det förklaras "
            "eller står i en rubrik."
        )
        return (
            f'<section class="index"><h2 id="{own}">{heading}</h2><p>{note}</p>'
            f'<div class="words-list">{rows}</div></section>'
        )
