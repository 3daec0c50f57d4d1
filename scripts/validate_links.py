"""Hittar trasiga länkar i en färdigbyggd webbplats (en mapp med HTML).

Kontrollerar sidor, ankare, bilder, skript, stilmallar, dubbla id, länkar som bara råkar fungera,
felaktiga adresser, mailto: och tel:. Anropar aldrig nätet. Fungerar på vilken statisk webbplats
som helst; finns Markdown-källor pekar felen dit.

Utgång: 0 inga fel, 1 fel hittades, 2 kunde inte köras.
"""

# How it works, after hyperlink (untitaker/hyperlink, docs/architecture.md): every file defines a
# path and its ids, every link uses one. What is used and not defined is broken. No crawling.

from __future__ import annotations

import argparse
import dataclasses
import difflib
import html
import json
import posixpath
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

from scripts.content import without_code
from scripts.findings import Finding, report

JSON_VERSION = 1
# Stands in for the origin when no --site-url is given; RFC 2606 keeps it free.
NO_ORIGIN = "http://site.invalid/"
LOCAL_HOST = re.compile(r"^(localhost|.*\.localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|::1)$")
# The attributes that load something, by element (HTML Living Standard, "list of attributes").
ASSETS = {
    "audio": ("src",),
    "embed": ("src",),
    "iframe": ("src",),
    "image": ("href", "xlink:href"),
    "img": ("src", "srcset"),
    "input": ("src",),
    "link": ("href",),
    "object": ("data",),
    "script": ("src",),
    "source": ("src", "srcset"),
    "track": ("src",),
    "use": ("href", "xlink:href"),
    "video": ("src", "poster"),
}
# Links that lead to a page. <link rel> of these kinds do, too.
PAGE_RELS = {"alternate", "author", "canonical", "help", "license", "next", "prev", "search"}
SELECTOR = ", ".join(
    ["a[href]", "area[href]", "form[action]", "blockquote[cite]", "q[cite]", "[style]", "style"]
    + [
        f"{tag}[{name.replace(':', chr(92) + ':')}]"
        for tag, names in ASSETS.items()
        for name in names
    ]
)
CSS_COMMENT = re.compile(r"/\*.*?\*/", re.S)
CSS_URL = re.compile(
    r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^"')\s][^)\s]*))\s*\)|@import\s+(?:"([^"]*)"|'([^']*)')"""
)
MAILBOX = re.compile(
    r"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
    r"(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)+$"
)  # HTML Living Standard, "valid email address", with at least one dot
# E.164, a Swedish national number, or a Swedish short number.
TELEPHONE = re.compile(r"^(\+[1-9]\d{6,14}|0\d{6,10}|112|11414|11313|1177|116\d{3}|118\d{3})$")


@dataclass(frozen=True, order=True)
class LinkFinding(Finding):
    """A finding with what a program wants to know; see ``--format json``."""

    page: str = ""  # the built file, relative to the checked folder
    target: str = ""  # the link as it stands in the HTML


@dataclass(frozen=True)
class Link:
    """One use of an address: what it says, and whether it loads something or leads somewhere."""

    url: str
    asset: bool


@dataclass
class Document:
    """What a file defines (ids) and uses (links)."""

    path: str  # relative to the site's folder: "betanketid/ansok/index.html"
    ids: Counter[str] = field(default_factory=Counter)
    names: set[str] = field(default_factory=set)  # <a name>, a valid target of a fragment
    links: list[Link] = field(default_factory=list)
    base: str = ""


def read_html(path: str, data: bytes) -> Document:
    """Read the ids and links of one HTML file. Never raises on bad HTML: browsers don't."""
    tree = LexborHTMLParser(data)
    document = Document(path)
    for node in tree.css("[id]"):
        document.ids[node.attributes.get("id") or ""] += 1
    for node in tree.css("a[name]"):
        document.names.add(node.attributes.get("name") or "")
    base = tree.css_first("base[href]")
    if base is not None:
        document.base = base.attributes.get("href") or ""
    for node in tree.css(SELECTOR):
        tag, attributes = node.tag or "", node.attributes
        if tag == "style":
            document.links += read_css(node.text())
            continue
        if style := attributes.get("style"):
            document.links += read_css(style)
        for name in ("href", "action", "cite"):
            if name in attributes and tag not in ASSETS:
                document.links.append(Link(attributes[name] or "", asset=False))
        for name in ASSETS.get(tag, ()):
            if name not in attributes:
                continue
            value = attributes[name] or ""
            if name == "srcset":
                document.links += [Link(url, asset=True) for url in _srcset(value)]
            elif tag == "link":
                rels = set((attributes.get("rel") or "").lower().split())
                if not rels & {"preconnect", "dns-prefetch"}:
                    document.links.append(Link(value, asset=not rels & PAGE_RELS))
            else:
                document.links.append(Link(value, asset=True))
    return document


def _srcset(value: str) -> list[str]:
    """Return the addresses of a srcset (HTML, "parsing a srcset attribute")."""
    return re.findall(r"(?:^|,)\s*((?:data:[^\s]+|[^\s,]|,(?=\S))+)", value)


def read_css(text: str) -> list[Link]:
    """Return what a stylesheet loads: ``url(…)`` and ``@import``."""
    found = CSS_URL.findall(CSS_COMMENT.sub(" ", text))
    return [Link(next(filter(None, groups), ""), asset=True) for groups in found]


class Site:
    """A folder of built files: what they define, and where the folder stands in the world."""

    def __init__(self, root: Path, site_url: str = "") -> None:
        self.root = root
        self.origin = urlsplit(site_url or NO_ORIGIN)
        self.base_path = self.origin.path.rstrip("/") + "/"
        self.files = {f.relative_to(root).as_posix(): f for f in root.rglob("*") if f.is_file()}
        self.folded: dict[str, str] = {}
        for path in sorted(self.files, reverse=True):
            self.folded[_fold(path)] = path
        self.documents: dict[str, Document] = {}
        for path, file in sorted(self.files.items()):
            if path.endswith((".html", ".htm")):
                self.documents[path] = read_html(path, file.read_bytes())
            elif path.endswith(".css"):
                text = file.read_text(encoding="utf-8", errors="replace")
                self.documents[path] = Document(path, links=read_css(text))

    def url_of(self, path: str) -> str:
        """Return the absolute URL of a file; ``index.html`` goes without its name."""
        if path == "index.html" or path.endswith("/index.html"):
            path = path[: -len("index.html")]
        return f"{self.origin.scheme}://{self.origin.netloc}{self.base_path}{quote(path)}"

    def resolve(self, document: Document, url: str) -> SplitResult:
        """Return the absolute URL that ``url`` means in ``document``. Raises ValueError."""
        base = urljoin(self.url_of(document.path), document.base)
        return urlsplit(urljoin(base, url))

    def is_here(self, url: SplitResult) -> bool:
        """Whether ``url`` has the site's own origin."""
        return url.scheme in ("http", "https") and url.netloc.lower() == self.origin.netloc.lower()

    def inner_path(self, url: SplitResult) -> str | None:
        """Return the path below the site's base, decoded; None if it lies outside."""
        path = unquote(url.path) or "/"
        if path + "/" == self.base_path:
            return ""
        return path.removeprefix(self.base_path) if path.startswith(self.base_path) else None

    def file_for(self, inner: str) -> str | None:
        """Return the file that a server and a file share both give for ``inner``."""
        if inner == "" or inner.endswith("/"):
            inner += "index.html"
        return inner if inner in self.files else None


def _fold(path: str) -> str:
    return unicodedata.normalize("NFC", path).casefold()


class Sources:
    """The Markdown behind a built site: which file and line a link or an id was written on."""

    LINK = re.compile(
        r"""\]\(\s*<?([^)\s>]+)|^\[[^\]]+\]:\s*(\S+)|(?:href|src)\s*=\s*["']([^"']+)"""
    )
    REGISTER_LINK = re.compile(r"(/[\w/.-]*\.md(?:#[\w-]+)?)")

    def __init__(self, docs: Path) -> None:
        self.docs = docs
        self.by_page: dict[str, Path] = {}
        for file in docs.rglob("*.md"):
            relative = file.relative_to(docs)
            if relative.name in ("index.md", "README.md"):
                built = relative.parent / "index.html"
            else:
                built = relative.with_suffix("") / "index.html"
            self.by_page[built.as_posix()] = file
            self.by_page.setdefault(relative.with_suffix(".html").as_posix(), file)
        self.registers = sorted(docs.glob("_data/**/*.yml"))

    def shown(self, file: Path) -> PurePosixPath:
        return PurePosixPath(self.docs.name, *file.relative_to(self.docs).parts)

    def find(self, page: str, wanted: str, rule: str, nth: int) -> tuple[PurePosixPath, int] | None:
        """Return (file, line) where ``wanted``, a link or an id, stands in the source of ``page``.

        The ``nth`` place (from 0), or the last there is. None if the page has no Markdown.
        """
        file = self.by_page.get(page)
        if file is None:
            return None
        if rule == "duplicate-id":
            lines = self._lines_with_id(file, wanted)
        else:
            lines = list(self._lines_with_link(file, wanted))
        if lines:
            return self.shown(file), lines[min(nth, len(lines) - 1)]
        for register in self.registers:  # made from a register by a macro
            for number, line in enumerate(register.read_text("utf-8").split("\n"), 1):
                for target in self.REGISTER_LINK.findall(line):
                    if self._same(PurePosixPath("x.md"), target, page, wanted):
                        return self.shown(register), number
        return self.shown(file), 1

    def _text(self, file: Path) -> str:
        return without_code(file.read_text("utf-8", errors="replace"))

    def _lines_with_id(self, file: Path, wanted: str) -> list[int]:
        pattern = re.compile(
            rf"""\{{[^}}\n]*#{re.escape(wanted)}(?=[\s}}])|id=["']{re.escape(wanted)}["']"""
        )
        text = self._text(file)
        return [text.count("\n", 0, match.start()) + 1 for match in pattern.finditer(text)]

    def _lines_with_link(self, file: Path, wanted: str) -> Iterator[int]:
        relative = PurePosixPath(*file.relative_to(self.docs).parts)
        page = next(p for p, f in self.by_page.items() if f == file)
        for number, line in enumerate(self._text(file).split("\n"), 1):
            for groups in self.LINK.findall(line):
                if self._same(relative, next(filter(None, groups)), page, wanted):
                    yield number

    @staticmethod
    def _same(source: PurePosixPath, written: str, page: str, built: str) -> bool:
        """Whether ``written`` in Markdown became ``built`` in the page's HTML.

        MkDocs makes ``../a/b.md#c`` into an address relative to the page's own folder.
        """
        if written == built or html.unescape(written) == built:
            return True
        path, _, fragment = written.partition("#")
        built_path, _, built_fragment = built.partition("#")
        if fragment != built_fragment:
            return False
        if path.endswith(".md"):
            joined = posixpath.normpath(posixpath.join("/", str(source.parent), path))
            joined = re.sub(r"(?:/index|/README)?\.md$", "", joined) or "/"
        elif path:
            joined = posixpath.normpath(posixpath.join("/", str(source.parent), path))
        else:
            return built_path in ("", ".", "./")
        target = posixpath.normpath(
            posixpath.join("/", posixpath.dirname(page), unquote(built_path))
        )
        return joined == target


def check_site(site: Site) -> Iterator[LinkFinding]:
    """Yield a finding for each fault, with the HTML file as its place."""
    for document in site.documents.values():
        for name, count in document.ids.items():
            if count > 1:
                yield _finding(
                    document, name, "duplicate-id",
                    f'id "{name}" står på {count} ställen på sidan. Ge varje ställe ett eget id.',
                )  # fmt: skip
            if not name or re.search(r"\s", name):
                yield _finding(
                    document, name, "bad-id", f'id "{name}" är tomt eller har mellanslag.'
                )
        for link in dict.fromkeys(document.links):
            for rule, message in check_link(site, document, link):
                yield _finding(document, link.url, rule, message)


def _finding(document: Document, target: str, rule: str, message: str) -> LinkFinding:
    return LinkFinding(PurePosixPath(document.path), 1, rule, message, document.path, target)


def check_link(site: Site, document: Document, link: Link) -> Iterator[tuple[str, str]]:
    """Yield (rule, message) for what is wrong with one link; at most one."""
    url = link.url.strip(" \t\n\r\f")  # as browsers do
    scheme = match[1].lower() if (match := re.match(r"([A-Za-z][A-Za-z0-9+.-]*):", url)) else ""
    if not url:
        yield "empty-link", "länken är tom. Skriv en adress eller ta bort länken."
    elif scheme == "mailto":
        yield from _check_mailto(url)
    elif scheme == "tel":
        yield from _check_tel(url)
    elif scheme in ("data", "blob", "about", "sms"):
        return
    elif scheme == "javascript":
        yield "script-link", f'"{url}" gör ingenting utan JavaScript. Länka till en sida.'
    elif scheme == "file":
        yield "local-link", f'"{url}" pekar på en fil i din egen dator. Länka till en sida.'
    elif scheme not in ("", "http", "https"):
        yield "malformed-url", f'"{url}" börjar med ett okänt protokoll. Menade du https://?'
    elif re.search(r"[\s\\<>{}|^`]", url) or re.search(r"%(?![0-9A-Fa-f]{2})", url):
        yield (
            "malformed-url",
            f'"{url}" har tecken som inte får stå i en adress. Koda dem, som %20.',
        )
    elif scheme and not re.match(r"https?://[^/?#]", url, re.I):
        yield "malformed-url", f'"{url}" saknar "//" eller värdnamn.'
    else:
        try:
            resolved = site.resolve(document, url)
            host = resolved.hostname or ""
            _ = resolved.port  # raises on nonsense
        except ValueError:
            yield "malformed-url", f'"{url}" kan inte läsas som en adress.'
            return
        if LOCAL_HOST.match(host):
            yield (
                "local-link",
                f'"{url}" fungerar bara på din egen dator. Länka till sidan i stället.',
            )
        elif site.is_here(resolved):
            yield from _check_internal(site, link, url, resolved)
        elif host and not re.match(r"^[^\s.]+(\.[^\s.]+)+\.?$|^[0-9a-f:]+$", host):
            yield "malformed-url", f'"{url}" har inget riktigt värdnamn.'


def _check_mailto(url: str) -> Iterator[tuple[str, str]]:
    addresses = unquote(url[len("mailto:") :].partition("?")[0])
    if not addresses or not all(MAILBOX.match(a.strip()) for a in addresses.split(",")):
        yield "bad-mailto", f'"{url}" är ingen e-postadress. Skriv mailto:namn@doman.se.'


def _check_tel(url: str) -> Iterator[tuple[str, str]]:
    """RFC 3966 allows visual separators, and phones ignore spaces; the rest must be a number."""
    number = re.sub(r"[-.() ]", "", unquote(url[len("tel:") :]).partition(";")[0])
    if not TELEPHONE.match(number):
        yield "bad-tel", f'"{url}" går inte att ringa. Skriv tel: och siffror, som tel:020390000.'


def _check_internal(
    site: Site, link: Link, url: str, resolved: SplitResult
) -> Iterator[tuple[str, str]]:
    inner = site.inner_path(resolved)
    what = "filen" if link.asset else "sidan"
    rule = "missing-asset" if link.asset else "missing-page"
    if inner is None:
        bare = unquote(resolved.path).lstrip("/")
        if site.base_path != "/" and site.file_for(bare) is not None:
            message = f'"{url}" saknar webbplatsens sökväg {site.base_path}. Skriv en relativ länk.'
        else:
            message = f'"{url}" ligger utanför webbplatsen ({site.base_path}).'
        yield "outside-site", message
        return
    target = site.file_for(inner)
    if target is None:
        file = inner + "index.html" if inner[-1:] in ("", "/") else inner
        if twin := site.folded.get(_fold(file)):
            same_letters = unicodedata.normalize("NFC", file) == unicodedata.normalize("NFC", twin)
            how = "i hur å, ä och ö är kodade" if same_letters else "i stora och små bokstäver"
            yield "wrong-case", f'"{url}" skiljer sig från "{twin}" {how}. Skriv exakt lika.'
        elif site.file_for(inner + "/") is not None:
            yield (
                "missing-slash",
                f'"{url}" saknar snedstreck på slutet. Menade du "{url_with_slash(url)}"?',
            )
        else:
            yield rule, f'"{url}": {what} finns inte.{_suggest(site, inner, link.asset)}'
        return
    fragment = unquote(resolved.fragment.partition(":~:")[0])
    defined = site.documents.get(target)
    if not fragment or fragment.lower() == "top" or link.asset:
        return
    if defined is not None and target.endswith((".html", ".htm")):
        known = defined.ids.keys() | defined.names
        if fragment not in known:
            near = difflib.get_close_matches(fragment, sorted(known), n=1)
            hint = f' Menade du "#{near[0]}"?' if near else ""
            yield (
                "missing-anchor",
                f'"{url}": sidan finns, men inte rubriken eller raden "#{fragment}" på den.{hint}',
            )


def url_with_slash(url: str) -> str:
    """Return ``url`` with a slash after its path, before ``?`` and ``#``."""
    path = re.match(r"[^?#]*", url)
    end = path.end() if path else len(url)
    return f"{url[:end]}/{url[end:]}"


def _suggest(site: Site, inner: str, asset: bool) -> str:
    """Return "Menade du …?" with the nearest real target, or nothing."""
    wanted = re.sub(r"(index)?\.(md|html?)$|/$", "", inner)
    names = {
        (path if asset else re.sub(r"/?index\.html$", "", path)): path
        for path in site.files
        if asset or path.endswith(".html")
    }
    near = difflib.get_close_matches(wanted, sorted(names), n=1, cutoff=0.5)
    if not near:  # right name, wrong folder
        last = posixpath.basename(wanted)
        near = sorted(name for name in names if posixpath.basename(name) == last)[:1]
    return f' Menade du "/{near[0]}{"" if asset else "/"}"?' if near else ""


def place(
    findings: Iterable[LinkFinding], site: Site, sources: Sources | None, label: str
) -> Iterator[LinkFinding]:
    """Yield the findings where an editor can mend them: in Markdown if there is any."""
    for finding in findings:
        count = 2 if finding.rule == "duplicate-id" else 1
        spot = (
            sources.find(finding.page, finding.target, finding.rule, count - 1) if sources else None
        )
        if spot is None:
            spot = PurePosixPath(label, finding.page), _html_line(site, finding)
        yield dataclasses.replace(finding, path=spot[0], line=spot[1])


def _html_line(site: Site, finding: LinkFinding) -> int:
    text = site.files[finding.page].read_bytes().decode("utf-8", errors="replace")
    for wanted in (finding.target, html.escape(finding.target)):
        if wanted and (match := re.search(rf"""["'(=]\s*{re.escape(wanted)}""", text)):
            return text.count("\n", 0, match.start()) + 1
    return 1


def validate(
    root: Path, site_url: str = "", docs: Path | None = None, label: str = ""
) -> list[LinkFinding]:
    """Return every fault in the built site ``root``, in order.

    ``site_url`` is where it will stand (its path is the base path); ``docs`` holds its Markdown,
    if any; ``label`` is what findings call the folder. Raises OSError.
    """
    site = Site(root, site_url)
    sources = Sources(docs) if docs else None
    return sorted(set(place(check_site(site), site, sources, label or root.name)))


def as_json(findings: Sequence[LinkFinding]) -> str:
    """Return the findings as JSON: {"version": 1, "findings": [{rule, severity, page, …}]}."""
    rows = [
        {
            "rule": f.rule,
            "severity": "error",
            "page": f.page,
            "source": str(f.path),
            "line": f.line,
            "target": f.target,
            "message": f.message,
        }
        for f in findings
    ]
    return json.dumps({"version": JSON_VERSION, "findings": rows}, ensure_ascii=False, indent=2)


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m scripts.validate_links",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("dir", type=Path, metavar="DIR", help="mappen med den byggda webbplatsen")
    parser.add_argument("--site-url", default="", help="adressen där den ska ligga, med sökväg")
    parser.add_argument("--docs", type=Path, help="mappen med Markdown-källorna, om de finns")
    parser.add_argument("--format", choices=("text", "json"), default="text")
    args = parser.parse_args(argv)
    if not args.dir.is_dir():
        print(f'Mappen "{args.dir}" finns inte. Bygg webbplatsen först.', file=sys.stderr)
        return 2
    if args.site_url and not re.match(r"https?://[^/]+", args.site_url):
        print(f'"{args.site_url}" är ingen adress. Skriv https://…', file=sys.stderr)
        return 2
    findings = validate(args.dir, args.site_url, args.docs)
    if args.format == "json":
        print(as_json(findings))
        return 1 if findings else 0
    return report(findings)


if __name__ == "__main__":
    raise SystemExit(main())
