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
from itertools import pairwise

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.util import AtomicString

from scripts.content.contacts import Contact, contacts_by_number
from scripts.content.field_types import PAGE_KINDS, PROCEDURE, page_kind_of
from scripts.content.macros import unmarked_sources
from scripts.content.markdown import cited
from scripts.content.page import Page
from scripts.content.procedure import steps_of
from scripts.content.sources import oldest_reading_date
from scripts.core import phone
from scripts.core.templates import template_renderer
from scripts.render.macro import PageTreeprocessor
from scripts.render.sources import paper_address, source_dates

render_template = template_renderer(__file__, "html")

# Kinds of pages that show citation numbers; "" is a page without a kind.
KINDS_WITH_MARKERS = {"", *PAGE_KINDS} - {PROCEDURE, "ring", "lista", "ord", "personen"}
UNKNOWN_SOURCE = 'källan "%s" finns inte i docs/_data/sources.yml'
UNKNOWN_CONTACT = 'kontakten "%s" finns inte i docs/_data/contacts.yml, eller saknar nummer'
ATTRIBUTES = re.compile(r"\s*\{\s*[:#][^}]*\}\s*$")  # at the end of a heading's text
log = logging.getLogger("mkdocs.plugins.registers")


class CitationPattern(InlineProcessor):
    """Replaces ``[@key]`` by an empty <sup>, which SourceTreeprocessor numbers later."""

    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(self, m: re.Match[str], _: str) -> tuple[ET.Element, int, int]:  # type: ignore[override]  # noqa: N802
        return _marker(" ".join(cited(m[0]))), m.start(0), m.end(0)


class PhonePattern(InlineProcessor):
    """Replaces a phone number of contacts.yml in running text by a ``tel:`` link."""

    ANCESTOR_EXCLUDES = ("a", "h1", "h2", "h3", "h4", "h5", "h6")

    def __init__(self, md: Markdown, contacts: Mapping[str, Contact]) -> None:
        self.contacts = contacts_by_number(contacts)
        super().__init__(phone.known_pattern(self.contacts), md)

    def handleMatch(self, m: re.Match[str], _: str) -> tuple[ET.Element, int, int]:  # type: ignore[override]  # noqa: N802
        link = ET.Element("a", _phone_attributes(self.contacts[m[1]]))
        link.text = AtomicString(m[1])
        return link, m.start(0), m.end(0)


class SourceTreeprocessor(PageTreeprocessor):
    """Numbers the citations in reading order and writes the source list at the page's foot."""

    def run(self, root: ET.Element) -> None:
        self.sources = self.content.registers.sources
        self._cite_links(root)
        _merge_adjacent_markers(root)
        used: dict[str, None] = {}  # source keys, in reading order
        keys_by_anchor: dict[str, dict[str, None]] = {}  # heading id → source keys cited below it
        heading_texts: dict[str, str] = {}  # heading id → heading text, in reading order
        anchor = ""
        for element in list(root.iter()):
            if element.tag in ("h2", "h3") and heading_id(element):
                anchor = heading_id(element)
                heading_texts[anchor] = ATTRIBUTES.sub("", "".join(element.itertext()))
            if element.tag == "sup" and "data-keys" in element.attrib:
                keys = element.attrib.pop("data-keys").split()
                self._number_marker(element, keys, used)
                keys_by_anchor.setdefault(anchor, {}).update(dict.fromkeys(keys))
        shows_markers = self.page is None or self._shows_markers(self.page)
        if not shows_markers:
            _remove_markers(root)
        if self.page:
            # sources of records that the page shows without a citation, such as checklist rows
            for key in unmarked_sources(self.page, self.content.registers):
                if key in self.sources:
                    used.setdefault(key)
        if not used:
            return
        rows: list[tuple[str, str, list[str]]] = []
        if not shows_markers:
            rows = self._keys_by_heading(used, keys_by_anchor, heading_texts)
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

    def _shows_markers(self, page: Page) -> bool:
        kind = page_kind_of(page.address, self.content.page_kinds)
        return not page.meta.easy and kind in KINDS_WITH_MARKERS

    def _keys_by_heading(
        self,
        used: Iterable[str],
        keys_by_anchor: Mapping[str, Iterable[str]],
        heading_texts: Mapping[str, str],
    ) -> list[tuple[str, str, list[str]]]:
        """Return the source list by heading, as (heading id, heading text, source keys).

        A step's heading text begins with its number: "3. Ring". A last row with the id "" has the
        sources that are cited under no heading. Empty where no heading has a citation below it.
        """
        steps = steps_of(self.page) if self.page else ()
        step_numbers = {step.key.partition("#")[2]: f"{step.number}. " for step in steps}
        rows = []
        remaining = dict.fromkeys(used)
        for anchor, text in heading_texts.items():
            keys = [key for key in keys_by_anchor.get(anchor, ()) if key in self.sources]
            if keys:
                rows.append((anchor, step_numbers.get(anchor, "") + text, keys))
            for key in keys:
                remaining.pop(key, None)
        if rows and remaining:
            rows.append(("", "", list(remaining)))
        return rows

    def _cite_links(self, root: ET.Element) -> None:
        """Resolve ``kontakt:`` and ``kalla:`` links; add a citation after each ``kalla:`` link and
        after the first appearance of each contact's number."""
        self._resolve_contact_links(root)
        self._resolve_source_links(root)
        cited_contacts: set[str] = set()
        # in reading order, and after the citations of the text itself have been added
        parents = {child: parent for parent in root.iter() for child in parent}
        for link in [a for a in root.iter("a") if "data-contact" in a.attrib]:
            contact = link.attrib["data-contact"]
            if contact not in cited_contacts:
                self._cite_number(link, self.content.registers.contacts[contact].source, parents)
            cited_contacts.add(contact)

    def _cite_number(
        self, link: ET.Element, key: str, parents: dict[ET.Element, ET.Element]
    ) -> None:
        """Add a citation of the source ``key`` near a ``tel:`` link, unless its block has one.

        The marker follows words, never the number: a copied number would get its digit.
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
        """Make each ``kalla:KEY`` link lead to the source's URL, and add a citation after it."""
        for parent in list(root.iter()):
            for index, child in reversed(list(enumerate(parent))):
                scheme, _, key = child.get("href", "").partition(":")
                if child.tag != "a" or scheme != "kalla":
                    continue
                if key not in self.sources:
                    log.warning(UNKNOWN_SOURCE, key)
                    continue
                child.set("href", self.sources[key].url)
                marker = _marker(key)
                marker.tail = child.tail
                child.tail = None
                parent.insert(index + 1, marker)

    def _resolve_contact_links(self, root: ET.Element) -> None:
        """Make each ``kontakt:KEY`` link a ``tel:`` link to that contact's number."""
        contacts = self.content.registers.contacts
        for link in root.iter("a"):
            scheme, _, key = link.get("href", "").partition(":")
            if scheme != "kontakt":
                continue
            if key in contacts and contacts[key].phone:
                link.attrib.update(_phone_attributes(contacts[key]))
            else:
                log.warning(UNKNOWN_CONTACT, key)

    def _number_marker(self, sup: ET.Element, keys: list[str], used: dict[str, None]) -> None:
        """Write the numbers of the sources ``keys`` in a marker, each a link to the source list.

        A source gets the next number where it is cited first; ``used`` is extended with it.
        """
        for key in keys:
            if len(sup):
                sup[-1].tail = AtomicString(", ")
            if key not in self.sources:
                log.warning(UNKNOWN_SOURCE, key)
                sup.text = AtomicString(f"[okänd källa: {key}]")
                continue
            used.setdefault(key)
            number = str(list(used).index(key) + 1)
            link = ET.SubElement(sup, "a", {"href": f"#kalla-{key}", "tabindex": "-1"})
            link.set("role", "doc-noteref")
            link.set("aria-label", f"källa {number}")
            link.text = AtomicString(number)

    def _insert_law_date(self, root: ET.Element, used: Iterable[str]) -> None:
        """Insert the date when the cited statutes were read after the title.

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
    """Return a heading's id, or "". Before attr_list has run it is in the text: "Ring {#ring}"."""
    match = re.search(r"\{\s*#([^\s}]+)", "".join(heading.itertext()))
    return match[1] if match else heading.get("id", "")


def _remove_markers(root: ET.Element) -> None:
    """Remove the citation markers of a page; keep the text that follows each."""
    for parent in list(root.iter()):
        for index in reversed(range(len(parent))):
            child = parent[index]
            if child.tag != "sup" or child.get("class") != "cite":
                continue
            text_after = child.tail or ""
            if index:
                parent[index - 1].tail = (parent[index - 1].tail or "") + text_after
            else:
                parent.text = (parent.text or "") + text_after
            parent.remove(child)


def _marker_candidates(
    block: ET.Element, parents: dict[ET.Element, ET.Element]
) -> Iterator[ET.Element]:
    """Yield the elements that may hold a number's marker, the nearest first.

    They are ``block`` itself, then the other cells of its row, or the blocks after and before it;
    of a list, its first item.
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
    """Return the paragraph, list item or cell around ``element``."""
    while element in parents and element.tag not in ("p", "li", "td", "th", "dd"):
        element = parents[element]
    return element


def _has_marker(block: ET.Element, key: str) -> bool:
    """Return whether ``block`` already cites the source ``key``."""
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
