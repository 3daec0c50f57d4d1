"""What a source says, in a form that shows when it has changed. Pure."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from urllib.parse import unquote

from selectolax.lexbor import LexborHTMLParser, LexborNode

from scripts.links.formats.html import as_utf8, shallow

MONTH = r"(?:jan|feb|mar|apr|maj|may|jun|jul|aug|sep|okt|oct|nov|dec)\w*"
DATE = rf"(?:\d{{4}}-\d{{2}}-\d{{2}}|\d{{1,2}}\s+{MONTH}\s+\d{{4}}|{MONTH}\s+\d{{1,2}},?\s+\d{{4}})"
MODIFIED = re.compile(
    rf"(?:senast\s+(?:uppdaterad|ändrad|granskad)|uppdaterad|last\s+(?:updated|modified|reviewed))"
    rf"\s*(?:den|on)?\s*:?\s*({DATE})",
    re.I,
)
# "t.o.m. SFS 2025:123": how far a consolidated statute has been kept up to date.
SFS = re.compile(r"t\.?\s?o\.?\s?m\.?\s+(?:SFS\s+)?(\d{4}:\d+)", re.I)
# "Lag (2025:179)." or "Förordning (…)" after a paragraph: what it was last amended by. A link
# inside the brackets leaves spaces round the number.
AMENDED = re.compile(r"(?:Lag|Förordning)\s*\(\s*(\d{4}:\d+)\s*\)")
PARAGRAPH = re.compile(r"(?:K\d+[a-z]?)?P\d+[a-z]?")  # the id of a paragraph of a statute
# Not <form>: some sites wrap the whole page in one.
NOISE = (
    "nav, header, footer, aside, [role=navigation], [role=banner], [role=contentinfo],"
    " [aria-hidden=true]"
)


@dataclass(frozen=True)
class Content:
    """A source as it was read."""

    title: str = ""
    modified: str = ""
    digest: str = ""
    sfs: str = ""
    amended: str = ""  # of a statute's paragraph: the act last named in its text


def read(body: bytes, fragment: str = "") -> Content:
    """Return what a page says: of the place ``fragment`` names, if it can be told apart."""
    if body.startswith(b"%PDF"):
        return Content(digest=_digest(body))
    tree = LexborHTMLParser(shallow(as_utf8(body)))
    without(tree, "script, style, noscript, template")
    title = tree.css_first("title")
    whole = _words(tree.body) if tree.body else ""
    modified, sfs = MODIFIED.search(whole), SFS.search(whole)
    name = _words(title) if title is not None else ""
    place = _place(tree, fragment) if fragment else None
    if place is not None:
        text = _words(place)
    else:
        without(tree, NOISE)
        main = tree.css_first("main") or tree.css_first("article") or tree.body
        text = _words(main) if main is not None else ""
    text = MODIFIED.sub("", SFS.sub("", text))
    return Content(
        name,
        modified[1] if modified else "",
        _digest(text.encode()),
        sfs[1] if sfs else "",
        _amended(place, fragment) if place is not None else "",
    )


def without(tree: LexborHTMLParser, selector: str) -> None:
    """Remove what matches, from the last to the first: nothing goes with what stands around it."""
    for node in reversed(tree.css(selector)):
        if node.tag not in ("body", "html"):
            node.decompose()


def _place(tree: LexborHTMLParser, fragment: str) -> LexborNode | None:
    """Return the section that an id names: its element, or its parent when that is too small."""
    wanted = {fragment, unquote(fragment)}
    for node in tree.css("[id]"):
        if node.attributes.get("id") in wanted:
            while node.parent is not None and node.tag != "body" and len(_words(node)) < 40:
                node = node.parent
            return None if node.tag in ("body", "html") else node
    return None


def _amended(place: LexborNode, fragment: str) -> str:
    """Return the act that a paragraph was last amended by, or "" where the page doesn't tell: what
    holds another paragraph, too, would give that one's."""
    if not PARAGRAPH.fullmatch(fragment):
        return ""
    ids = {str(node.attributes.get("id")) for node in place.css("[id]")}
    if any(PARAGRAPH.fullmatch(name) for name in ids - {fragment}):
        return ""
    found = AMENDED.findall(_words(place))
    return str(found[-1]) if found else ""


def _words(node: LexborNode) -> str:
    return " ".join(node.text(separator=" ").split())


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]


def changes(old: Content, new: Content) -> str:
    """Return what has changed, in Swedish, or "". A first reading is no change."""
    if not old.digest or not new.digest:
        return ""
    if old.sfs and new.sfs and old.sfs != new.sfs:
        return f"lagtexten är nu uppdaterad till och med SFS {new.sfs} (förut {old.sfs})"
    if old.digest == new.digest:
        return ""
    if new.modified and new.modified != old.modified:
        return f"texten har ändrats; sidan säger sig vara uppdaterad {new.modified}"
    if old.title != new.title:
        return f'texten har ändrats, och rubriken är nu "{new.title}"'
    return "texten har ändrats"
