"""Allow-list check of the built HTML, and detection of Markdown that was not rendered.

No page may run foreign code or call another host, whichever source wrote the HTML: a page, its
front matter, a register, mkdocs.yml or a template. The built page is checked, not the source, since
only the Markdown parser knows what is code and what is a tag. Each page also carries a
Content-Security-Policy, since hosts without headers, the offline copy and file:// have no other.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import PurePosixPath
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from scripts.content.config import Config
from scripts.content.content import Content
from scripts.content.page import GeneratedPage, Page
from scripts.core.findings import Finding
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


def _parse_table() -> dict[str, set[str]]:
    """Return each element of TABLE → its allowed attributes. A row's elements, before the colon,
    all have the attributes after it."""
    allowed: dict[str, set[str]] = {}
    for row in TABLE.split("\n"):
        elements, _, attributes = row.partition(":")
        for element in elements.split():
            allowed[element] = COMMON.union(attributes.split())
    return allowed


ALLOWED_ATTRIBUTES = _parse_table()
FAMILIES = ("aria-", "data-")  # beginnings of attributes that every element may have
# Allowed only as children of <head> or <body>: templates write them, texts never do.
TEMPLATE_ELEMENTS = {"link", "meta", "script"}
LINK_SCHEMES = ("", "http", "https", "mailto", "tel")
NAMING_LINKS = ("alternate", "canonical", "search")  # <link rel> that only names a URL
# Pattern of unrendered Markdown → the cure.
UNRENDERED = {
    # "**bold" without an end
    r"\*\*": "fet stil har ** före men inte efter orden, eller tvärtom. Skriv båda.",
    # "[word] (page.md)"
    r"\] ?\((?=[^)\s]*[./#:]\w)": "länken är inte hel. Skriv [ord](sida.md), tätt ihop.",
    # "| a | b |"
    r"^ *\|.*\|\s*$": "tabellen saknar raden |---|---| under sitt huvud.",
    # "![", "[[", "{: .class", "{# id", "{% if", "{{ name"
    r"!\[|\[\[|\{ ?[:#.] ?\w|\{[{%]": "tecknen blev inget annat än tecken. Rätta raden.",
    r"<!--": "kommentaren slutar aldrig. Ta bort den.",
    # "<b>", "</b>", '<b class="x">'
    r"</?[a-z][a-z0-9]*(?: [^<>]*)?>": "taggen syns som text. Ta bort den.",
}
ANY_UNRENDERED = re.compile("|".join(UNRENDERED), re.M)
VERBATIM = ("code", "pre", "script", "style", "title")  # elements that may have such text


class Violation(NamedTuple):
    """Something in a built page that the allow-list doesn't have."""

    message: str  # the problem and the cure, in Swedish
    source_pattern: str  # regular expression that finds the line of the source
    rule: str = "unsafe-html"


def find_violations(page: HtmlPage) -> Iterator[Violation]:
    """Yield a page's forbidden elements and attributes, and then its unrendered Markdown."""
    root = page.tree.root
    if root is None:  # an empty file
        return
    for node in root.traverse():
        yield from _element_violations(node)
    # nearly always none: one search of the whole page is faster than one in each text node
    if ANY_UNRENDERED.search(root.text()):
        yield from _unrendered_markdown(root)


def _element_violations(node: LexborNode) -> Iterator[Violation]:
    """Yield the violation of a comment or of an element that isn't allowed where it is, else the
    violations of the element's attributes."""
    tag = node.tag or "?"
    parent_tag = node.parent.tag if node.parent else None
    if tag == "-comment":
        message = "en kommentar (<!-- … -->) syns i sidans källa på nätet. Ta bort den."
        yield Violation(message, "<!--")
        return
    is_misplaced = tag in TEMPLATE_ELEMENTS and parent_tag not in ("head", "body")
    is_inline_script = tag == "script" and "src" not in node.attributes
    if tag not in ALLOWED_ATTRIBUTES or is_misplaced or is_inline_script:
        message = f"<{tag}> får inte stå i texten. Skriv med Markdown i stället."
        yield Violation(message, f"(?i)<{re.escape(tag)}")
        return
    for name, value in node.attributes.items():
        is_listed = name in ALLOWED_ATTRIBUTES[tag] or name.startswith(FAMILIES)
        if not is_listed or not _has_allowed_url(node, name, value or ""):
            yield attribute_violation(tag, name, value or "")


def attribute_violation(tag: str, name: str, value: str) -> Violation:
    """Return the violation of an attribute of the element ``tag`` that is forbidden or has a
    forbidden value."""
    if name == "style" and tag in ("td", "th"):  # Markdown made it of "|:-|" in a table
        message = "kolumnerna kan inte riktas. Ta bort kolonen i raden under tabellens huvud."
        return Violation(message, ":-|-:")
    if name in ("href", "src"):
        message = f'adressen "{value[:40]}" får inte stå i en sida. Ta bort den.'
        return Violation(message, re.escape(value))
    message = f'"{name}" får inte stå så i <{tag}>. Ta bort det.'
    return Violation(message, rf"(?i)\b{re.escape(name)}\b")


def _has_allowed_url(node: LexborNode, name: str, value: str) -> bool:
    """Whether the value of an attribute is a URL that the element may have; True for an attribute
    that isn't a URL. A file that the page loads must be on the site: its URL is relative."""
    if name not in ("href", "src"):
        return True
    is_loading_link = node.tag == "link" and node.attributes.get("rel") not in NAMING_LINKS
    is_loaded = name == "src" or is_loading_link
    return scheme(value) in ([""] if is_loaded else LINK_SCHEMES)


def scheme(url: str) -> str:
    """Return the scheme of a URL as a browser parses it (URL Standard, 4.4), in lower case; "//"
    for a scheme-relative URL, "" for a relative one."""
    url = re.sub(r"[\t\n\r]", "", url).strip()
    match = re.match(r"([a-z][a-z0-9+.-]*):", url, re.I)
    if match:
        return match[1].lower()
    return "//" if re.match(r"[/\\]{2}", url) else ""


def _unrendered_markdown(root: LexborNode) -> Iterator[Violation]:
    """Yield a violation for each kind of unrendered Markdown in each text node below ``root``."""
    for node in root.traverse(include_text=True):
        if node.tag != "-text" or node.parent is None or node.parent.tag in VERBATIM:
            continue
        for pattern, cure in UNRENDERED.items():
            # with up to 20 characters on each side, to quote in the message
            match = re.search(f".{{0,20}}(?:{pattern}).{{0,20}}", node.text(), re.M)
            if match:
                message = f'"{match[0].strip()}": {cure}'
                yield Violation(message, re.escape(match[0]), "left-markdown")


def add_policy(page: HtmlPage) -> None:
    """Add the Content-Security-Policy to a page, before the elements it applies to: a <meta> policy
    has no effect on what precedes it (CSP3, 3.3)."""
    tag = f'<meta http-equiv="Content-Security-Policy" content="{PAGE_POLICY}">'
    insert_html_after(page.select_required("meta[charset]"), tag)


class SourceFile(NamedTuple):
    """A file that a violation may come from."""

    path: PurePosixPath  # as findings show it
    lines: list[str]


def locate_violations(
    violations_by_address: Mapping[str, Collection[Violation]], content: Content, config: Config
) -> list[Finding]:
    """Return a finding for each violation, sorted: on the first line of the page's files, the
    registers and the settings that may have caused it, else on the first line of the page's text.

    A page that no editor wrote repeats the HTML of others: its violations are reported only if no
    page before it had them.

    ``violations_by_address``: page address → its violations.
    """
    pages = {page.address: page for page in content.pages.values()}
    authored = {page.address for page in content.authored_pages}
    register_files = [file for register in content.files.values() for file in register.parts]
    common_sources = [
        SourceFile(file.display_path, file.text.split("\n"))
        for file in (*register_files, *config.files)
    ]
    findings: set[Finding] = set()
    reported: set[Violation] = set()
    # Editors' own pages first: generated pages repeat violations that are then in ``reported``.
    for address in sorted(violations_by_address, key=lambda address: address not in authored):
        page = pages.get(address)
        sources = common_sources
        fallback = (PurePosixPath("site", address), 1)
        if page:
            sources = [*_source_files(page, content), *common_sources]
            fallback = (page.display_path, page.body_line)
        for violation in violations_by_address[address]:
            if address in authored or violation not in reported:
                path, line = _source_line(violation, sources) or fallback
                findings.add(Finding(path, line, violation.rule, violation.message))
            reported.add(violation)
    return sorted(findings)


def _source_files(page: Page, content: Content) -> list[SourceFile]:
    """Return the files that a page's text is from: the page's own and its supplements', or the
    register of a generated page, whose Markdown is in no file."""
    if isinstance(page, GeneratedPage):
        text = (content.docs.parent / page.display_path).read_text(encoding="utf-8")
        return [SourceFile(page.display_path, text.split("\n"))]
    return [
        SourceFile(part.display_path, part.source.split("\n")) for part in page.with_supplements
    ]


def _source_line(
    violation: Violation, sources: list[SourceFile]
) -> tuple[PurePosixPath, int] | None:
    """Return (path, line) of the first line that may have caused a violation, or None."""
    pattern = re.compile(violation.source_pattern)
    for source in sources:
        for number, line in enumerate(source.lines, 1):
            if pattern.search(line):
                return source.path, number
    return None
