#!/usr/bin/env python3
"""Gör den byggda webbplatsens stilar och skript små: python -m scripts.publish.assets MAPP

Temats stilmall skärs ner till det som sidorna använder. Det som alla sidor laddar blir en fil.
Filnamn får en kontrollsumma, så att webbläsaren kan spara dem för alltid. Filer som inget nämner
tas bort. Med --compress läggs .gz och .br bredvid varje textfil.

Utgång: 0 klart, 2 kunde inte köras.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

import brotli
import rcssmin
import rjsmin
import tinycss2
from tinycss2 import ast

ASSETS = "assets"
# The theme's own sheets. The site's are written for what is there: no rule is taken out.
THEME = PurePosixPath("assets/stylesheets")
COMPRESSED = {".html", ".css", ".js", ".json", ".xml", ".svg", ".txt"}
SMALLEST = 256  # bytes; below that a compressed file is no smaller

TAG = re.compile(
    r'<link rel="stylesheet"(?P<media> media="(?P<query>[^"]+)")?'
    r' href="[^":]*?(?P<css>assets/[^":]+)">'
    r'|<script src="[^":]*?(?P<js>assets/[^":]+)"(?: defer)?(?: blocking="render")?></script>'
)
ELEMENT = re.compile(r"<([a-z][a-z0-9-]*)")
ATTRIBUTE = re.compile(r'\s([a-z][a-z0-9-]*)(?:="([^"]*)")?')
WORD = re.compile(r"[A-Za-z_][\w-]*")
INDENT = re.compile(r"(<pre\b.*?</pre>)|\s*\n\s*", re.DOTALL)
QUOTED = re.compile(r'"([\w./-]+\.(?:js|css))"')
VAR = re.compile(r"var\(\s*(--[\w-]+)")
ANIMATION = re.compile(r"animation[\w-]*:([^;}]+)")
PROPERTY = re.compile(r"(?<=[{;])(--md-[\w-]+):[^;{}]*;")
KEYFRAMES = re.compile(r"@keyframes ([\w-]+)\{(?:[^{}]*\{[^{}]*\})*\}")
EMPTY = re.compile(r"[^{}]+\{\}")
# What base.html has no block around: the skip link, outside every landmark and not on all pages
# (header.html has ours); checkboxes and labels behind a drawer and a search that aren't used; the
# next page, which Firefox fetches though nobody has asked for it; the generator, by version.
LEFTOVER = re.compile(
    r'\s*(?:<link rel="(?:prev|next)"[^>]*>|<meta name="generator"[^>]*>'
    r'|<input class="md-toggle"[^>]*>|<label class="md-overlay"[^>]*></label>'
    r'|<div data-md-component="skip">.*?</div>|<div data-md-component="announce">\s*</div>'
    r'|<div class="md-dialog".*?</div>\s*</div>)',
    re.DOTALL,
)


def used_words(pages: Iterable[str], scripts: Iterable[str]) -> set[str]:
    """Return every word a selector could match: tags, classes, ids and attributes of the pages,
    ``name=value`` too, and any word of a script, since it may add them later."""
    words = {"html", "body", "root"}
    for text in pages:
        words.update(ELEMENT.findall(text))
        for name, value in ATTRIBUTE.findall(text):
            words.update((name, f"{name}={value}"))
            if name in ("class", "id"):
                words.update(value.split())
    for text in scripts:
        words.update(WORD.findall(text))
    return words


def purge_css(css: str, words: set[str]) -> str:
    """Return ``css`` without the rules that no page or script can use.

    A selector goes when it needs a tag, class, id or attribute outside ``words``. What stands
    inside a function, ``:not(…)`` say, is never looked at, so doubt keeps the rule. ``data:``
    values go too: a strict policy for content refuses them. Then custom properties and keyframes
    that nothing names any more. Syntax: CSS Syntax Level 3, read by tinycss2.
    """
    rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    text = "".join(_purged(rules, words))
    while (smaller := _without_unnamed(text)) != text:  # one may be named only by another that goes
        text = smaller
    return EMPTY.sub("", text)


def _without_unnamed(text: str) -> str:
    """Return the text without the theme's custom properties and keyframes that nothing names."""
    named = set(VAR.findall(text))
    named.update(word for value in ANIMATION.findall(text) for word in value.split())

    def kept(match: re.Match[str]) -> str:
        return match[0] if match[1] in named else ""

    return KEYFRAMES.sub(kept, PROPERTY.sub(kept, text))


def _purged(rules: Iterable[ast.Node], words: set[str]) -> Iterator[str]:
    for rule in rules:
        if isinstance(rule, ast.QualifiedRule):
            kept = [s for s in _selectors(rule.prelude) if _can_match(s, words)]
            body = "".join(_declarations(rule.content))
            if kept and body:
                yield ",".join(tinycss2.serialize(s).strip() for s in kept) + "{" + body + "}"
        elif isinstance(rule, ast.AtRule) and rule.at_keyword in ("media", "supports"):
            inner = tinycss2.parse_rule_list(
                rule.content or [], skip_comments=True, skip_whitespace=True
            )
            if body := "".join(_purged(inner, words)):
                yield f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{body}}}"
        elif isinstance(rule, ast.AtRule) and rule.at_keyword != "charset":
            yield re.sub(r"\s+", " ", rule.serialize())


def _selectors(prelude: list[ast.Node]) -> Iterator[list[ast.Node]]:
    one: list[ast.Node] = []
    for token in prelude:
        if token == ",":
            yield one
            one = []
        else:
            one.append(token)
    yield one


def _can_match(selector: list[ast.Node], words: set[str]) -> bool:
    for before, token in zip([None, *selector], selector, strict=False):
        if isinstance(token, ast.IdentToken) and before != ":":
            needed: str | None = token.value
        elif isinstance(token, ast.HashToken):
            needed = token.value
        elif isinstance(token, ast.SquareBracketsBlock):
            parts = [t for t in token.content if t.type in ("ident", "string", "literal")]
            needed = parts[0].value if parts else None
            if [t.value for t in parts[1:2]] == ["="] and parts[2].value not in words:
                needed = f"{needed}={parts[2].value}"  # [dir=rtl], where no page is
        else:
            continue
        if needed is not None and needed not in words:
            return False
    return True


def _declarations(content: list[ast.Node]) -> Iterator[str]:
    for item in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if isinstance(item, ast.Declaration):
            value = re.sub(r"\s+", " ", tinycss2.serialize(item.value).strip())
            if "data:" not in value:
                yield f"{item.name}:{value}{'!important' if item.important else ''};"


class Assets:
    """The style sheets and scripts of one built site, by their path below it."""

    def __init__(self, site: Path) -> None:
        self.site = site
        self.pages = {f: f.read_text(encoding="utf-8") for f in sorted(site.rglob("*.html"))}
        self.texts = {
            PurePosixPath(f.relative_to(site).as_posix()): f.read_text(encoding="utf-8")
            for f in sorted((site / ASSETS).rglob("*"))
            if f.suffix in (".css", ".js")
        }
        self._renamed: dict[PurePosixPath, PurePosixPath] = {}

    def renamed(self, path: PurePosixPath, before: tuple[PurePosixPath, ...] = ()) -> PurePosixPath:
        """Return the path with the hash of the content in its name.

        Names in quotes inside a script come first, as their new names are part of its content.

        Raises:
            ValueError: two scripts name each other, so neither can have its hash first.
        """
        if path in before:
            raise ValueError(f"filerna nämner varandra: {' → '.join(map(str, (*before, path)))}")
        if path not in self._renamed:
            text = self.texts[path]
            if path.suffix == ".js":
                for name in set(QUOTED.findall(text)):
                    if (other := path.parent / PurePosixPath(name).name) in self.texts:
                        new = self.renamed(other, (*before, path)).name
                        text = text.replace(f'"{name}"', f'"{name.removesuffix(other.name)}{new}"')
                self.texts[path] = text
            digest = hashlib.sha256(text.encode()).hexdigest()[:10]
            self._renamed[path] = path.with_name(f"{path.stem}.{digest}{path.suffix}")
        return self._renamed[path]

    def join(
        self, kind: str, media: Mapping[PurePosixPath, str]
    ) -> dict[Path, dict[PurePosixPath, PurePosixPath]]:
        """Make one file, site.css or site.js, of what every page names, and for each page one of
        what else it names; return page → file → the joined one.

        A page without the theme (the slides) names what it needs, and takes no part.
        """
        lists = {
            file: list(dict.fromkeys(path for path, _ in self.named(file, kind)))
            for file in self.pages
            if any(path.parent == THEME for path, _ in self.named(file, "css"))
        }
        if not lists:
            return {}
        first = next(iter(lists.values()))
        common = [path for path in first if all(path in other for other in lists.values())]
        found: dict[Path, dict[PurePosixPath, PurePosixPath]] = {}
        joined: dict[PurePosixPath, str] = {}  # apart: the site has a site.css of its own
        for file, paths in lists.items():
            own = [path for path in paths if path not in common]
            for name, parts in (("site", common), ("-".join(p.stem for p in own), own)):
                if len(parts) > 1:
                    path = PurePosixPath(ASSETS) / f"{name}.{kind}"
                    joined[path] = "\n".join(
                        f"@media {media[p]}{{{self.texts[p]}}}" if p in media else self.texts[p]
                        for p in parts
                    )
                    found.setdefault(file, {}).update(dict.fromkeys(parts, path))
        self.texts.update(joined)
        return found

    def named(self, page: Path, kind: str) -> Iterator[tuple[PurePosixPath, re.Match[str]]]:
        """Yield the files of one kind ("css" or "js") that a page names, with the tag."""
        for tag in TAG.finditer(self.pages[page]):
            if tag[kind] and (path := PurePosixPath(tag[kind])) in self.texts:
                yield path, tag


def build_assets(site: Path) -> None:
    """Purge, join and rename the style sheets and scripts of the built site, in place.

    Args:
        site: the folder MkDocs wrote, UTF-8 text.

    Raises:
        ValueError: two scripts name each other.
    """
    assets = Assets(site)
    assets.pages = {
        file: INDENT.sub(lambda match: match[1] or "\n", LEFTOVER.sub("", text))
        for file, text in assets.pages.items()
    }
    scripts = {path for file in assets.pages for path, _ in assets.named(file, "js")}
    scripts |= {p for p in assets.texts if p.suffix == ".js" and p.parent == PurePosixPath(ASSETS)}
    words = used_words(assets.pages.values(), (assets.texts[path] for path in sorted(scripts)))
    for path in assets.texts:
        text = assets.texts[path]
        if path.parent == THEME:
            assets.texts[path] = purge_css(text, words)
        else:
            assets.texts[path] = (
                rcssmin.cssmin(text) if path.suffix == ".css" else rjsmin.jsmin(text)
            )
    media = {
        path: tag["query"]
        for file in assets.pages
        for path, tag in assets.named(file, "css")
        if tag["query"]
    }
    joined = {kind: assets.join(kind, media) for kind in ("css", "js")}

    used: set[PurePosixPath] = set()
    for file in assets.pages:
        here = {**joined["css"].get(file, {}), **joined["js"].get(file, {})}
        file.write_text(_retagged(assets, file, here, used), encoding="utf-8")
    # What a script names may in turn name others.
    known = {assets.renamed(path).name: path for path in list(assets.texts)}
    waiting = list(used)
    while waiting:
        for name in QUOTED.findall(assets.texts[waiting.pop()]):
            other = known.get(PurePosixPath(name).name)
            if other and other not in used:
                used.add(other)
                waiting.append(other)
    for file in (site / ASSETS).rglob("*"):
        if file.suffix in (".css", ".js", ".map"):
            file.unlink()
    for path in used:
        target = site / assets.renamed(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(assets.texts[path], encoding="utf-8")
    for folder in sorted((site / ASSETS).rglob("*"), reverse=True):
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()


def _retagged(
    assets: Assets,
    page: Path,
    joined: Mapping[PurePosixPath, PurePosixPath],
    used: set[PurePosixPath],
) -> str:
    """Return the page's text with the new names; add the files it names to ``used``."""
    written: set[PurePosixPath] = set()

    def tag(match: re.Match[str]) -> str:
        kind = "css" if match["css"] else "js"
        path = PurePosixPath(match[kind])
        if path not in assets.texts:
            return match[0]  # the validator tells of it, with its line
        old = match[0]
        if path in joined:
            path = joined[path]
            old = old.replace(match["media"] or "\0", "")
        if path in written:
            return ""
        written.add(path)
        used.add(path)
        return old.replace(match[kind], str(assets.renamed(path)))

    return TAG.sub(tag, assets.pages[page])


def compress(site: Path) -> None:
    """Lay a .gz and a .br beside each text file, for servers that give them as they are.

    Same input, same bytes: no time and no name goes into the gzip header (RFC 1952).
    """
    for file in sorted(site.rglob("*")):
        if file.suffix in COMPRESSED and file.is_file() and file.stat().st_size >= SMALLEST:
            data = file.read_bytes()
            file.with_name(file.name + ".gz").write_bytes(gzip.compress(data, 9, mtime=0))
            # 9 of 11: the last two steps take ten times as long for two per cent
            file.with_name(file.name + ".br").write_bytes(brotli.compress(data, quality=9))


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("site", type=Path, metavar="MAPP", help="den byggda webbplatsen")
    parser.add_argument("--compress", action="store_true", help="lägg till .gz och .br")
    args = parser.parse_args(argv)
    if not (args.site / ASSETS).is_dir():
        parser.error(f"{args.site} har ingen mapp {ASSETS}/. Ange en byggd webbplats.")
    build_assets(args.site)
    if args.compress:
        compress(args.site)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
