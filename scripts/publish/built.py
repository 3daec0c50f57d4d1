"""The built site: each page parsed once, changed as nodes by the steps, and written once."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

INDENT = re.compile(r"(<pre\b.*?</pre>)|\s*\n\s*", re.DOTALL)


def text_of(node: LexborNode) -> str:
    """Return a node's text on one line, composed (NFC), without soft hyphens."""
    text = unicodedata.normalize("NFC", node.text()).replace("\u00ad", "")
    return " ".join(text.split())


class BuiltPage:
    """A page of the built site. ``address`` is relative to the site: "a/b/", "" for the start
    page, "404.html" for a page that is no folder's."""

    def __init__(self, address: str, tree: LexborHTMLParser) -> None:
        self.address = address
        self.tree = tree

    @classmethod
    def parse(cls, address: str, source: str | bytes) -> BuiltPage:
        """Return a page of HTML, in UTF-8 if it is bytes."""
        return cls(address, LexborHTMLParser(source))

    def copy(self) -> BuiltPage:
        """Return the page once more, free to change."""
        return BuiltPage(self.address, self.tree.clone())

    @property
    def up(self) -> str:
        """What leads from the page to the site's root: "../../", "" from there."""
        return "../" * self.address.count("/")

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

    def add_to_head(self, tags: str) -> None:
        """Put tags last in the page's head, as HTML."""
        head = self.one("head")
        for node in nodes_of(tags):
            head.insert_child(node)

    def html(self) -> str:
        """Return the page as it is written: HTML Standard, 13.3, without indentation."""
        return INDENT.sub(lambda match: match[1] or "\n", self.tree.html or "") + "\n"


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
            self.pages[address] = BuiltPage.parse(address, file.read_bytes())

    def file(self, address: str) -> Path:
        """Return the file that a page, or a file, is given from. Raises ValueError for one that
        isn't in the site."""
        if ".." in address.split("/") or address.startswith("/"):
            raise ValueError(f"{address} leads out of the site")
        folder = address.endswith("/") or not address
        return self.root / address / "index.html" if folder else self.root / address

    def trees(self) -> dict[str, LexborHTMLParser]:
        """Return each page's file, relative to the root → the page as it is parsed."""
        root = self.root
        return {
            self.file(address).relative_to(root).as_posix(): page.tree
            for address, page in self.pages.items()
        }

    def has(self, address: str) -> bool:
        """Whether there is a page or a file at an address."""
        return address in self.pages or self.file(address).is_file()

    def read(self, address: str) -> bytes | None:
        """Return a page as it stands now, in UTF-8; None for one that isn't there."""
        page = self.pages.get(address)
        return page.html().encode("utf-8") if page else None

    def add(self, address: str, text: str) -> None:
        """Add a page, or put another in its place."""
        self.pages[address] = BuiltPage.parse(address, text)

    def write(self, name: str, data: str | bytes) -> None:
        """Write a file that is no page: UTF-8 with line feeds, whatever the machine."""
        file = self.file(name)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))

    def save(self) -> None:
        """Write every page."""
        for address, page in self.pages.items():
            file = self.file(address)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(page.html().encode("utf-8"))
