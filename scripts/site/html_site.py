"""The pages that MkDocs wrote: parsed on demand, changed by the page steps, written once.

Between steps a page is kept as a string (a tree uses 20 times the memory), so each step that goes
through the pages parses them again.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode

ORIGIN = "https://site.invalid/"  # RFC 2606: the site's root while links are resolved
PRE = re.compile(r"(<pre\b.*?</pre>)", re.DOTALL)  # a whole <pre> element
# Elements whose text begins on a line of its own.
BLOCK_NAMES = """
    blockquote br caption dd details div dl dt figcaption h1 h2 h3 h4 h5 h6 label li ol p pre
    section summary table td th tr ul
"""
BLOCKS = frozenset(BLOCK_NAMES.split())


def one_line(text: str) -> str:
    """Return ``text`` on one line: white space collapsed, composed (NFC), without soft hyphens."""
    return " ".join(unicodedata.normalize("NFC", text).replace("\u00ad", "").split())


def text_of(node: LexborNode) -> str:
    """Return a node's text on one line (see one_line)."""
    return one_line(node.text())


@dataclass
class Section:
    """The part of a page that one anchor leads to: its head and all nodes before the next head.

    ``nodes`` are whole elements that contain no head, and text nodes between them. They belong to
    the page's tree: they become invalid when the tree is changed or released.
    """

    head: LexborNode | None = None  # None: before the page's first
    nodes: list[LexborNode] = field(default_factory=list)
    has_excluded: bool = False  # whether at least one excluded node was here
    excluded_ids: Set[int] = frozenset()  # mem_ids of the excluded nodes

    @property
    def id(self) -> str:
        """The head's id; "" for a head without one, and before the first head."""
        return (self.head and self.head.id) or ""

    @property
    def level(self) -> int:
        """1–6 if the head is a heading, else 0."""
        tag = (self.head and self.head.tag) or ""
        return int(tag[1]) if re.fullmatch("h[1-6]", tag) else 0

    @property
    def heading(self) -> str:
        """The head's text on one line, without excluded nodes; "" before the first head."""
        return " ".join(lines_of([self.head], self.excluded_ids)) if self.head else ""

    @property
    def lines(self) -> list[str]:
        """The text below the head, a line for each block."""
        return lines_of(self.nodes, self.excluded_ids)


def _append_children(
    parent: LexborNode,
    section: Section,
    sections: list[Section],
    head_ids: Set[int],
    ancestor_ids: Set[int],
) -> Section:
    """Append the child nodes of ``parent`` to ``section``. At each head begin a new section, append
    that to ``sections``, and go on with it. Return the section that the node after ``parent``
    belongs to.

    At module level, because a recursive closure keeps the tree alive (reference cycle).

    Args:
        head_ids: mem_ids of the heads.
        ancestor_ids: mem_ids of the elements that contain a head.
    """
    for node in parent.iter(include_text=True):
        if node.mem_id in section.excluded_ids:
            section.has_excluded = True
        elif node.mem_id in head_ids:
            section = Section(node, excluded_ids=section.excluded_ids)
            sections.append(section)
        elif node.mem_id in ancestor_ids:
            last_inside = _append_children(node, section, sections, head_ids, ancestor_ids)
            if node.tag != "table":  # the text after a table isn't about its last row
                section = last_inside
        else:
            section.nodes.append(node)
    return section


def lines_of(nodes: Iterable[LexborNode], excluded_ids: Set[int] = frozenset()) -> list[str]:
    """Return the text of ``nodes``, one line for each block, without empty lines. An excluded node
    becomes a space, so that it doesn't join the words beside it.

    ``excluded_ids``: mem_ids of the excluded nodes.
    """
    lines = [""]
    _append_text(nodes, lines, excluded_ids)
    return [line for line in map(one_line, lines) if line]


def _append_text(nodes: Iterable[LexborNode], lines: list[str], excluded_ids: Set[int]) -> None:
    """Append the text of ``nodes`` and their descendants to the last of ``lines``; begin a new line
    before and after each block."""
    for node in nodes:
        if node.mem_id in excluded_ids:
            lines[-1] += " "
        elif node.tag == "-text":
            lines[-1] += node.text_content or ""
        else:
            is_block = node.tag in BLOCKS
            if is_block:
                lines.append("")
            _append_text(node.iter(include_text=True), lines, excluded_ids)
            if is_block:
                lines.append("")


def file_of(address: str) -> str:
    """Return the path of the file served at ``address``: "a/b/index.html" for "a/b/"."""
    return f"{address}index.html" if address.endswith("/") or not address else address


class HtmlPage:
    """A page of the built site.

    ``address``: relative to the site's root: "a/b/", "" for the start page, "404.html".
    ``held``: its HTML, as text, as bytes in UTF-8, or parsed.
    """

    def __init__(self, address: str, held: str | bytes | LexborHTMLParser) -> None:
        self.address = address
        self._held = held

    @property
    def tree(self) -> LexborHTMLParser:
        """The parsed page."""
        if not isinstance(self._held, LexborHTMLParser):
            self._held = LexborHTMLParser(self._held)
        return self._held

    def release_tree(self) -> None:
        """Serialise the page, and drop its tree: references to its nodes become invalid. The page
        is then held as UTF-8, which is half of the size of a str."""
        if isinstance(self._held, LexborHTMLParser):
            self._held = self._held.html or ""
        if isinstance(self._held, str):
            self._held = self._held.encode()

    @property
    def root_prefix(self) -> str:
        """The relative URL of the site's root: "../../", "" for the start page."""
        return "../" * self.address.count("/")

    @property
    def file(self) -> str:
        """The path of its file, relative to the site's root."""
        return file_of(self.address)

    def resolve(self, href: str) -> str:
        """Return the target of a link on the page, relative to the site's root: "a/b/#c". A URL
        with a scheme is returned unchanged."""
        return urljoin(ORIGIN + self.address, href).removeprefix(ORIGIN)

    @property
    def content(self) -> LexborNode:
        """The element with the page's own text: #innehall, else <main>, else the body."""
        content = self.find("#innehall") or self.find("main") or self.tree.body
        assert content is not None, "the parser adds a missing body"
        return content

    def find(self, selector: str) -> LexborNode | None:
        """Return the first element that a CSS selector matches, or None."""
        return self.tree.css_first(selector)

    def select_required(self, selector: str) -> LexborNode:
        """Return the first element that a CSS selector matches. Raises LookupError for none."""
        node = self.find(selector)
        if node is None:
            raise LookupError(f"{self.address or 'index.html'}: {selector}")
        return node

    def sections(self, heads: str, excluded: str = "") -> list[Section]:
        """Return the content's sections. Each begins at a head, an element that the CSS selector
        ``heads`` matches; before them is a section with what precedes the first head.

        Nodes after a table belong to the section around the table, not to the last head in the
        table. Nothing is cached: steps change the page, and a removed node can't be read.

        ``excluded``: a CSS selector of elements to leave out with all that is in them, heads too.
        """
        root = self.content
        heads_by_id = {node.mem_id: node for node in root.css(heads)}
        excluded_ids = {node.mem_id for node in root.css(excluded)} if excluded else set[int]()
        ancestor_ids = {root.mem_id}
        for head in heads_by_id.values():
            parent = head.parent
            # stops at an ancestor of an earlier head: those above it are in the set already
            while parent is not None and parent.mem_id not in ancestor_ids:
                ancestor_ids.add(parent.mem_id)
                parent = parent.parent
        sections = [Section(excluded_ids=excluded_ids)]
        _append_children(root, sections[0], sections, heads_by_id.keys(), ancestor_ids)
        return sections

    def add_to_head(self, html: str) -> None:
        """Append HTML to the page's head."""
        head = self.select_required("head")
        for node in nodes_of(html):
            head.insert_child(node)

    def serialize(self) -> str:
        """Return the page as HTML (HTML Standard, 13.3), without indentation. Drop its tree:
        references to its nodes become invalid."""
        text = self.tree.html or ""
        self._held = text
        return unindented(text) + "\n"


def unindented(text: str) -> str:
    """Return HTML without indentation and empty lines; <pre> is unchanged."""
    parts = PRE.split(text)
    for index in range(0, len(parts), 2):  # every other part is a <pre>
        first, *lines = parts[index].split("\n")
        if lines:
            # Keep the first and the last line, also if they are empty, and the space on their
            # outer sides: there they are beside a <pre>.
            stripped = [line.strip() for line in lines[:-1]]
            not_empty = [line for line in stripped if line]
            parts[index] = "\n".join([first.rstrip(), *not_empty, lines[-1].lstrip()])
    return "".join(parts)


def nodes_of(html: str) -> list[LexborNode]:
    """Parse an HTML fragment; return its top-level nodes, text nodes included."""
    root = LexborHTMLParser(html, is_fragment=True).root
    return list(root.iter(include_text=True)) if root else []


def prepend_html(element: LexborNode, html: str) -> None:
    """Insert HTML before the first child of an element."""
    first = element.first_child
    for node in nodes_of(html):
        if first is None:
            element.insert_child(node)
        else:
            first.insert_before(node)


def insert_html_after(element: LexborNode, html: str) -> None:
    """Insert HTML after an element."""
    # the last node first: each is inserted right after the element
    for node in reversed(nodes_of(html)):
        element.insert_after(node)


def replace_with_html(element: LexborNode, html: str) -> None:
    """Replace an element with HTML."""
    insert_html_after(element, html)
    element.decompose()


class HtmlSite:
    """The folder that MkDocs wrote: its pages in memory by address, its other files on disk.

    ``root``: the folder. ``url``: the site's public URL, as an attribute with "/" at its end.
    """

    def __init__(self, root: Path, url: str = "") -> None:
        self.root = root
        self.url = url.rstrip("/") + "/"
        self.pages: dict[str, HtmlPage] = {}
        for file in sorted(root.rglob("*.html")):
            name = file.relative_to(root).as_posix()
            address = name.removesuffix("index.html") if file.name == "index.html" else name
            self.pages[address] = HtmlPage(address, file.read_bytes())

    def file(self, address: str) -> Path:
        """Return the path of the file served at ``address``."""
        return self.root / file_of(address)

    def iter_pages(self) -> Iterator[HtmlPage]:
        """Yield every page; release its tree when the next page is asked for."""
        for page in self.pages.values():
            yield page
            page.release_tree()

    def add(self, address: str, text: str) -> None:
        """Add or replace a page in memory; it is written with the others at the end. ``text``: its
        HTML."""
        self.pages[address] = HtmlPage(address, text)

    def write(self, address: str, data: str | bytes) -> None:
        """Write the file served at ``address``, such as "a/" or "assets/b.css"; text as UTF-8, with
        line feeds on every system."""
        file = self.file(address)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))
