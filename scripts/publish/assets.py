"""Makes the built site's styles and scripts small, and names them by their content.

The theme's style sheet is cut down to what the pages use. What every page loads becomes one file.
A name has a checksum, so that browsers may keep the file for ever. What nothing names goes.
"""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import NamedTuple

import minify
import rcssmin
from selectolax.lexbor import LexborNode

from scripts.content.config import Config
from scripts.content.content import Content
from scripts.core.findings import Finding
from scripts.core.language import translated
from scripts.publish.built import BuiltPage, BuiltSite
from scripts.publish.purge import purge_css, used_words

ASSETS = "assets"
# The theme's own sheets. The site's are written for what is there: no rule is taken out.
THEME = PurePosixPath("assets/stylesheets")
NAMED_BY = {"link": "href", "script": "src"}  # an element's attribute
OURS = re.compile(r"[^:]*?(assets/[^:]+)")
QUOTED = re.compile(r'"([\w./-]+\.(?:js|css))"')
# What base.html has no block around: the skip link, outside every landmark and not on all pages
# (header.html has ours); checkboxes and labels behind a drawer and a search that aren't used; the
# next page, which Firefox fetches though nobody has asked for it; the generator, by version.
LEFTOVER = (
    "link[rel=prev], link[rel=next], meta[name=generator], input.md-toggle, label.md-overlay, "
    "[data-md-component=skip], #__skip, [data-md-component=announce], .md-dialog"
)


class Tag(NamedTuple):
    """An element that names a style sheet or script of the site."""

    path: PurePosixPath  # of what it names, from the site's root
    node: LexborNode
    attribute: str  # that names it

    @property
    def media(self) -> str:
        """What a style sheet is for."""
        return self.node.attributes.get("media") or ""


def tags_of(page: BuiltPage) -> Iterator[Tag]:
    """Yield the tags of a page that name style sheets and scripts of the site, in its order."""
    for node in page.tree.css("link[rel=stylesheet][href], script[src]"):
        attribute = NAMED_BY[node.tag or ""]
        if named := OURS.fullmatch(node.attributes[attribute] or ""):
            yield Tag(PurePosixPath(named[1]), node, attribute)


class Assets:
    """The style sheets and scripts of one built site, by their path below it. ``tags``: what the
    tags of each page are, by its address: (what is named, media). ``joined``: for each page, which
    file has become a part of which."""

    def __init__(self, site: BuiltSite) -> None:
        self.texts = {
            PurePosixPath(f.relative_to(site.root).as_posix()): f.read_text(encoding="utf-8")
            for f in sorted((site.root / ASSETS).rglob("*"))
            if f.suffix in (".css", ".js")
        }
        self.files = frozenset(self.texts)
        self.tags: dict[str, list[tuple[PurePosixPath, str]]] = {}
        self.joined: dict[str, dict[PurePosixPath, PurePosixPath]] = {}
        self.new: dict[PurePosixPath, PurePosixPath] = {}  # of what a page, or its script, names

    def tags_of(self, page: BuiltPage) -> list[Tag]:
        """Return the tags of a page that name a file that is there: of others the validator tells,
        with the line."""
        return [tag for tag in tags_of(page) if tag.path in self.files]

    def seen(self, site: BuiltSite) -> Iterator[str]:
        """Take what the site doesn't use out of each page, and up what it names; yield its HTML."""
        for page in site.each():
            for node in page.tree.css(LEFTOVER):
                node.decompose()
            self.tags[page.address] = [(tag.path, tag.media) for tag in self.tags_of(page)]
            yield page.tree.html or ""

    def scripts(self) -> Iterator[str]:
        """Yield the text of each script that a page names, or that stands among the site's own."""
        named = {path for tags in self.tags.values() for path, _ in tags}
        own = {path for path in self.texts if path.parent == PurePosixPath(ASSETS)}
        yield from (self.texts[path] for path in sorted(named | own) if path.suffix == ".js")

    def renamed(self, path: PurePosixPath, before: tuple[PurePosixPath, ...] = ()) -> PurePosixPath:
        """Return the path with the hash of the content in its name.

        Names in quotes inside a script come first, as their new names are part of its content.

        Raises:
            ValueError: two scripts name each other, so neither can have its hash first.
        """
        if path in before:
            raise ValueError(f"filerna nämner varandra: {' → '.join(map(str, (*before, path)))}")
        if path not in self.new:
            text = self.texts[path]
            if path.suffix == ".js":
                for name in set(QUOTED.findall(text)):
                    if (other := path.parent / PurePosixPath(name).name) in self.texts:
                        new = self.renamed(other, (*before, path)).name
                        text = text.replace(f'"{name}"', f'"{name.removesuffix(other.name)}{new}"')
                self.texts[path] = text
            digest = hashlib.sha256(text.encode()).hexdigest()[:10]
            self.new[path] = path.with_name(f"{path.stem}.{digest}{path.suffix}")
        return self.new[path]

    def join(self, suffix: str) -> None:
        """Make one file, site.css or site.js, of what every page names, and for each page one of
        what else it names.

        A page without the theme (the slides) names what it needs, and takes no part.
        """
        lists = {
            address: list(dict.fromkeys(path for path, _ in tags if path.suffix == suffix))
            for address, tags in self.tags.items()
            if any(path.is_relative_to(THEME) for path, _ in tags)
        }
        media = {path: own for tags in self.tags.values() for path, own in tags if own}
        first = next(iter(lists.values()), [])
        common = [path for path in first if all(path in other for other in lists.values())]
        made: dict[PurePosixPath, str] = {}  # apart: the site has a site.css of its own
        for address, paths in lists.items():
            own = [path for path in paths if path not in common]
            for name, parts in (("site", common), ("-".join(p.stem for p in own), own)):
                if len(parts) > 1:
                    path = PurePosixPath(ASSETS) / f"{name}{suffix}"
                    # a minified script has no semicolon at its end
                    made[path] = (";\n" if suffix == ".js" else "\n").join(
                        f"@media {media[p]}{{{self.texts[p]}}}" if p in media else self.texts[p]
                        for p in parts
                    )
                    self.joined.setdefault(address, {}).update(dict.fromkeys(parts, path))
        self.texts.update(made)

    def lead(self, page: BuiltPage) -> None:
        """Let a page's tags name the new files, each once."""
        joined, written = self.joined.get(page.address, {}), set[PurePosixPath]()
        for tag in self.tags_of(page):
            path = joined.get(tag.path, tag.path)
            if path in written:
                tag.node.decompose()
                continue
            written.add(path)
            before = (tag.node.attributes[tag.attribute] or "").removesuffix(str(tag.path))
            tag.node.attrs[tag.attribute] = f"{before}{self.renamed(path)}"
            if tag.path in joined and tag.media:
                del tag.node.attrs["media"]


@functools.lru_cache(maxsize=64)  # the preview asks again and again
def _minified(suffix: str, text: str) -> str:
    return str(rcssmin.cssmin(text) if suffix == ".css" else minify.string("text/javascript", text))


def add_assets(_: Content, site: BuiltSite, __: Config) -> list[Finding]:
    """Purge, join and rename the style sheets and scripts of the built site, and lead its pages to
    the new names.

    Raises:
        ValueError: two scripts name each other.
    """
    assets = Assets(site)
    words = used_words(assets.seen(site), assets.scripts())
    for path, text in assets.texts.items():
        if path.is_relative_to(THEME):
            assets.texts[path] = purge_css(text, frozenset(words))
        else:
            assets.texts[path] = _minified(path.suffix, translated(text))
    assets.join(".css")
    assets.join(".js")
    for page in site.each():
        assets.lead(page)
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
