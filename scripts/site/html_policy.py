"""Allow-list check of the built HTML, and detection of Markdown that was not rendered.

No page may run foreign code, call another host or take over the reader's window, whichever source
wrote the HTML: a page, its front matter, a register, mkdocs.yml or a template. The built page is
checked, not the source, since only the Markdown parser knows what is code and what is a tag. Each
page also carries a Content-Security-Policy, since hosts without headers, the offline copy and
file:// have no other.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import PurePosixPath
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from scripts.content.config import Config
from scripts.content.content import Content
from scripts.core.findings import CONTROL_CHARACTERS, Finding
from scripts.site.csp import PAGE_POLICY
from scripts.site.html_site import HtmlPage, insert_html_after

# Elements: the attributes they may have besides COMMON. No other element is allowed.
TABLE = """
    abbr article aside b blockquote body br caption cite code dd desc dl dt em figcaption figure:
    footer form h1 h2 h3 h4 h5 h6 head header hr i kbd main mark p pre q s section small span:
    strong sub summary sup table tbody tfoot thead title tr ul wbr html:
    a: href hreflang rel target download tabindex
    button: type popovertarget popovertargetaction
    circle rect text: x y cx cy r rx width height fill stroke stroke-width
    path: d fill stroke stroke-width stroke-linecap stroke-linejoin
    col colgroup: span
    details: open
    div nav: popover
    img: src alt width height
    input: type autocomplete autocapitalize spellcheck enterkeyhint maxlength placeholder
    label: for
    li: value
    link: rel href type media
    meta: charset name property content http-equiv
    ol: start
    script: src type defer blocking
    svg: xmlns viewBox width height preserveAspectRatio focusable fill
    td th: colspan rowspan scope
    time: datetime
"""
COMMON = {"class", "dir", "hidden", "id", "lang", "role", "title"}
ELEMENTS = {
    element: COMMON.union(allowed.split())
    for elements, _, allowed in (row.partition(":") for row in TABLE.split("\n"))
    for element in elements.split()
}
FAMILIES = ("aria-", "data-")
# Allowed only as children of <head> or <body>: templates write them, texts never do.
OUTSIDE = {"link", "meta", "script"}
LINK_SCHEMES = ("", "http", "https", "mailto", "tel")
TYPES = {"button": ("button", "submit"), "input": ("checkbox", "text")}
LOADED = ("icon", "stylesheet")  # <link rel> that loads a file
NAMED = ("alternate", "canonical", "search")  # <link rel> that only names a URL
NAMES = ("author", "description", "keywords", "robots", "site-key", "viewport")  # of <meta>
SHARED = ("og:description", "og:title")  # <meta property>, of the Open Graph protocol (ogp.me)
REFRESH = re.compile(r"0; url=(.*)")
DATA = "application/ld+json"  # data, not script (HTML Standard, 4.12.1)
# Pattern of unrendered Markdown → the cure.
UNRENDERED = {
    r"\*\*": "fet stil har ** före men inte efter orden, eller tvärtom. Skriv båda.",
    r"\] ?\((?=[^)\s]*[./#:]\w)": "länken är inte hel. Skriv [ord](sida.md), tätt ihop.",
    r"^ *\|.*\|\s*$": "tabellen saknar raden |---|---| under sitt huvud.",
    r"!\[|\[\[|\{ ?[:#.] ?\w|\{[{%]": "tecknen blev inget annat än tecken. Rätta raden.",
    r"<!--": "kommentaren slutar aldrig. Ta bort den.",
    r"</?[a-z][a-z0-9]*(?: [^<>]*)?>": "taggen syns som text. Ta bort den.",
}
ANY_UNRENDERED = re.compile("|".join(UNRENDERED), re.M)
VERBATIM = ("code", "pre", "script", "style", "title")


class Violation(NamedTuple):
    """Something in a built page that the allow-list doesn't have."""

    message: str  # the problem and the cure, in Swedish
    # Patterns that find the line of the source, most specific first.
    source_patterns: tuple[str, ...]
    rule: str = "unsafe-html"


def element_violation(tag: str) -> Violation:
    """Return the violation for a forbidden element or comment."""
    if tag == "-comment":
        return Violation(
            "en kommentar (<!-- … -->) syns i sidans källa på nätet. Ta bort den.", ("<!--",)
        )
    message = f"<{tag}> får inte stå i texten. Skriv med Markdown i stället."
    return Violation(message, (f"(?i)<{re.escape(tag)}",))


def attribute_violation(tag: str, name: str, value: str) -> Violation:
    """Return the violation for a forbidden attribute, or a forbidden value of it."""
    if name == "style" and tag in ("td", "th"):
        message = "kolumnerna kan inte riktas. Ta bort kolonen i raden under tabellens huvud."
        return Violation(message, (":-|-:",))
    message = f'"{name}" får inte stå så i <{tag}>. Ta bort det.'
    if name in ("href", "src"):
        message = f'adressen "{value[:40]}" får inte stå i en sida. Ta bort den.'
    patterns = [rf"(?i)\b{re.escape(name)}\b"]
    if len(value) > 3:  # a shorter value would match anywhere
        patterns.insert(0, re.escape(value))
    return Violation(message, tuple(patterns))


@functools.cache
def scheme(address: str) -> str:
    """Return the scheme of a URL as a browser parses it (URL Standard, 4.4), in lower case.

    "//" for a scheme-relative URL, "" for a relative one.
    """
    address = re.sub(r"[\t\n\r]", "", address).lstrip("".join(map(chr, range(33))))
    match = re.match(r"([a-z][a-z0-9+.-]*):", address, re.I)
    if match:
        return match[1].lower()
    return "//" if re.match(r"[/\\]{2}", address) else ""


def violations(page: HtmlPage) -> Iterator[Violation]:
    """Yield the violations in a page, in document order, and then its unrendered Markdown."""
    root = page.tree.root
    if root is None:
        return
    control = CONTROL_CHARACTERS.search(page.tree.html or "")
    if control:
        message = f"här är ett osynligt tecken (U+{ord(control[0]):04X}). Ta bort det."
        # the source may have it as a character reference: &#x202e;
        yield Violation(message, (rf"{re.escape(control[0])}|&(?:#\w+|\w{{3,}});",))
    for node in root.traverse():
        tag = node.tag or "?"
        if tag not in ELEMENTS or (tag in OUTSIDE and not _is_in_head_or_body(node)):
            yield element_violation(tag)
            continue
        attributes = {
            name: value or "" for name, value in node.attributes.items() if name not in COMMON
        }
        if tag == "script" and not _is_allowed_script(node, attributes):
            yield element_violation(tag)
        for name, value in attributes.items():
            is_listed = name in ELEMENTS[tag] or name.startswith(FAMILIES)
            if not is_listed or not _is_allowed_value(tag, name, value, attributes):
                yield attribute_violation(tag, name, value)
    if not ANY_UNRENDERED.search(root.text()):
        return
    for node in root.traverse(include_text=True):
        if node.tag != "-text" or node.parent is None or node.parent.tag in VERBATIM:
            continue
        text = node.text()
        if not ANY_UNRENDERED.search(text):
            continue
        for pattern, cure in UNRENDERED.items():
            match = re.search(f".{{0,20}}(?:{pattern}).{{0,20}}", text, re.M)
            if match:
                message = f'"{match[0].strip()}": {cure}'
                yield Violation(message, (re.escape(match[0]),), "left-markdown")


def _is_in_head_or_body(node: LexborNode) -> bool:
    return node.parent is not None and node.parent.tag in ("head", "body")


def _is_allowed_script(node: LexborNode, attributes: dict[str, str]) -> bool:
    """Return whether a script element loads a file and nothing else, or contains JSON-LD."""
    if "src" in attributes:
        return "type" not in attributes and not node.text().strip()
    return attributes.get("type") == DATA


def _is_allowed_value(tag: str, name: str, value: str, attributes: dict[str, str]) -> bool:
    """Return whether an attribute on the allow-list has an allowed value.

    ``attributes``: all of the element's, without those that every element may have.
    """
    if name in ("href", "src"):
        is_loaded = name == "src" or attributes.get("rel") in LOADED
        return scheme(value) in ([""] if is_loaded else LINK_SCHEMES)
    if name == "rel" and tag == "link":
        return value in LOADED + NAMED
    if name == "type" and tag in TYPES:
        return value in TYPES[tag]
    if name in ("fill", "stroke"):
        return "(" not in value  # url(…)
    if tag == "meta" and name == "name":
        return value in NAMES
    if name == "property":
        return value in SHARED
    if name == "tabindex":
        return value == "-1"
    if tag == "meta" and name == "http-equiv":
        return _is_allowed_pragma(value, attributes.get("content", ""))
    return True


def _is_allowed_pragma(name: str, content: str) -> bool:
    """Return whether <meta http-equiv> redirects within the site, or has the site's policy."""
    if name == "refresh":
        match = REFRESH.fullmatch(content)
        return match is not None and scheme(match[1]) == ""
    return name == "Content-Security-Policy" and content == PAGE_POLICY


def add_policy(page: HtmlPage) -> None:
    """Add the Content-Security-Policy to a page, before everything it applies to."""
    tag = f'<meta http-equiv="Content-Security-Policy" content="{PAGE_POLICY}">'
    insert_html_after(page.select_required("meta[charset]"), tag)


def locate_violations(
    violations_by_address: Mapping[str, Collection[Violation]], content: Content, config: Config
) -> list[Finding]:
    """Return a finding for each violation, at the line of the source that wrote it.

    ``violations_by_address``: page address → its violations. On pages that aren't in docs/, a
    violation is reported only if no page before has it.
    """
    authored = {page.address: page for page in content.authored_pages}
    generated = {p.address: p for p in content.pages.values() if p.address not in authored}
    register_files = [file for register in content.files.values() for file in register.parts]
    common_sources = [
        Source(file.display_path, file.text.split("\n"))
        for file in (*register_files, *config.files)
    ]
    findings: set[Finding] = set()
    reported: set[Violation] = set()
    # Authored pages first: generated pages, slides and redirects repeat their HTML.
    for address in sorted(violations_by_address, key=lambda address: address not in authored):
        sources = common_sources
        fallback = (PurePosixPath("site", address), 1)
        page = authored.get(address)
        generated_page = generated.get(address)
        if page:
            own_sources = [Source(t.display_path, t.source.split("\n")) for t in page.texts]
            sources = [*own_sources, *common_sources]
            fallback = (page.display_path, 1)
        elif generated_page:
            path = generated_page.file.display_path
            text = (content.docs.parent / path).read_text("utf-8")
            sources = [Source(path, text.split("\n")), *common_sources]
            fallback = (path, generated_page.body_line)
        for violation in violations_by_address[address]:
            if page is None and violation in reported:
                continue
            reported.add(violation)
            path, line = next(_source_lines(violation, sources), fallback)
            findings.add(Finding(path, line, violation.rule, violation.message))
    return sorted(findings)


class Source(NamedTuple):
    """A file that a violation may come from."""

    path: PurePosixPath  # as findings show it
    lines: list[str]


def _source_lines(
    violation: Violation, sources: list[Source]
) -> Iterator[tuple[PurePosixPath, int]]:
    """Yield (path, line) of each line that may have caused a violation, the most likely first."""
    for pattern in violation.source_patterns:
        regex = re.compile(pattern)
        for source in sources:
            for number, line in enumerate(source.lines, 1):
                if regex.search(line):
                    yield source.path, number
