"""Links from the root of docs/ (``/odla/tomat.md``), written from the page they stand on.

Registers write them so, as a record may be shown on any page. MkDocs takes them
(``absolute_links: relative_to_docs``); Zensical only knows a page by its way from another.
"""

from __future__ import annotations

import posixpath
import xml.etree.ElementTree as ET

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

from scripts.content.content import Content
from scripts.render.macro import here


class RootedTreeprocessor(Treeprocessor):
    """Runs right before MkDocs' own "relpath" (0). Where the builder doesn't tell which page it
    converts, links stay as they are."""

    def __init__(self, md: Markdown, content: Content) -> None:
        super().__init__(md)
        self.content = content

    def run(self, root: ET.Element) -> None:
        page, _ = here(self.md, self.content)
        if page is None:
            return
        folder = posixpath.join("/", page.path.parent.as_posix())
        for link in root.iter("a"):
            target = link.get("href", "")
            if target.startswith("/") and not target.startswith("//"):
                path, mark, rest = target.partition("#")
                link.set("href", posixpath.relpath(path, folder) + mark + rest)
