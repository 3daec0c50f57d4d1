"""Nothing in a built page may run, call another host, or take the page over: an allow-list; nor
may Markdown stand in it as it was written.

The one judge of HTML, whatever wrote it: a page's text, its front matter, a register, mkdocs.yml,
a template. What Markdown takes for code or for a tag only Markdown knows, so the source isn't
judged. Each page also carries the policy that stops what the judge would miss: hosts that send no
headers, the offline copy and a disk have no other.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import PurePosixPath
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from scripts.content.config import CONFIG, Config
from scripts.content.content import Content
from scripts.core.findings import UNSEEN, Finding
from scripts.publish.built import BuiltPage, put_after
from scripts.publish.policy import PAGE_POLICY

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
# Markdown that became nothing but its own signs, and the cure.
LEFT = {
    r"\*\*": "fet stil har ** före men inte efter orden, eller tvärtom. Skriv båda.",
    r"\] ?\((?=[^)\s]*[./#:]\w)": "länken är inte hel. Skriv [ord](sida.md), tätt ihop.",
    r"^ *\|.*\|\s*$": "tabellen saknar raden |---|---| under sitt huvud.",
    r"!\[|\{ ?[:#.] ?\w|\{[{%]": "tecknen blev inget annat än tecken. Rätta raden.",
    r"<!--": "kommentaren slutar aldrig. Ta bort den.",
    r"</?[a-z][a-z0-9]*(?: [^<>]*)?>": "taggen syns som text. Ta bort den.",
}
ANY_LEFT = re.compile("|".join(LEFT), re.M)
VERBATIM = ("code", "pre", "script", "style", "title")


class Wrong(NamedTuple):
    """What may not stand in a page."""

    message: str  # what is wrong and how to mend it, in Swedish
    signs: tuple[
        str, ...
    ]  # what a line of a source has that says it, as patterns, the surest first
    rule: str = "unsafe-html"


def wrong_element(tag: str) -> Wrong:
    """Return what is said of an element, or of a comment, that may not stand in a page."""
    if tag == "-comment":
        return Wrong(
            "en kommentar (<!-- … -->) syns i sidans källa på nätet. Ta bort den.", ("<!--",)
        )
    message = f"<{tag}> får inte stå i texten. Skriv med Markdown i stället."
    return Wrong(message, (f"(?i)<{re.escape(tag)}",))


def wrong_attribute(tag: str, name: str, value: str) -> Wrong:
    """Return what is said of an element's attribute."""
    if name == "style" and tag in ("td", "th"):
        message = "kolumnerna kan inte riktas. Ta bort kolonen i raden under tabellens huvud."
        return Wrong(message, (":-|-:",))
    message = f'"{name}" får inte stå så i <{tag}>. Ta bort det.'
    if name in ("href", "src"):
        message = f'adressen "{value[:40]}" får inte stå i en sida. Ta bort den.'
    own = (re.escape(value),) if len(value) > 3 else ()
    return Wrong(message, (*own, rf"(?i)\b{re.escape(name)}\b"))


@functools.cache
def scheme(address: str) -> str:
    """Return an address's scheme as a browser reads it (URL Standard, 4.4), in lower case; "//"
    for one that names a host alone, "" for one within the site."""
    address = re.sub(r"[\t\n\r]", "", address).lstrip("".join(map(chr, range(33))))
    if found := re.match(r"([a-z][a-z0-9+.-]*):", address, re.I):
        return found[1].lower()
    return "//" if re.match(r"[/\\]{2}", address) else ""


def wrongs(page: BuiltPage) -> Iterator[Wrong]:
    """Yield what may not stand in a page, from its head to its end, and then the Markdown that
    stands there as it was written."""
    root = page.tree.root
    if root is None:
        return
    if hidden := UNSEEN.search(page.tree.html or ""):  # a text may have it as &#x202e;
        message = f"här är ett osynligt tecken (U+{ord(hidden[0]):04X}). Ta bort det."
        yield Wrong(message, (rf"{re.escape(hidden[0])}|&(?:#\w+|\w{{3,}});",))
    for node in root.traverse():
        tag, has = node.tag or "?", node.attributes
        if tag not in ELEMENTS or (tag in OUTSIDE and not _outside(node)):
            yield wrong_element(tag)
            continue
        given = {name: value or "" for name, value in has.items() if name not in COMMON}
        if tag == "script" and not _good_script(node, given):
            yield wrong_element(tag)
        for name, value in given.items():
            known = name in ELEMENTS[tag] or name.startswith(FAMILIES)
            if not known or not _good(tag, name, value, given):
                yield wrong_attribute(tag, name, value)
    if not ANY_LEFT.search(root.text()):
        return
    for node in root.traverse(include_text=True):
        if node.tag != "-text" or node.parent is None or node.parent.tag in VERBATIM:
            continue
        for sign, cure in LEFT.items() if ANY_LEFT.search(text := node.text()) else ():
            if found := re.search(f".{{0,20}}(?:{sign}).{{0,20}}", text, re.M):
                message = f'"{found[0].strip()}": {cure}'
                yield Wrong(message, (re.escape(found[0]),), "left-markdown")


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


def add_policy(page: BuiltPage) -> None:
    """Put the policy for content in a page, before all that it rules."""
    tag = f'<meta http-equiv="Content-Security-Policy" content="{PAGE_POLICY}">'
    put_after(page.one("meta[charset]"), tag)


def placed(
    judged: Mapping[str, Collection[Wrong]], content: Content, config: Config
) -> list[Finding]:
    """Return what is wrong with pages, by their addresses: file and line where the text says it."""
    pages = {page.address: page for page in content.written}
    made = {page.address: page for page in content.pages.values() if page.address not in pages}
    common = [(file.shown, file.text.split("\n")) for file in content.files.values()]
    common.append((CONFIG, config.file.read_text(encoding="utf-8").split("\n")))
    found: set[Finding] = set()
    told: set[Wrong] = set()
    # Pages of docs/ first: frames, slides and what has moved repeat what stands there.
    for address in sorted(judged, key=lambda one: one not in pages):
        own = pages.get(address)
        for wrong in judged[address]:
            if own is None and wrong in told:
                continue
            told.add(wrong)
            places, here = common, (PurePosixPath("site", address), 1)
            if own:
                places = [(content.shown(own), own.source.split("\n")), *common]
                here = content.shown(own), 1
            elif page := made.get(address):  # of a register, or of a law's wording
                file = content.docs.parent / page.file.shown
                places = [(page.file.shown, file.read_text("utf-8").split("\n")), *common]
                here = page.file.shown, page.body_line
            path, line = next(_places(wrong, places), here)
            found.add(Finding(path, line, wrong.rule, wrong.message))
    return sorted(found)


def _places(
    wrong: Wrong, places: list[tuple[PurePosixPath, list[str]]]
) -> Iterator[tuple[PurePosixPath, int]]:
    """Yield each file and line that may say it, the likeliest first."""
    for sign in map(re.compile, wrong.signs):
        for path, lines in places:
            yield from ((path, n) for n, line in enumerate(lines, 1) if sign.search(line))
