"""Joins and minifies the site's stylesheets and scripts, and adds a hash to their names.

The hash in the name lets browsers cache a file forever. Files that no page and no script refers to
are removed, the theme's too.
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
# File name in the pages → the files in overrides/assets/ that are joined to it, in their order.
BUNDLES = {
    "every-page.css": (
        "material.css",
        "site.css",
        "search.css",
        "print.css",
        "exit.css",
        "framed.css",
    ),
    "every-page.js": (
        "dom.js",
        "search-box.js",
        "review.js",
        "print.js",
        "copy.js",
        "report.js",
        "exit.js",
    ),
    "search-results.js": ("search-hits.js", "search-results.js", "search-page.js"),
    # framed.js first: the other scripts use its variable
    "checklist.js": ("framed.js", "checklist.js"),
    "date-help.js": ("framed.js", "days.js", "dates.js"),
}
MEDIA_TYPES = {".css": "text/css", ".js": "text/javascript"}
URL_ATTRIBUTES = {"link": "href", "script": "src"}  # element → attribute with the file's URL
LOCAL = re.compile(r"[^:]*?(assets/[^:]+)")  # a URL without a scheme: the site's own file
QUOTED_NAME = re.compile(r'"([\w./-]+\.(?:js|css))"')


class AssetReference(NamedTuple):
    """An element that refers to a stylesheet or script of the site."""

    path: PurePosixPath  # of the file, from the site's root: "assets/site.css"
    node: LexborNode
    attribute: str  # with the file's URL


def asset_references(page: HtmlPage) -> Iterator[AssetReference]:
    """Yield the page's references to stylesheets and scripts of the site, in document order."""
    for node in page.tree.css("link[rel=stylesheet][href], script[src]"):
        attribute = URL_ATTRIBUTES[node.tag or ""]
        match = LOCAL.fullmatch(node.attributes[attribute] or "")
        if match:
            yield AssetReference(PurePosixPath(match[1]), node, attribute)


class Assets:
    """The stylesheets and scripts of a built site: their final texts and names.

    Paths are from the site's root: "assets/site.css".
    """

    def __init__(self, site: HtmlSite) -> None:
        self.site = site
        self.texts: dict[PurePosixPath, str] = {}  # minified, by path before renaming
        self.hashed_paths: dict[PurePosixPath, PurePosixPath] = {}  # path → path with a hash

    def text(self, path: PurePosixPath) -> str | None:
        """Return a file's text, joined and minified; None if there is no such file."""
        if path not in self.texts:
            is_bundle = path.name in BUNDLES
            names = BUNDLES.get(path.name, (path.name,))
            files = [self.site.root / path.with_name(name) for name in names]
            if not is_bundle and not files[0].is_file():
                return None
            texts = [_minified(path.suffix, file.read_text(encoding="utf-8")) for file in files]
            # a minified script has no semicolon at its end
            separator = ";\n" if path.suffix == ".js" else "\n"
            self.texts[path] = separator.join(texts)
        return self.texts[path]

    def hashed_path(
        self, path: PurePosixPath, referrers: tuple[PurePosixPath, ...] = ()
    ) -> PurePosixPath:
        """Return the path with a hash of the content in its name.

        A script refers to other files by name in quotes. Those are renamed first: their new names
        are part of its content. The path of a missing file is returned as it is: the link
        validator reports it with its line.

        Args:
            referrers: the scripts whose references led here.

        Raises:
            ValueError: scripts refer to each other, so that none can be renamed first.
        """
        if path in referrers:
            cycle = " → ".join(map(str, (*referrers, path)))
            raise ValueError(f"filerna nämner varandra: {cycle}")
        if path in self.hashed_paths:
            return self.hashed_paths[path]
        text = self.text(path)
        if text is None:
            return path
        if path.suffix == ".js":
            for reference in set(QUOTED_NAME.findall(text)):
                name = PurePosixPath(reference).name
                hashed = self.hashed_path(path.with_name(name), (*referrers, path)).name
                text = text.replace(f'"{reference}"', f'"{reference.removesuffix(name)}{hashed}"')
            self.texts[path] = text
        digest = hashlib.sha256(text.encode()).hexdigest()[:10]
        self.hashed_paths[path] = path.with_name(f"{path.stem}.{digest}{path.suffix}")
        return self.hashed_paths[path]

    def rename_in(self, page: HtmlPage) -> None:
        """Replace the names in the page's references by those with hashes."""
        for reference in asset_references(page):
            url = reference.node.attributes[reference.attribute] or ""
            prefix = url.removesuffix(str(reference.path))
            hashed = self.hashed_path(reference.path)
            reference.node.attrs[reference.attribute] = f"{prefix}{hashed}"


@functools.lru_cache(maxsize=64)  # the preview minifies the same files at every save
def _minified(suffix: str, text: str) -> str:
    return str(minify.string(MEDIA_TYPES[suffix], text))


def add_assets(_: Content, site: HtmlSite, __: Config) -> list[Finding]:
    """Join, minify and rename the site's stylesheets and scripts, and update its pages.

    Raises:
        ValueError: two scripts refer to each other.
    """
    assets = Assets(site)
    for page in site.iter_pages():
        assets.rename_in(page)
    folder = site.root / ASSETS
    for file in folder.rglob("*"):
        if file.suffix in (".css", ".js", ".map"):
            file.unlink()
    for path, hashed in assets.hashed_paths.items():
        site.write(str(hashed), assets.texts[path])
    for subfolder in sorted(folder.rglob("*"), reverse=True):
        if subfolder.is_dir() and not any(subfolder.iterdir()):
            subfolder.rmdir()
    return []
