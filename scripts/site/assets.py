"""Joins and minifies the built site's styles and scripts, and names them by their content.

The checksum in a file's name lets browsers keep the file for ever. Files that no page and no script
names are removed, the theme's own among them.
"""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import NamedTuple

import minify
from selectolax.lexbor import LexborNode

from scripts.content.config import Config
from scripts.content.content import Content
from scripts.core.findings import Finding
from scripts.site.html_site import HtmlPage, HtmlSite

ASSETS = "assets"
# A file that pages name → the files in overrides/assets/ that it is made of, in their order.
JOINED = {
    "every-page.css": (
        "material.css",
        "site.css",
        "search.css",
        "print.css",
        "exit.css",
        "framed.css",
    ),
    "every-page.js": (
        *("dom.js", "search-box.js", "review.js", "print.js", "copy.js", "report.js", "exit.js"),
    ),
    "search-results.js": ("search-hits.js", "search-results.js", "search-page.js"),
    # framed.js first: the others ask whether the page is framed.
    "checklist.js": ("framed.js", "checklist.js"),
    "date-help.js": ("framed.js", "days.js", "dates.js"),
}
TYPES = {".css": "text/css", ".js": "text/javascript"}
NAMED_BY = {"link": "href", "script": "src"}  # element → the attribute that names its file
OURS = re.compile(r"[^:]*?(assets/[^:]+)")
QUOTED = re.compile(r'"([\w./-]+\.(?:js|css))"')


class Tag(NamedTuple):
    """An element that names a style sheet or script of the site."""

    path: PurePosixPath  # of the file, from the site's root
    node: LexborNode
    attribute: str  # that names it


def tags_of(page: HtmlPage) -> Iterator[Tag]:
    """Yield the tags of a page that name style sheets and scripts of the site, in its order."""
    for node in page.tree.css("link[rel=stylesheet][href], script[src]"):
        attribute = NAMED_BY[node.tag or ""]
        if named := OURS.fullmatch(node.attributes[attribute] or ""):
            yield Tag(PurePosixPath(named[1]), node, attribute)


class Assets:
    """The style sheets and scripts of one built site: their texts by path, and their new names."""

    def __init__(self, site: HtmlSite) -> None:
        self.site = site
        self.texts: dict[PurePosixPath, str] = {}  # minified, by the path that pages name
        self.new: dict[PurePosixPath, PurePosixPath] = {}  # that path → the one with a checksum

    def text(self, path: PurePosixPath) -> str | None:
        """Return a file's text, joined and minified; None where there is no such file."""
        if path not in self.texts:
            parts = [path.with_name(name) for name in JOINED.get(path.name, (path.name,))]
            files = [self.site.root / part for part in parts]
            if path.name not in JOINED and not files[0].is_file():
                return None
            texts = [file.read_text(encoding="utf-8") for file in files]
            # a minified script has no semicolon at its end
            joint = ";\n" if path.suffix == ".js" else "\n"
            self.texts[path] = joint.join(_minified(path.suffix, text) for text in texts)
        return self.texts[path]

    def renamed(self, path: PurePosixPath, before: tuple[PurePosixPath, ...] = ()) -> PurePosixPath:
        """Return the path with a checksum in its name; the path itself where there is no such file:
        the link validator reports that, with its line.

        A script names other files in quotes. They are renamed first: their new names are a part of
        its content.

        Raises:
            ValueError: two scripts name each other, so neither can be renamed first.
        """
        if path in before:
            raise ValueError(f"filerna nämner varandra: {' → '.join(map(str, (*before, path)))}")
        if path in self.new:
            return self.new[path]
        text = self.text(path)
        if text is None:
            return path
        if path.suffix == ".js":
            for name in set(QUOTED.findall(text)):
                other = path.with_name(PurePosixPath(name).name)
                new = self.renamed(other, (*before, path)).name
                text = text.replace(f'"{name}"', f'"{name.removesuffix(other.name)}{new}"')
            self.texts[path] = text
        digest = hashlib.sha256(text.encode()).hexdigest()[:10]
        self.new[path] = path.with_name(f"{path.stem}.{digest}{path.suffix}")
        return self.new[path]

    def rename_in(self, page: HtmlPage) -> None:
        """Write the new names in the page's tags."""
        for tag in tags_of(page):
            before = (tag.node.attributes[tag.attribute] or "").removesuffix(str(tag.path))
            tag.node.attrs[tag.attribute] = f"{before}{self.renamed(tag.path)}"


@functools.lru_cache(maxsize=64)  # the preview asks again and again
def _minified(suffix: str, text: str) -> str:
    return str(minify.string(TYPES[suffix], text))


def add_assets(_: Content, site: HtmlSite, __: Config) -> list[Finding]:
    """Join, minify and rename the style sheets and scripts of the built site, in its pages too.

    Raises:
        ValueError: two scripts name each other.
    """
    assets = Assets(site)
    for page in site.iter_pages():
        assets.rename_in(page)
    folder = site.root / ASSETS
    for file in folder.rglob("*"):
        if file.suffix in (".css", ".js", ".map"):
            file.unlink()
    for path, new in assets.new.items():
        site.write(str(new), assets.texts[path])
    for inner in sorted(folder.rglob("*"), reverse=True):
        if inner.is_dir() and not any(inner.iterdir()):
            inner.rmdir()
    return []
