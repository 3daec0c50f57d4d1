"""The built site: each page's nodes, changed by the steps, and written once.

Between the steps a page rests as text: nodes take twenty times the room, and the memory of a build
would grow with the site. Each step that goes through the pages pays with a parsing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode

ORIGIN = "https://site.invalid/"  # RFC 2606: stands for the site while links are resolved
PRE = re.compile(r"(<pre\b.*?</pre>)", re.DOTALL)
LINE_END, INDENT = re.compile(r"[^\S\n]+\n"), re.compile(r"\n\s*")
# Block elements: their text begins on a line of its own.
BLOCKS = {f"h{level}" for level in range(1, 7)}
BLOCKS |= {
    "p",
    "li",
    "td",
    "tr",
    "th",
    "dt",
    "dd",
    "div",
    "section",
    "ul",
    "ol",
    "table",
    "details",
    "summary",
    "pre",
}
BLOCKS |= {"blockquote", "br", "label", "caption", "figcaption"}


def one_line(text: str) -> str:
    """Return a text on one line, composed (NFC), without soft hyphens."""
    return " ".join(unicodedata.normalize("NFC", text).replace("\u00ad", "").split())


def text_of(node: LexborNode) -> str:
    """Return a node's text, as one_line."""
    return one_line(node.text())


@dataclass
class Section:
    """What a link to a place on a page leads to: its head, and what stands there until the next.

    ``nodes`` are whole: elements that no head stands in, and text between them. They are the
    page's own, and stand there only as long as nobody takes them away.
    """

    head: LexborNode | None = None  # None: before the page's first
    nodes: list[LexborNode] = field(default_factory=list)
    skipped: bool = False  # something here was left out
    left_out: Set[int] = frozenset()  # what is, by its mem_id

    @property
    def id(self) -> str:
        return (self.head and self.head.id) or ""

    @property
    def level(self) -> int:
        """1–6 of a heading, 0 for another place, and before the first."""
        return level(self.head) if self.head else 0

    @property
    def heading(self) -> str:
        return " ".join(lines_of([self.head], self.left_out)) if self.head else ""

    @property
    def lines(self) -> list[str]:
        """The text below the head, block by block."""
        return lines_of(self.nodes, self.left_out)


def level(node: LexborNode) -> int:
    """Return 1–6 for a heading, 0 for anything else."""
    tag = node.tag or ""
    return int(tag[1]) if re.fullmatch("h[1-6]", tag) else 0


def _cut(
    parent: LexborNode, section: Section, found: list[Section], starts: Set[int], opened: Set[int]
) -> Section:
    """Put what stands in ``parent`` in ``section``, or in a new one after each of ``starts``;
    return the last. ``opened``: what has one in it. A function within a function would hold itself,
    and the page's tree."""
    for node in parent.iter(include_text=True):
        if node.mem_id in section.left_out:
            section.skipped = True
        elif node.mem_id in starts:
            section = Section(node, left_out=section.left_out)
            found.append(section)
        elif node.mem_id in opened:
            last = _cut(node, section, found, starts, opened)
            section = section if node.tag == "table" else last
        else:
            section.nodes.append(node)
    return section


def lines_of(nodes: Iterable[LexborNode], left_out: Set[int] = frozenset()) -> list[str]:
    """Return the text of ``nodes``, a line a block. What is left out parts words, as a space does.

    ``left_out``: nodes by their mem_id.
    """
    lines = [""]

    def add(nodes: Iterable[LexborNode]) -> None:
        for node in nodes:
            if node.mem_id in left_out:
                lines[-1] += " "
            elif node.tag == "-text":
                lines[-1] += node.text_content or ""
            else:
                ends = [""] if node.tag in BLOCKS else []
                lines.extend(ends)
                add(node.iter(include_text=True))
                lines.extend(ends)

    add(nodes)
    return [line for line in map(one_line, lines) if line]


def file_of(address: str) -> str:
    """Return the file that an address is given from: "a/b/" is "a/b/index.html"."""
    return f"{address}index.html" if address.endswith("/") or not address else address


class BuiltPage:
    """A page of the built site. ``address`` is relative to the site: "a/b/", "" for the start
    page, "404.html" for a page that is no folder's. ``held``: its HTML, in UTF-8 if it is bytes."""

    def __init__(self, address: str, held: str | bytes | LexborHTMLParser) -> None:
        self.address = address
        self._held = held  # the page, parsed or not yet

    @property
    def tree(self) -> LexborHTMLParser:
        """The page as nodes."""
        if not isinstance(self._held, LexborHTMLParser):
            self._held = LexborHTMLParser(self._held)
        return self._held

    def rest(self) -> None:
        """Be text until a node is asked for. Nodes that someone holds are the page's no more."""
        if isinstance(self._held, LexborHTMLParser):
            self._held = self._held.html or ""

    def copy(self) -> BuiltPage:
        """Return the page once more, free to change."""
        return BuiltPage(self.address, self.tree.clone())

    @property
    def up(self) -> str:
        """What leads from the page to the site's root: "../../", "" from there."""
        return "../" * self.address.count("/")

    @property
    def file(self) -> str:
        """The file it is given from, relative to the site."""
        return file_of(self.address)

    def leads(self, href: str) -> str:
        """Return where a link on the page leads, from the site's root: "a/b/#c". What has a scheme
        stays as it is."""
        return urljoin(ORIGIN + self.address, href).removeprefix(ORIGIN)

    @property
    def content(self) -> LexborNode:
        """Where the page's own text stands: #innehall, else <main>, else the body."""
        found = self.find("#innehall") or self.find("main") or self.tree.body
        assert found is not None, "the parser makes a body where there is none"
        return found

    def find(self, selector: str) -> LexborNode | None:
        """Return the first element that a CSS selector matches."""
        return self.tree.css_first(selector)

    def one(self, selector: str) -> LexborNode:
        """Return the same, of what every page has. Raises LookupError."""
        node = self.find(selector)
        if node is None:
            raise LookupError(f"{self.address or 'index.html'}: {selector}")
        return node

    def sections(self, heads: str, without: str = "") -> list[Section]:
        """Return the content cut at each element that the CSS selector ``heads`` matches, the part
        before the first one too. What follows a table belongs to the section around it, not to the
        last head in it. ``without``: a selector of what is left out, heads in it too.

        Cut anew each time: the steps change the page, and a node that is gone can't be asked.
        """
        root = self.content
        starts = {node.mem_id: node for node in root.css(heads)}
        left_out = {node.mem_id for node in root.css(without)} if without else set[int]()
        opened = {root.mem_id}  # what has a head in it
        for node in starts.values():
            while (parent := node.parent) is not None and parent.mem_id not in opened:
                opened.add(parent.mem_id)
                node = parent
        found = [Section(left_out=left_out)]
        _cut(root, found[0], found, starts.keys(), opened)
        return found

    def add_to_head(self, tags: str) -> None:
        """Put tags last in the page's head, as HTML."""
        head = self.one("head")
        for node in nodes_of(tags):
            head.insert_child(node)

    def html(self) -> str:
        """Return the page as it is written: HTML Standard, 13.3, without indentation."""
        return unindented(self.tree.html or "") + "\n"


def unindented(text: str) -> str:
    """Return HTML without indentation and empty lines, but in <pre>."""
    parts = PRE.split(text)
    parts[::2] = [INDENT.sub("\n", LINE_END.sub("\n", part)) for part in parts[::2]]
    return "".join(parts)


def nodes_of(text: str) -> list[LexborNode]:
    """Return what a piece of HTML is made of, text among it."""
    root = LexborHTMLParser(text, is_fragment=True).root
    return list(root.iter(include_text=True)) if root else []


def put_first(place: LexborNode, text: str) -> None:
    """Put a piece of HTML first inside an element."""
    first = place.first_child
    for node in nodes_of(text):
        if first is None:
            place.insert_child(node)
        else:
            first.insert_before(node)


def put_after(place: LexborNode, text: str) -> None:
    """Put a piece of HTML after an element."""
    for node in reversed(nodes_of(text)):
        place.insert_after(node)


def put_instead(place: LexborNode, text: str) -> None:
    """Put a piece of HTML in the place of an element."""
    put_after(place, text)
    place.decompose()


class BuiltSite:
    """The folder that MkDocs wrote: its pages in memory, its other files on disk.

    ``url`` is the site's address on the net, with a closing slash. Raises OSError.
    """

    def __init__(self, root: Path, url: str = "") -> None:
        self.root = root
        self.url = url.rstrip("/") + "/"
        self.pages: dict[str, BuiltPage] = {}
        for file in sorted(root.rglob("*.html")):
            name = file.relative_to(root).as_posix()
            address = name.removesuffix("index.html") if file.name == "index.html" else name
            self.pages[address] = BuiltPage(address, file.read_bytes())

    def file(self, address: str) -> Path:
        """Return the file that a page, or a file, is given from. Raises ValueError for one that
        isn't in the site."""
        if ".." in address.split("/") or address.startswith("/"):
            raise ValueError(f"{address} leads out of the site")
        return self.root / file_of(address)

    def each(self) -> Iterator[BuiltPage]:
        """Yield every page, to be read or changed before the next one."""
        for page in self.pages.values():
            yield page
            page.rest()

    def add(self, address: str, text: str) -> None:
        """Add a page, or put another in its place."""
        self.pages[address] = BuiltPage(address, text)

    def write(self, name: str, data: str | bytes) -> None:
        """Write a page or a file: UTF-8 with line feeds, whatever the machine."""
        file = self.file(name)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))

    def save(self) -> None:
        """Write every page."""
        for page in self.each():
            self.write(page.address, page.html())
