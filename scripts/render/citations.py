"""Citations: a number in the text, and the source in a list at the page's foot.

Only pages of law and of explanations show the numbers (``KINDS_WITH_MARKERS``). The others list
their sources by heading, at the foot. A number is not a tab stop, only the list is: a page of rules
would have three hundred.
"""

from __future__ import annotations

import logging
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.util import AtomicString

from scripts.content.contacts import Contact, contacts_by_number
from scripts.content.field_types import PAGE_KINDS, PROCEDURE, page_kind_of
from scripts.content.markdown import cited_keys
from scripts.content.page import Page
from scripts.content.procedure import steps_of
from scripts.content.sources import oldest_reading_date
from scripts.content.used_sources import unmarked_sources
from scripts.core import phone
from scripts.core.templates import template_renderer
from scripts.render.macro import PageTreeprocessor
from scripts.render.sources import paper_address, source_dates

render_template = template_renderer(__file__, "html")

# Kinds of pages that show citation numbers; "" is a page without a kind.
KINDS_WITH_MARKERS = {"", *PAGE_KINDS} - {PROCEDURE, "ring", "lista", "ord", "personen"}
ATTRIBUTES = re.compile(r"\s*\{\s*[:#][^}]*\}\s*$")  # at the end of a heading's text
log = logging.getLogger("mkdocs.plugins.registers")


class CitationPattern(InlineProcessor):
    """Replaces ``[@key]`` by an empty marker, a <sup>, which SourceTreeprocessor numbers later."""

    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(self, m: re.Match[str], _: str) -> tuple[ET.Element, int, int]:  # type: ignore[override]  # noqa: N802
        """Return the marker, and the start and end of the text that it replaces."""
        return _marker(" ".join(cited_keys(m[0]))), m.start(0), m.end(0)


class PhonePattern(InlineProcessor):
    """Replaces a phone number of contacts.yml in running text by a ``tel:`` link."""

    ANCESTOR_EXCLUDES = ("a", "h1", "h2", "h3", "h4", "h5", "h6")

    def __init__(self, md: Markdown, contacts: Mapping[str, Contact]) -> None:
        self.contacts = contacts_by_number(contacts)
        super().__init__(phone.known_pattern(self.contacts), md)

    def handleMatch(self, m: re.Match[str], _: str) -> tuple[ET.Element, int, int]:  # type: ignore[override]  # noqa: N802
        """Return the link, and the start and end of the text that it replaces."""
        link = ET.Element("a", _phone_attributes(self.contacts[m[1]]))
        link.text = AtomicString(m[1])
        return link, m.start(0), m.end(0)


@dataclass
class CitedSection:
    """A heading with the sources that are cited below it, before the next heading."""

    anchor: str  # the heading's id; "" before the first heading
    heading: str
    keys: dict[str, None] = field(default_factory=dict)  # of sources, in reading order


class SourceTreeprocessor(PageTreeprocessor):
    """Numbers the citations in reading order and writes the source list at the page's foot."""

    def run(self, root: ET.Element) -> None:
        """Number the citations in place, or remove them from a page that shows no numbers. Then
        append the source list, and insert the date of the law after the title."""
        self.sources = self.content.registers.sources
        self._cite_links(root)
        _merge_adjacent_markers(root)
        sections = self._number_markers(root)
        used = dict.fromkeys(key for section in sections for key in section.keys)
        if self.page:
            # sources of records that the page shows without a citation, such as checklist rows
            for key in unmarked_sources(self.page, self.content.registers):
                if key in self.sources:
                    used.setdefault(key)
        rows: list[CitedSection] = []
        if self.page and not self._shows_markers(self.page):
            _remove_markers(root)  # now that the sections' sources are known
            rows = self._rows_of_source_list(sections, used)
        if not used:
            return
        source_list = render_template(
            "list",
            used=used,
            sources=self.sources,
            rows=rows,
            dates=source_dates,
            paper_address=paper_address,
        )
        root.append(ET.fromstring(source_list))
        self._insert_law_date(root, used)

    def _number_markers(self, root: ET.Element) -> list[CitedSection]:
        """Write the numbers of the sources in each marker. Return the page's sections, each with
        the keys of the sources cited in it. A source gets the next number where it is cited first.
        """
        numbers: dict[str, int] = {}  # by source key
        sections = [CitedSection(anchor="", heading="")]  # the text before the first heading
        for element in list(root.iter()):
            if element.tag in ("h2", "h3") and heading_id(element):
                text = ATTRIBUTES.sub("", "".join(element.itertext()))
                sections.append(CitedSection(anchor=heading_id(element), heading=text))
            for key in element.attrib.pop("data-keys", "").split():  # none but for a marker
                if key not in self.sources:  # checks/sources.py reports it
                    continue
                sections[-1].keys[key] = None
                number = numbers.setdefault(key, len(numbers) + 1)
                _append_number(element, key, number)
        return sections

    def _shows_markers(self, page: Page) -> bool:
        """Whether the text of a page has citation numbers: not in easy Swedish, nor in pages of
        kinds that aren't in KINDS_WITH_MARKERS."""
        kind = page_kind_of(page.address, self.content.page_kinds)
        return not page.meta.easy and kind in KINDS_WITH_MARKERS

    def _rows_of_source_list(
        self, sections: Iterable[CitedSection], used: Iterable[str]
    ) -> list[CitedSection]:
        """Return the rows of the source list by heading; none if no heading has a citation.

        A step's heading begins with its number: "3. Ring". A last row without a heading has the
        keys in ``used``, those of all the page's sources, that no section cites.
        """
        steps = steps_of(self.page) if self.page else ()
        step_numbers = {step.key.partition("#")[2]: f"{step.number}. " for step in steps}
        rows = []
        remaining = dict.fromkeys(used)
        for section in sections:
            if section.anchor and section.keys:
                heading = step_numbers.get(section.anchor, "") + section.heading
                rows.append(CitedSection(section.anchor, heading, section.keys))
                for key in section.keys:
                    remaining.pop(key, None)
        if rows and remaining:
            rows.append(CitedSection(anchor="", heading="", keys=remaining))
        return rows

    def _cite_links(self, root: ET.Element) -> None:
        """Resolve ``kontakt:`` and ``kalla:`` links. Cite each ``kalla:`` link's source, and each
        contact's source at the first of the page's links to the contact's number."""
        self._resolve_contact_links(root)
        self._resolve_source_links(root)
        cited_contacts: set[str] = set()
        # after the ``kalla:`` links: their markers may already cite the source beside a number
        parents = {child: parent for parent in root.iter() for child in parent}
        for link in [a for a in root.iter("a") if "data-contact" in a.attrib]:
            contact = link.attrib["data-contact"]
            if contact not in cited_contacts:
                self._cite_number(link, self.content.registers.contacts[contact].source, parents)
            cited_contacts.add(contact)

    def _cite_number(
        self, link: ET.Element, key: str, parents: dict[ET.Element, ET.Element]
    ) -> None:
        """Add a citation of the source ``key`` near a ``tel:`` link, unless the block around the
        link cites that source already; of a table the whole row counts.

        The marker follows words, never the number: a copied number would get the marker's digit.
        """
        block = _enclosing_block(link, parents)
        row = parents[block] if block.tag in ("td", "th") else block
        if _has_marker(row, key):
            return
        for candidate in _marker_candidates(block, parents):
            if _can_end_with_marker(candidate):
                if not _has_marker(candidate, key):
                    candidate.append(_marker(key))
                return
        log.warning('numret "%s" står utan ord som bär källan', link.text)

    def _resolve_source_links(self, root: ET.Element) -> None:
        """Make each ``kalla:KEY`` link lead to the source's URL, and add a citation of the source
        after the link."""
        for parent in list(root.iter()):
            # from the last child: an inserted marker moves those after it
            for index, child in reversed(list(enumerate(parent))):
                scheme, _, key = child.get("href", "").partition(":")
                if child.tag != "a" or scheme != "kalla" or key not in self.sources:
                    continue
                child.set("href", self.sources[key].url)
                marker = _marker(key)
                marker.tail = child.tail
                child.tail = None
                parent.insert(index + 1, marker)

    def _resolve_contact_links(self, root: ET.Element) -> None:
        """Make each ``kontakt:KEY`` link, which the templates write, a ``tel:`` link."""
        contacts = self.content.registers.contacts
        for link in root.iter("a"):
            scheme, _, key = link.get("href", "").partition(":")
            if scheme == "kontakt" and key in contacts and contacts[key].phone:
                link.attrib.update(_phone_attributes(contacts[key]))

    def _insert_law_date(self, root: ET.Element, used: Iterable[str]) -> None:
        """Insert, after the title, the oldest day on which one of the cited statutes was read; none
        on a page that cites no statute.

        ``site.page_chrome.move_law_day`` moves it to the review dates at the page's foot.
        """
        day = oldest_reading_date(used, self.sources)
        heading = root.find("h1")
        if day and heading is not None:
            root.insert(
                list(root).index(heading) + 1, ET.fromstring(render_template("stamp", day=day))
            )


def _phone_attributes(contact: Contact) -> dict[str, str]:
    """Return the HTML attributes of a ``tel:`` link to a contact's number."""
    return {"class": "tel", "href": phone.uri(contact.phone), "data-contact": contact.key}


def heading_id(heading: ET.Element) -> str:
    """Return a heading's id, or "". Before attr_list has run, the id is in the heading's text:
    "Ring {#ring}"."""
    match = re.search(r"\{\s*#([^\s}]+)", "".join(heading.itertext()))
    return match[1] if match else heading.get("id", "")


def _append_number(marker: ET.Element, key: str, number: int) -> None:
    """Append the number of the source ``key`` to a marker, as a link to the source list."""
    if len(marker):  # it has a number already: "1, 4"
        marker[-1].tail = AtomicString(", ")
    link = ET.SubElement(marker, "a", {"href": f"#kalla-{key}", "tabindex": "-1"})
    link.set("role", "doc-noteref")
    link.set("aria-label", f"källa {number}")
    link.text = AtomicString(str(number))


def _remove_markers(root: ET.Element) -> None:
    """Remove the citation markers of a page; keep the text that follows each."""
    for parent in list(root.iter()):
        for index in reversed(range(len(parent))):  # a removed child moves those after it
            child = parent[index]
            if child.tag != "sup" or child.get("class") != "cite":
                continue
            text_after = child.tail or ""  # would be removed with its element
            if index:
                parent[index - 1].tail = (parent[index - 1].tail or "") + text_after
            else:
                parent.text = (parent.text or "") + text_after
            parent.remove(child)


def _marker_candidates(
    block: ET.Element, parents: dict[ET.Element, ET.Element]
) -> Iterator[ET.Element]:
    """Yield the elements that may hold the citation of a telephone number in ``block``.

    First ``block`` itself. For a cell, then the other cells of its row: those before it, the
    nearest first, and those after it. For another block, the block after it and the block before
    it. A list stands for its first item.
    """
    yield block
    siblings = list(parents.get(block, ()))
    index = siblings.index(block) if block in siblings else 0
    before = siblings[:index]
    after = siblings[index + 1 :]
    if block.tag in ("td", "th"):
        others = [*reversed(before), *after]
    else:
        others = [*after[:1], *before[-1:]]
    for other in others:
        yield next(other.iter("li"), other)


def _can_end_with_marker(block: ET.Element) -> bool:
    """Whether a source number may follow the text of ``block``: after a word, a full stop, "!", "?"
    or ")". After a digit it would look like a part of the number."""
    text = re.sub(r"\{:[^}]*\}", "", "".join(block.itertext()))  # attr_list comes later
    return bool(re.search(r"(?:[^\W\d]\W*|[.!?)]\s*)$", text))


def _enclosing_block(element: ET.Element, parents: dict[ET.Element, ET.Element]) -> ET.Element:
    """Return the paragraph, list item, cell or definition around ``element``; the root if there is
    none."""
    while element in parents and element.tag not in ("p", "li", "td", "th", "dd"):
        element = parents[element]
    return element


def _has_marker(block: ET.Element, key: str) -> bool:
    """Whether ``block`` cites the source ``key``."""
    return any(key in sup.get("data-keys", "").split() for sup in block.iter("sup"))


def _marker(keys: str) -> ET.Element:
    """Return an unnumbered citation marker of one or more source keys, with spaces between."""
    return ET.Element("sup", {"class": "cite", "data-keys": keys})


def _merge_adjacent_markers(root: ET.Element) -> None:
    """Merge markers with nothing between them into one: "1, 4", not "14"."""
    for parent in root.iter():
        for previous, sup in pairwise(list(parent)):
            previous_keys = previous.get("data-keys", "")
            keys = sup.get("data-keys", "")
            if previous_keys and keys and not (previous.tail or "").strip():
                merged = dict.fromkeys([*previous_keys.split(), *keys.split()])
                sup.set("data-keys", " ".join(merged))
                parent.remove(previous)
