"""The faults of the links of a built site. No network.

After hyperlink (untitaker/hyperlink, docs/architecture.md): every file defines a path and its ids,
every link uses one. A link to something that isn't defined is broken. No crawling.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from selectolax.lexbor import LexborHTMLParser

from scripts.core.findings import Finding
from scripts.core.swedish import nearest
from scripts.links.files import read_document
from scripts.links.html import Document, Use, decode, is_html, wanted_id
from scripts.links.resolve import MAIL, Resolution, Site, is_site_url, mask

# Problem → (rule, the message after the address, with fields that ``_address_finding`` fills in).
PROBLEMS = {
    "characters": ("malformed-url", " har tecken som inte får stå i en adress. Koda dem, som %20."),
    "port": ("malformed-url", " har ett värdnamn eller en port (högst 65535) som inte kan finnas."),
    "host": ("malformed-url", " har inget riktigt värdnamn."),
    "scheme": ("malformed-url", " börjar med ett okänt protokoll. Menade du https://?"),
    "javascript": ("malformed-url", " gör ingenting utan JavaScript. Länka till en sida."),
    "credentials": ("credentials", " innehåller inloggningsuppgifter. Ta bort dem, och byt dem."),
    "local": ("local-link", " fungerar bara på din egen dator. Länka till sidan i stället."),
    "file": ("local-link", " fungerar bara på din egen dator. Länka till sidan i stället."),
    "mailto": ("bad-mailto", " är ingen e-postadress. Skriv mailto:namn@doman.se."),
    "tel": ("bad-tel", " går inte att ringa. Skriv tel: och siffror, som tel:020390000."),
    "no-base": ("outside-site", " saknar webbplatsens sökväg {base}. Skriv en relativ länk."),
    "outside": ("outside-site", " leder ut ur mappen som kontrolleras, den som ligger på {base}."),
    "case": ("wrong-case", ' skrivs inte som filen, "{file}": stora bokstäver, eller å, ä och ö.'),
    "slash": ("missing-slash", ' saknar snedstreck på slutet. Menade du "{with_slash}"?'),
    "missing-page": ("missing-page", ": sidan finns inte.{cure}"),
    "missing-asset": ("missing-asset", ": filen finns inte.{cure}"),
    "page-as-asset": ("missing-asset", " är en sida. Skriv bildens, skriptets eller mallens fil."),
    "anchor": ("missing-anchor", ': sidan finns, men inte stället "#{id}" på den.{cure}'),
}
NO_FILE_CURE = " Ändra adressen, eller ta bort den."
NO_ANCHOR_CURE = " Har den flyttat? Skriv det nya stället. Är den borta? Länka till sidan."
EMPTY = 'adressen är tom: en länk leder då till sin egen sida. Skriv en adress, eller "#".'


@dataclass
class Result:
    """The findings and links of a whole site."""

    site: Site
    # At line 1 of the built file, until ``validate.locate`` finds the line.
    findings: list[Finding] = field(default_factory=list)
    external: dict[str, list[str]] = field(default_factory=dict)  # address → pages that use it
    outgoing: dict[str, set[str]] = field(default_factory=dict)  # page → files that it leads to
    stubs: set[str] = field(default_factory=set)  # redirects, and pages with robots: noindex


def check_site(
    root: Path, site_url: str = "", parsed: Mapping[str, Document] | None = None
) -> Result:
    """Read the site in ``root`` and return its findings and links.

    Args:
        site_url: the URL that the site will be published at.
        parsed: file name → its document, for pages that the caller has parsed already; the other
            files are read from ``root``.

    Raises:
        OSError: a file can't be read.
    """
    files = sorted(f.relative_to(root).as_posix() for f in root.rglob("*") if f.is_file())
    documents: dict[str, Document] = {}
    for path in files:
        document = parsed[path] if parsed and path in parsed else read_document(root / path)
        if document:
            documents[path] = document
    checker = _Checker(Site(files, site_url), documents)
    for path, document in documents.items():
        checker.check_document(path, document)
    return checker.result


def link_finding(
    page: str, rule: str, target: str, message: str, severity: str = "error"
) -> Finding:
    """Return the finding of a link in the built file ``page``, at line 1: its line isn't known yet.

    ``target``: the address or id as written in the file; the finding has its password masked.
    """
    path = PurePosixPath(page)
    return Finding(path, 1, rule, message, severity=severity, page=page, target=mask(target))


class _Checker:
    """Checks the files of a site one by one, and collects the findings in ``result``."""

    def __init__(self, site: Site, documents: Mapping[str, Document]) -> None:
        self.site = site
        self.result = Result(site)
        self.anchors = {path: document.anchors for path, document in documents.items()}
        self.suggestions = Suggestions(site.files, self.anchors)

    def check_document(self, path: str, document: Document) -> None:
        """Add the findings of a file and of each of its links to the result."""
        if document.noindex:  # a page for those who have its address: no link need lead to it
            self.result.stubs.add(path)
        self.result.findings += _document_faults(path, document)
        for use in dict.fromkeys(document.uses):
            if use.kind == "ref":  # an attribute with an id, such as aria-describedby
                self._check_reference(path, use.value)
            else:
                self._check_address(path, use)

    def _check_reference(self, path: str, wanted: str) -> None:
        """Check an attribute that names the id ``wanted`` on its own page."""
        if wanted not in self.anchors[path]:
            text = f'ett attribut pekar på id "{wanted}", som inte finns på sidan.'
            text += self.suggestions.for_id(path, wanted)
            self.result.findings.append(link_finding(path, "missing-ref", wanted, text))

    def _check_address(self, path: str, use: Use) -> None:
        """Check an address in the file ``path``: record where it leads (``external``, ``outgoing``,
        ``stubs``), and add a finding if it has a fault."""
        address, hash_sign, fragment = use.value.strip().partition("#")
        if not address and not hash_sign:  # "#" alone is the top of the page
            self.result.findings.append(link_finding(path, "empty-link", use.value, EMPTY))
            return
        is_same_page = not address.partition("?")[0]  # "?a=1" and "#id" have no path
        resolution = Resolution(path) if is_same_page else self.site.resolve(address, path)
        if use.kind == "inner" and not _is_inside(resolution):
            return
        if resolution.external:
            pages = self.result.external.setdefault(resolution.external + hash_sign + fragment, [])
            pages.append(path)
        if resolution.file in self.site.files:
            self.result.outgoing.setdefault(path, set()).add(resolution.file)
        if use.kind == "refresh":  # ``path`` is a redirect, wherever it leads
            self.result.stubs.add(path)
        problem = self._find_problem(use, resolution, fragment)
        if problem:
            self.result.findings.append(self._address_finding(path, use, resolution, problem))

    def _find_problem(self, use: Use, resolution: Resolution, fragment: str) -> str:
        """Return the problem of an address that leads to ``resolution``, as a key of PROBLEMS; ""
        for a good address."""
        if resolution.problem == "missing":
            return "missing-asset" if use.kind in ("asset", "frame") else "missing-page"
        if resolution.problem:
            return resolution.problem
        if not is_html(resolution.file):  # another host, or a file whose ids aren't read
            return ""
        if use.kind == "asset":
            return "page-as-asset"
        wanted = wanted_id(fragment)
        # in HTML an id is written as it is, in a link often URL-encoded
        is_found = not wanted or {wanted, unquote(wanted)} & self.anchors[resolution.file]
        return "" if is_found else "anchor"

    def _address_finding(
        self, path: str, use: Use, resolution: Resolution, problem: str
    ) -> Finding:
        """Return the finding of an address with ``problem``, a key of PROBLEMS."""
        rule, text = PROBLEMS[problem]
        written = use.value.strip()
        address, _, fragment = written.partition("#")
        anchor = unquote(wanted_id(fragment))
        message = text.format(
            base=self.site.base_path,
            file=resolution.file,
            with_slash=re.sub(r"(?=[?#]|$)", "/", written, count=1),  # "a#b" → "a/#b"
            id=anchor,
            cure=self._cure(problem, resolution.file, address, anchor),
        )
        # links to several anchors of a missing page get one message, so the anchor is left out
        is_missing = problem in ("missing-page", "missing-asset")
        shown = address if is_missing else written
        return link_finding(path, rule, use.value, f'"{mask(shown)}"{message}')

    def _cure(self, problem: str, file: str, address: str, anchor: str) -> str:
        """Return the sentence that ends the message about a missing file or anchor: a similar
        name, or else the cure. "" for other problems."""
        if problem == "anchor":
            return self.suggestions.for_id(file, anchor) or NO_ANCHOR_CURE
        if problem not in ("missing-page", "missing-asset"):
            return ""
        if MAIL.fullmatch(address):  # "namn@doman.se" without "mailto:" is a file name
            return f' Menade du "mailto:{address}"?'
        return self.suggestions.for_file(file) or NO_FILE_CURE


def _document_faults(path: str, document: Document) -> Iterator[Finding]:
    """Yield the findings of a file by itself: it can't be read, an id is empty or has a space, an
    id is defined twice."""
    if document.unreadable:
        yield link_finding(path, "unreadable-file", path, f"{path} {document.unreadable}")
    for name, count in Counter(document.ids).items():
        if not name or re.search(r"\s", name):
            yield link_finding(path, "bad-id", name, f'id "{name}" är tomt eller har mellanslag.')
        elif count > 1:
            text = f'id "{name}" står på flera ställen på sidan. Ge varje ställe ett eget id.'
            yield link_finding(path, "duplicate-id", name, text)


def _is_inside(resolution: Resolution) -> bool:
    """Whether an address leads into the site: to a file of it, or to one that is missing."""
    return not resolution.external and resolution.problem in ("", "missing", "case", "slash")


def orphans(result: Result, start: str = "index.html") -> list[str]:
    """Return the pages that can't be reached by links from ``start``; none if the site lacks the
    page ``start``.

    The error page needs no link, nor do redirects and the pages of retired addresses (robots:
    noindex), since readers come to these by old and short addresses.
    """
    if start not in result.site.files:
        return []
    reached: set[str] = set()
    stack = [start]
    while stack:
        page = stack.pop()
        if page not in reached:
            reached.add(page)
            stack += result.outgoing.get(page, ())
    pages = {path for path in result.site.files if is_html(path) and not path.endswith("404.html")}
    return sorted(pages - result.stubs - reached)


class Suggestions:
    """The files and ids that broken links may have meant."""

    def __init__(self, files: Iterable[str], anchors: Mapping[str, set[str]]) -> None:
        """``anchors``: page → its ids."""
        self.anchors = anchors
        # in reverse, so that the first of two files with one name ("a.html", "a/index.html") stays
        self.file_by_name = {_page_name(file): file for file in sorted(files, reverse=True)}
        self.cache: dict[str, str] = {}  # missing file → sentence; a template's is on every page

    def for_file(self, missing: str) -> str:
        """Return the sentence ``Menade du …?`` with the existing file that is most like the path
        ``missing``, or ""."""
        if missing not in self.cache:
            name = self._similar_name(_page_name(missing))
            self.cache[missing] = _did_you_mean(self.file_by_name[name]) if name else ""
        return self.cache[missing]

    def _similar_name(self, name: str) -> str:
        """Return the name of a file (see ``_page_name``) that is most like ``name``, or "".

        In order of preference: ``name`` itself; the only name with the same last part ("b" in
        "a/b"), in another folder; the nearest in spelling. The ending (".png") is always the
        same: no picture is suggested for a page.
        """
        if name in self.file_by_name:
            return name
        ending = PurePosixPath(name).suffix
        last_part = name.rpartition("/")[2]
        candidates = [other for other in self.file_by_name if PurePosixPath(other).suffix == ending]
        same_last_part = [other for other in candidates if other.rpartition("/")[2] == last_part]
        if len(same_last_part) == 1:
            return same_last_part[0]
        return nearest(name, candidates)

    def for_id(self, page: str, missing: str) -> str:
        """Return the sentence ``Menade du …?`` with the only page that has the id ``missing``, or
        else with the nearest id on ``page``; "" if there is neither."""
        pages = [other for other, ids in self.anchors.items() if missing in ids]
        if len(pages) == 1:
            return _did_you_mean(pages[0], f"#{missing}")
        near = nearest(missing, self.anchors[page])
        return f' Menade du "#{near}"?' if near else ""


def _page_name(target: str) -> str:
    """Return the name of the page that a file or a missing target is meant to be: "a/index.html",
    "a.html", "a.md" and "a/" are "a", and "index.html" is "". Other files keep their names."""
    return re.sub(r"(?:(?:^|/)index)?\.(?:md|html?)$|/$", "", target)


def _did_you_mean(file: str, fragment: str = "") -> str:
    """Return the sentence ``Menade du …?`` with the address of a file, for a page that of its
    folder: "a/index.html" is "/a/"."""
    address = re.sub(r"(^|/)index\.html$", r"\1", file)
    return f' Menade du "/{address}{fragment}"?'


def canonical_address(root: Path) -> str:
    """Return the canonical address of the start page of the built site ``root``; "" if it has none
    or isn't the URL of a site."""
    file = root / "index.html"
    page = decode(file.read_bytes()) if file.is_file() else ""
    node = LexborHTMLParser(page).css_first("link[rel~=canonical]")
    address = (node.attributes.get("href") or "") if node else ""
    return address if is_site_url(address) else ""
