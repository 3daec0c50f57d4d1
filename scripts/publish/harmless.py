"""Nothing in a built page may run, call another host, or take the page over: an allow-list; nor
may Markdown stand in it as it was written.

The one judge of HTML, whatever wrote it: a page's text, its front matter, a register, mkdocs.yml,
a template. What Markdown takes for code or for a tag only Markdown knows, so the source isn't
judged. Each page also carries the policy that stops what the judge would miss: hosts that send no
headers, the offline copy and a disk have no other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import ClassVar

from selectolax.lexbor import LexborNode

from scripts.content.config import CONFIG, Config
from scripts.content.content import Content
from scripts.core.findings import UNSEEN, Finding
from scripts.publish.built import BuiltPage, BuiltSite, put_after
from scripts.publish.servers.headers import PAGE_POLICY

# Elements: the attributes that they may have besides COMMON. What isn't here may stand in no page.
TABLE = """
    abbr article aside b blockquote body br caption cite code dd desc dl dt em figcaption figure:
    footer form h1 h2 h3 h4 h5 h6 head header hr i kbd main mark p pre q s section small span:
    strong sub summary sup table tbody tfoot thead title tr ul wbr html:
    a: href hreflang rel target download
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
    meta: charset name content http-equiv
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
# Where they may stand: a template's own, never in a text.
OUTSIDE = {"link", "meta", "script"}
LEADS = ("", "http", "https", "mailto", "tel")  # the schemes of a link
TYPES = {"button": ("button", "submit"), "input": ("checkbox", "text")}
LOADED = ("icon", "stylesheet")  # <link rel>: what a page loads
NAMED = ("alternate", "canonical", "search")  # and what it only names
NAMES = ("author", "description", "keywords", "robots", "site-key", "viewport")  # of <meta>
REFRESH = re.compile(r"0; url=(.*)")
DATA = "application/ld+json"  # data, not script (HTML Standard, 4.12.1)


TEXT = "#text"
# Markdown that became nothing but its own signs, and the cure.
LEFT = {
    r"\*\*": "fet stil har ** före men inte efter orden, eller tvärtom. Skriv båda.",
    r"\] ?\((?=[^)\s]*[./#:]\w)": "länken är inte hel. Skriv [ord](sida.md), tätt ihop.",
    r"^ *\|.*\|\s*$": "tabellen saknar raden |---|---| under sitt huvud.",
    r"!\[|\{ ?[:#.]\w": "tecknen blev inget annat än tecken. Rätta raden.",
}
ANY_LEFT = re.compile("|".join(LEFT), re.M)
VERBATIM = ("code", "pre", "script", "style", "title")


@dataclass(frozen=True)
class Left:
    """Signs of Markdown that a reader sees."""

    message: str  # what is wrong and how to mend it, in Swedish
    near: str  # the sign and what stands beside it
    rule: ClassVar = "left-markdown"

    @property
    def signs(self) -> list[re.Pattern[str]]:
        """What a line of a source has that says it."""
        return [re.compile(re.escape(self.near))]


@dataclass(frozen=True)
class Wrong:
    """An element or an attribute that may not stand in a page."""

    element: str  # "!--" for a comment, TEXT for a character, anywhere
    attribute: str = ""  # "": the element itself
    value: str = ""
    rule: ClassVar = "unsafe-html"

    @property
    def message(self) -> str:
        """What is wrong and how to mend it, in Swedish."""
        if self.element == "!--":
            return "en kommentar (<!-- … -->) syns i sidans källa på nätet. Ta bort den."
        if self.element == TEXT:
            return f"här är ett osynligt tecken (U+{ord(self.value):04X}). Ta bort det."
        if not self.attribute:
            return f"<{self.element}> får inte stå i texten. Skriv med Markdown i stället."
        if self.attribute == "style" and self.element in ("td", "th"):
            return "kolumnerna kan inte riktas. Ta bort kolonen i raden under tabellens huvud."
        if self.attribute in ("href", "src"):
            return f'adressen "{self.value[:40]}" får inte stå i en sida. Ta bort den.'
        return f'"{self.attribute}" får inte stå så i <{self.element}>. Ta bort det.'

    @property
    def signs(self) -> list[re.Pattern[str]]:
        """What a line of a source has that says it, the surest first."""
        if self.element == TEXT:
            return [re.compile(rf"{re.escape(self.value)}|&(?:#\w+|\w{{3,}});")]
        if not self.attribute:
            return [re.compile(f"<{re.escape(self.element)}", re.I)]
        if self.attribute == "style" and self.element in ("td", "th"):
            return [re.compile(r":-|-:")]
        value = [re.compile(re.escape(self.value))] if len(self.value) > 3 else []
        return [*value, re.compile(rf"\b{re.escape(self.attribute)}\b", re.I)]


def scheme(address: str) -> str:
    """Return an address's scheme as a browser reads it (URL Standard, 4.4), in lower case; "//"
    for one that names a host alone, "" for one within the site."""
    address = re.sub(r"[\t\n\r]", "", address).lstrip("".join(map(chr, range(33))))
    if found := re.match(r"([a-z][a-z0-9+.-]*):", address, re.I):
        return found[1].lower()
    return "//" if re.match(r"[/\\]{2}", address) else ""


def wrongs(page: BuiltPage) -> Iterator[Wrong]:
    """Yield what may not stand in a page, from its head to its end."""
    root = page.tree.root
    if hidden := UNSEEN.search(page.tree.html or ""):  # a text may have it as &#x202e;
        yield Wrong(TEXT, value=hidden[0])
    for node in root.traverse() if root else ():
        tag = "!--" if node.is_comment_node else node.tag or "?"
        if tag not in ELEMENTS or (tag in OUTSIDE and not _outside(node)):
            yield Wrong(tag)
            continue
        given = {name: value or "" for name, value in node.attributes.items()}
        if tag == "script" and not _good_script(node, given):
            yield Wrong(tag)
        for name, value in given.items():
            known = name in ELEMENTS[tag] or name.startswith(FAMILIES)
            if not known or not _good(tag, name, value, given):
                yield Wrong(tag, name, value)


def leftovers(page: BuiltPage) -> Iterator[Left]:
    """Yield the Markdown that stands in a page as it was written."""
    root = page.tree.root
    if root is None or not ANY_LEFT.search(root.text()):
        return
    for node in root.traverse(include_text=True):
        if node.tag != "-text" or node.parent is None or node.parent.tag in VERBATIM:
            continue
        for sign, message in LEFT.items() if ANY_LEFT.search(text := node.text()) else ():
            if found := re.search(f".{{0,20}}(?:{sign}).{{0,20}}", text, re.M):
                yield Left(f'"{found[0].strip()}": {message}', found[0])


def _outside(node: LexborNode) -> bool:
    return node.parent is not None and node.parent.tag in ("head", "body")


def _good_script(node: LexborNode, given: dict[str, str]) -> bool:
    """Whether a script is the site's own file, or data."""
    if "src" in given:
        return "type" not in given and not node.text().strip()
    return given.get("type") == DATA


def _good(tag: str, name: str, value: str, given: dict[str, str]) -> bool:
    """Whether an attribute that an element may have has a value that it may have."""
    if name in ("href", "src"):
        loads = name == "src" or given.get("rel") in LOADED
        return scheme(value) in (("",) if loads else LEADS)
    if name == "rel" and tag == "link":
        return value in LOADED + NAMED
    if name == "type" and tag in TYPES:
        return value in TYPES[tag]
    if name in ("fill", "stroke"):
        return "(" not in value  # url(…)
    if tag == "meta" and name == "name":
        return value in NAMES
    if tag == "meta" and name == "http-equiv":
        content = given.get("content", "")
        leads = REFRESH.fullmatch(content)
        own = bool(leads) and scheme(leads[1] if leads else "") == ""
        return {"refresh": own, "Content-Security-Policy": content == PAGE_POLICY}.get(value, False)
    return True


def add_policy(_: Content, site: BuiltSite, __: Config) -> list[Finding]:
    """Put the policy for content in each page, before all that it rules."""
    for page in site.each():
        tag = f'<meta http-equiv="Content-Security-Policy" content="{PAGE_POLICY}">'
        put_after(page.one("meta[charset]"), tag)
    return []


def judge_pages(content: Content, site: BuiltSite, config: Config) -> list[Finding]:
    """Return what may not stand in the built pages: file and line where the text says it."""
    pages = {page.address: page for page in content.written}
    common = [(file.shown, file.text.split("\n")) for file in content.files.values()]
    common.append((CONFIG, config.file.read_text(encoding="utf-8").split("\n")))
    found: list[Finding] = []
    told: set[Wrong | Left] = set()
    judged: dict[str, dict[Wrong | Left, None]] = {
        page.address: dict.fromkeys((*wrongs(page), *leftovers(page))) for page in site.each()
    }
    # Pages of docs/ first: frames, slides and what has moved repeat what stands there.
    for address in sorted(judged, key=lambda one: one not in pages):
        own = pages.get(address)
        for wrong in judged[address]:
            if own is None and wrong in told:
                continue
            told.add(wrong)
            places = [(content.shown(own), own.source.split("\n")), *common] if own else common
            path, line = _place(wrong, places)
            if path is None:
                path = content.shown(own) if own else PurePosixPath("site", address)
            found.append(Finding(path, line, wrong.rule, wrong.message))
    return sorted(set(found))


def _place(
    wrong: Wrong | Left, places: list[tuple[PurePosixPath, list[str]]]
) -> tuple[PurePosixPath | None, int]:
    """Return the first file and line that may say it; (None, 1) where none does."""
    for sign in wrong.signs:
        for path, lines in places:
            for number, line in enumerate(lines, 1):
                if sign.search(line):
                    return path, number
    return None, 1
