"""Joins and minifies the site's stylesheets and scripts, and adds a hash to their names.

The hash in the name lets browsers cache a file forever.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import PurePosixPath

import minify

from scripts.content.config import Config
from scripts.content.content import Content
from scripts.core.findings import Finding
from scripts.site.html_site import HtmlPage, HtmlSite

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
    # framed.js first: the others look at the class that it sets
    "checklist.js": ("framed.js", "checklist.js"),
    "date-help.js": ("framed.js", "days.js", "dates.js"),
}
MEDIA_TYPES = {".css": "text/css", ".js": "text/javascript"}
# The URL of a file of the site: without a scheme. Group 1 is the way to the site's root, group 2
# the file: "../" and "assets/site.css".
LOCAL_URL = re.compile(r"([^:]*?)(assets/[^:]+)")
# The name of another file in a script: "assets/search-engine.js" in quotes.
QUOTED_NAME = re.compile(r'"([\w./-]+\.(?:js|css))"')


class Assets:
    """The stylesheets and scripts of a built site: their final texts and names.

    Paths are from the site's root: "assets/site.css".
    """

    def __init__(self, site: HtmlSite) -> None:
        self.site = site
        self.texts: dict[PurePosixPath, str] = {}  # final text, by path without hash
        self.hashed_paths: dict[PurePosixPath, PurePosixPath] = {}  # path → path with a hash

    def rename_in(self, page: HtmlPage) -> None:
        """Replace the names of the site's stylesheets and scripts in a page by names with hashes.
        Names of other sites' files are unchanged: html_policy reports them."""
        for node in page.tree.css("link[rel=stylesheet][href], script[src]"):
            attribute = "href" if node.tag == "link" else "src"
            match = LOCAL_URL.fullmatch(node.attributes[attribute] or "")
            if match:
                hashed = self.hashed_path(PurePosixPath(match[2]))
                node.attrs[attribute] = f"{match[1]}{hashed}"

    def hashed_path(self, path: PurePosixPath) -> PurePosixPath:
        """Return the path of a file with a hash of its final text in the name; keep that text for
        ``add_assets`` to write.

        A script refers to other files by their names in quotes. These files are renamed first,
        since their new names are part of the script's text. The path of a missing file is returned
        as it is: the link validator reports it with its line.
        """
        if path in self.hashed_paths:
            return self.hashed_paths[path]
        if path.name not in BUNDLES and not (self.site.root / path).is_file():
            return path
        text = self.minified_text(path)
        if path.suffix == ".js":
            for reference in set(QUOTED_NAME.findall(text)):
                name = PurePosixPath(reference).name
                # all files are in one folder, whatever path the script refers to them by
                hashed_name = self.hashed_path(path.with_name(name)).name
                new_reference = reference.removesuffix(name) + hashed_name
                text = text.replace(f'"{reference}"', f'"{new_reference}"')
        self.texts[path] = text
        digest = hashlib.sha256(text.encode()).hexdigest()[:10]
        self.hashed_paths[path] = path.with_name(f"{path.stem}.{digest}{path.suffix}")
        return self.hashed_paths[path]

    def minified_text(self, path: PurePosixPath) -> str:
        """Return the minified text of a file, or of the files that are joined to it."""
        names = BUNDLES.get(path.name, (path.name,))
        files = [self.site.root / path.with_name(name) for name in names]
        texts = [
            str(minify.string(MEDIA_TYPES[path.suffix], file.read_text(encoding="utf-8")))
            for file in files
        ]
        # a minified script has no semicolon at its end
        separator = ";\n" if path.suffix == ".js" else "\n"
        return separator.join(texts)


def add_assets(_: Content, site: HtmlSite, __: Config) -> list[Finding]:
    """Page step: join, minify and rename the stylesheets and scripts that the pages refer to, and
    update the pages. Delete all other stylesheets, scripts and source maps in assets/."""
    assets = Assets(site)
    for page in site.iter_pages():
        assets.rename_in(page)
    # the originals: the texts to write are in memory
    for file in (site.root / "assets").rglob("*"):
        if file.suffix in (".css", ".js", ".map"):
            file.unlink()
    for path, hashed in assets.hashed_paths.items():
        site.write(str(hashed), assets.texts[path])
    return []
