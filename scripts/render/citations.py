"""Citations: a number in the text, the source at the page's foot.

Only pages of law and of explanations show the numbers (``MARKED``). The others list their sources
by heading, at the foot. A number is no tab stop: the list is reached with one, and rules would have
three hundred.
"""

from __future__ import annotations

import logging
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.util import AtomicString

from scripts.content.contacts import Contact, spellings
from scripts.content.field_types import ACT, PAGE_KINDS, kind_of
from scripts.content.macros import unmarked_sources
from scripts.content.markdown import cited
from scripts.content.page import Page
from scripts.content.procedure import steps_of
from scripts.content.sources import law_read
from scripts.core import phone
from scripts.core.templates import template_renderer
from scripts.render.macro import PageTreeprocessor
from scripts.render.sources import paper_address, source_dates

render_template = template_renderer(__file__, "html")

# Kinds of pages that are read with the law beside them: "" is a page that doesn't say.
MARKED = {"", *PAGE_KINDS} - {ACT, "ring", "lista", "ord", "personen"}
UNKNOWN = 'källan "%s" finns inte i docs/_data/sources.yml'
UNKNOWN_CONTACT = 'kontakten "%s" finns inte i docs/_data/contacts.yml, eller saknar nummer'
ATTRIBUTES = re.compile(r"\s*\{\s*[:#][^}]*\}\s*$")  # at the end of a heading's text
log = logging.getLogger("mkdocs.plugins.registers")


class CitationPattern(InlineProcessor):
    """``[@key]`` → an empty <sup> that SourceTreeprocessor numbers when it has the whole page."""

    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(self, m: re.Match[str], _: str) -> tuple[ET.Element, int, int]:  # type: ignore[override]  # noqa: N802
        return _mark(" ".join(cited(m[0]))), m.start(0), m.end(0)


class PhonePattern(InlineProcessor):
    """A registered number in running text → a tel: link."""

    ANCESTOR_EXCLUDES = ("a", "h1", "h2", "h3", "h4", "h5", "h6")

    def __init__(self, md: Markdown, contacts: Mapping[str, Contact]) -> None:
        self.contacts = spellings(contacts)
        super().__init__(phone.known_pattern(self.contacts), md)

    def handleMatch(self, m: re.Match[str], _: str) -> tuple[ET.Element, int, int]:  # type: ignore[override]  # noqa: N802
        link = ET.Element("a", _call(self.contacts[m[1]]))
        link.text = AtomicString(m[1])
        return link, m.start(0), m.end(0)


class SourceTreeprocessor(PageTreeprocessor):
    """Numbers the citations in reading order and writes the source list at the page's foot."""

    def run(self, root: ET.Element) -> None:
        self.sources = self.content.registers.sources
        self._cite_links(root)
        _join_cites(root)
        used: dict[str, None] = {}  # source keys, in reading order
        by_heading: dict[str, dict[str, None]] = {}  # a heading's id → keys cited below it
        names: dict[str, str] = {}  # a heading's id → its words
        heading = ""
        for element in list(root.iter()):
            if element.tag in ("h2", "h3") and (own := heading_id(element)):
                heading, names[own] = own, ATTRIBUTES.sub("", "".join(element.itertext()))
            keys = element.attrib.pop("data-keys", None) if element.tag == "sup" else None
            if keys is not None:
                self._fill(element, keys.split(), used)
                by_heading.setdefault(heading, {}).update(dict.fromkeys(keys.split()))
        marked = self.page is None or self._is_marked(self.page)
        if not marked:
            _unmark(root)
        # what a checklist's rows rest on, say, stands in the list alone
        for key in unmarked_sources(self.page, self.content.registers) if self.page else ():
            if key in self.sources:
                used.setdefault(key)
        if used:
            foot = render_template(
                "list",
                used=used,
                sources=self.sources,
                rows=[] if marked else self._rows(used, by_heading, names),
                dates=source_dates,
                paper_address=paper_address,
            )
            root.append(ET.fromstring(foot))
            self._stamp(root, used)

    def _is_marked(self, page: Page) -> bool:
        return not page.meta.easy and kind_of(page.address, self.content.page_kinds) in MARKED

    def _rows(
        self,
        used: Iterable[str],
        by_heading: Mapping[str, Iterable[str]],
        names: Mapping[str, str],
    ) -> list[tuple[str, str, list[str]]]:
        """Return the rows of the foot's list by heading: (the heading's id, its words with the
        step's number, source keys), then one without id for what is cited elsewhere. Empty where
        nothing is cited below a heading."""
        steps = steps_of(self.page) if self.page else ()
        numbers = {step.key.partition("#")[2]: f"{step.number}. " for step in steps}
        rows = []
        left = dict.fromkeys(used)
        for anchor, name in names.items():
            keys = [key for key in by_heading.get(anchor, ()) if key in self.sources]
            if keys:
                rows.append((anchor, numbers.get(anchor, "") + name, keys))
            for key in keys:
                left.pop(key, None)
        if rows and left:
            rows.append(("", "", list(left)))
        return rows

    def _cite_links(self, root: ET.Element) -> None:
        """Resolve ``kontakt:`` and ``kalla:`` links; add a citation after each ``kalla:`` link and
        after the first appearance of each contact's number."""
        self._link_contacts(root)
        shown: set[str] = set()
        for parent in list(root.iter()):
            for index, child in reversed(list(enumerate(parent))):
                scheme, _, key = child.get("href", "").partition(":")
                if child.tag != "a" or scheme != "kalla":
                    continue
                if key not in self.sources:
                    log.warning(UNKNOWN, key)
                    continue
                child.set("href", self.sources[key].url)
                mark = _mark(key)
                mark.tail, child.tail = child.tail, None
                parent.insert(index + 1, mark)
        # In reading order, so that the first one is the first.
        parents = {child: parent for parent in root.iter() for child in parent}
        for link in [a for a in root.iter("a") if "data-contact" in a.attrib]:
            contact = link.attrib["data-contact"]
            key = self.content.registers.contacts[contact].source
            block = _block(link, parents)
            row = parents[block] if block.tag in ("td", "th") else block
            # Who copies a number would get the mark's digit with it: the mark ends the words.
            if contact not in shown and not _cites(row, key):
                place = next((b for b in _word_blocks(block, parents) if _ends_in_words(b)), None)
                if place is None:
                    log.warning('numret "%s" står utan ord som bär källan', link.text)
                elif not _cites(place, key):
                    place.append(_mark(key))
            shown.add(contact)

    def _link_contacts(self, root: ET.Element) -> None:
        """Make each ``kontakt:KEY`` link a ``tel:`` link to that contact's number."""
        contacts = self.content.registers.contacts
        for link in root.iter("a"):
            scheme, _, key = link.get("href", "").partition(":")
            if scheme != "kontakt":
                continue
            if key in contacts and contacts[key].phone:
                link.attrib.update(_call(contacts[key]))
            else:
                log.warning(UNKNOWN_CONTACT, key)

    def _fill(self, sup: ET.Element, keys: list[str], used: dict[str, None]) -> None:
        """Write the numbers of ``keys`` in a mark, each a link to its source."""
        for key in keys:
            if len(sup):
                sup[-1].tail = AtomicString(", ")
            if key not in self.sources:
                log.warning(UNKNOWN, key)
                sup.text = AtomicString(f"[okänd källa: {key}]")
                continue
            used.setdefault(key)
            number = str(list(used).index(key) + 1)
            link = ET.SubElement(sup, "a", {"href": f"#kalla-{key}", "tabindex": "-1"})
            link.set("role", "doc-noteref")
            link.set("aria-label", f"källa {number}")
            link.text = AtomicString(number)

    def _stamp(self, root: ET.Element, used: Iterable[str]) -> None:
        """Put the day when the law behind the page was read after the title. Of a built page,
        site/page_chrome.py moves it to the review dates at the foot."""
        day = law_read(used, self.sources)
        heading = root.find("h1")
        if day and heading is not None:
            root.insert(
                list(root).index(heading) + 1, ET.fromstring(render_template("stamp", day=day))
            )


def _call(contact: Contact) -> dict[str, str]:
    """Return the attributes of a link that calls a contact."""
    return {"class": "tel", "href": phone.uri(contact.phone), "data-contact": contact.key}


def heading_id(heading: ET.Element) -> str:
    """Return a heading's id, which is still a part of its text: attr_list comes later."""
    found = re.search(r"\{\s*#([^\s}]+)", "".join(heading.itertext()))
    return found[1] if found else heading.get("id", "")


def _unmark(root: ET.Element) -> None:
    """Take the marks away, for readers to whom a small digit is one more thing to understand; the
    list at the foot stays."""
    for parent in list(root.iter()):
        for place in reversed(range(len(parent))):
            child = parent[place]
            if child.tag != "sup" or child.get("class") != "cite":
                continue
            if place:
                parent[place - 1].tail = (parent[place - 1].tail or "") + (child.tail or "")
            else:
                parent.text = (parent.text or "") + (child.tail or "")
            parent.remove(child)


def _word_blocks(block: ET.Element, parents: dict[ET.Element, ET.Element]) -> Iterator[ET.Element]:
    """Yield ``block`` and then what stands beside it: cells of its row, or the next blocks."""
    yield block
    beside = list(parents.get(block, ()))
    at = beside.index(block) if block in beside else 0
    row = [*reversed(beside[:at]), *beside[at + 1 :]]
    blocks = [*beside[at + 1 : at + 2], *beside[max(at - 1, 0) : at]]
    for other in row if block.tag in ("td", "th") else blocks:
        yield next((e for e in other.iter("li")), other)


def _ends_in_words(block: ET.Element) -> bool:
    """Whether a mark at the end of ``block`` stands after words or a full stop, not a digit."""
    text = re.sub(r"\{:[^}]*\}", "", "".join(block.itertext()))  # attr_list comes later
    return bool(re.search(r"(?:[^\W\d]\W*|[.!?)]\s*)$", text))


def _block(element: ET.Element, parents: dict[ET.Element, ET.Element]) -> ET.Element:
    """Return the paragraph, list item or cell around ``element``."""
    while element in parents and element.tag not in ("p", "li", "td", "th", "dd"):
        element = parents[element]
    return element


def _cites(block: ET.Element, key: str) -> bool:
    return any(key in sup.get("data-keys", "").split() for sup in block.iter("sup"))


def _mark(key: str) -> ET.Element:
    return ET.Element("sup", {"class": "cite", "data-keys": key})


def _join_cites(root: ET.Element) -> None:
    """Make one mark of those with nothing between them: "1, 4", not "14"."""
    for parent in root.iter():
        for before, sup in pairwise(list(parent)):
            if sup.get("data-keys") and before.get("data-keys") and not (before.tail or "").strip():
                both = [*before.get("data-keys", "").split(), *sup.get("data-keys", "").split()]
                sup.set("data-keys", " ".join(dict.fromkeys(both)))
                parent.remove(before)
