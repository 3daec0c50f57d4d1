"""Classifies a response: ok, gone, failing or walled; and reads the text of its page. Pure."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from urllib.parse import SplitResult, unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from scripts.links.html import parse, read_html
from scripts.links.net import Answer, RequestFailed

# Reason → (outcome of one run, the words of a finding). "gone" is proof, "failing" may be a bad
# day, "walled" (a wall against programs) proves nothing.
REASONS = {
    "": ("ok", "svarar"),
    "gone": ("gone", "sidan finns inte"),
    "no-such-host": ("failing", "webbplatsens namn gick inte att slå upp"),
    "timeout": ("failing", "svarade inte i tid"),
    "no-answer": ("failing", "svarade inte"),
    "error": ("failing", "svarade med ett fel"),
    "certificate": ("failing", "den krypterade anslutningen håller inte"),
    "redirects": ("failing", "hänvisar runt i en ring, eller ingenstans"),
    "inner-network": ("failing", "leder till ett inre nät"),
    "bad-address": ("failing", "leder till en adress som inte går att fråga om"),
    "no-such-place": ("failing", "sidan finns, men inte stället på den"),
    "to-root": ("failing", "hänvisar till webbplatsens startsida"),
    "not-the-page": ("failing", "svarar, men inte med sidan"),
    "wall": ("walled", "släpper inte in program"),
    "cut-short": ("walled", "är för stor för att läsas till slutet"),
}
WALLS = {401, 402, 403, 405, 406, 407, 429, 430, 444, 451, 520, 521, 522, 523, 525, 530, 999}
# Pages that keep programs out. Weak alone, so looked for in titles of short pages only.
WALL_TITLE = re.compile(
    r"just a moment|attention required|access denied|are you (?:a )?(?:human|robot)|captcha|"
    r"security check|request unsuccessful|är du (?:en )?(?:människa|robot)|åtkomst nekad",
    re.I,
)
WALL_BODY = re.compile(rb"cf-chl|/cdn-cgi/challenge|incapsula|px-captcha|datadome|awswaf", re.I)
GONE_TITLE = re.compile(
    r"sidan (?:finns|hittades|kunde) inte|sidan saknas|hittar? inte sidan|sidan är borttagen|"
    r"page (?:was )?not found|page (?:does not|doesn't) exist|no longer (?:available|exists)|"
    r"\b404\b",
    re.I,
)
LOGIN = re.compile(
    r"(?:^|[/._-])(?:log-?in|sign-?in|logga-?in|inloggning|sso|saml2?|adfs|oauth2?|idp|auth)"
    r"(?:[/._?-]|$)",
    re.I,
)
DATE = r"(?:\d{4}-\d{2}-\d{2}|\d{1,2}\s+\w{3,9}\s+\d{4}|\w{3,9}\s+\d{1,2},?\s+\d{4})"
UPDATED = re.compile(
    r"(?:senast\s+)?(?:uppdaterad|ändrad|granskad|last\s+(?:updated|modified|reviewed))"
    rf"\s*(?:den|on)?\s*:?\s*{DATE}",
    re.I,
)
# "Lag (2025:179)." or "Förordning (…)" after a paragraph: what it was last amended by. A link
# inside the brackets leaves spaces round the number.
AMENDED = re.compile(r"(?:Lag|Förordning)\s*\(\s*(\d{4}:\d+)\s*\)")
PARAGRAPH = re.compile(r"(?:K\d+[a-z]?)?P\d+[a-z]?")  # the id of a paragraph of a statute
NOISE = "nav, header, footer, aside, [role=navigation], [aria-hidden=true]"
LEAST = 40  # characters of text in an element that is compared by itself; else its parent is


@dataclass(frozen=True)
class Verdict:
    """The result of one request for one address."""

    reason: str = ""
    detail: str = ""
    moved: str = ""  # the new address, if every step there was permanent
    notes: list[str] = field(default_factory=list)  # "downgrade", "other-site"

    @property
    def outcome(self) -> str:
        """Return "ok", "gone", "failing" or "walled"."""
        return REASONS[self.reason][0]


@dataclass(frozen=True)
class PageText:
    """The text of a page, or of an element of it, with a digest that changes when it does."""

    title: str = ""
    text: str = ""
    digest: str = ""
    amended: str = ""  # of a statute section: the SFS number last named in its text


def read_page(answer: Answer, fragment: str = "") -> PageText:
    """Return the title and the whole text of a response, with a digest to compare between checks.

    The digest is of the element that ``fragment`` names, else of the main content without NOISE. A
    response that isn't HTML has only a digest.
    """
    if not answer.is_html:
        return PageText(digest=_digest(answer.body))
    tree = parse(answer.body)
    _remove(tree, "script, style, noscript, template")
    named = (tree.css_first("title"), tree.css_first("h1"))
    title = " | ".join(dict.fromkeys(_words(node) for node in named if node))
    element = _find_element(tree, fragment) if fragment else None
    amended = _amended(element, fragment) if element else ""
    whole = _words(tree.body) if tree.body else ""
    if element is None:
        _remove(tree, NOISE)
        element = tree.css_first("main") or tree.css_first("article") or tree.body
    text = UPDATED.sub("", _words(element) if element else "")
    return PageText(title, whole, _digest(text.encode()), amended)


def _remove(tree: LexborHTMLParser, selector: str) -> None:
    """Remove the elements that match ``selector`` from the tree, children before their parents;
    <html> and <body> stay."""
    for node in reversed(tree.css(selector)):
        if node.tag not in ("body", "html"):
            node.decompose()


def _find_element(tree: LexborHTMLParser, fragment: str) -> LexborNode | None:
    """Return the element with the id ``fragment``, or its nearest ancestor with LEAST characters of
    text; None if there is no such id, or only <body> has that much text."""
    for node in tree.css("[id]"):
        if node.attributes.get("id") in (fragment, unquote(fragment)):
            while node.parent is not None and node.tag != "body" and len(_words(node)) < LEAST:
                node = node.parent
            return None if node.tag in ("body", "html") else node
    return None


def _amended(element: LexborNode, fragment: str) -> str:
    """Return the SFS number of the statute that last amended a statute section; "" if the page
    doesn't have it, or if the element holds another section, too."""
    ids = {str(node.attributes.get("id")) for node in element.css("[id]")} - {fragment}
    alone = PARAGRAPH.fullmatch(fragment) and not any(map(PARAGRAPH.fullmatch, ids))
    found = AMENDED.findall(_words(element)) if alone else []
    return str(found[-1]) if found else ""


def _words(node: LexborNode) -> str:
    return " ".join(node.text(separator=" ").split())


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]


def classify(answer: Answer | RequestFailed, fragment: str = "") -> Verdict:
    """Return the verdict on a response, for a link with ``fragment``."""
    if isinstance(answer, RequestFailed):
        return Verdict(answer.reason, answer.detail)
    status = str(answer.status)
    page = read_page(answer) if answer.is_html else PageText()
    if (
        answer.status in WALLS
        or WALL_BODY.search(answer.body[:200_000])
        or (len(page.text) < 2000 and WALL_TITLE.search(page.title))
    ):
        return Verdict("wall", "" if status == "200" else status)
    if answer.status in (404, 410):
        return Verdict("gone", status)
    if answer.status not in (200, 203, 206):
        return Verdict("error", status)
    asked, final = urlsplit(answer.url), urlsplit(answer.final)
    if reason := _other_page(answer, page, asked.path or asked.query, final):
        return Verdict(reason, final.hostname or "")
    wanted = fragment.partition(":~:")[0]
    asks = answer.is_html and wanted.lower() not in ("", "top") and wanted[0] not in "!/"
    if asks and {wanted, unquote(wanted)}.isdisjoint(read_html(parse(answer.body)).goals):
        return Verdict("no-such-place" if answer.whole else "cut-short", f"#{fragment}")
    notes = ["downgrade"] if (asked.scheme, final.scheme) == ("https", "http") else []
    if (asked.hostname or "").removeprefix("www.") != (final.hostname or "").removeprefix("www."):
        notes.append("other-site")
    return Verdict(moved=answer.final if answer.permanent else "", notes=notes)


def _other_page(answer: Answer, page: PageText, asked: str, final: SplitResult) -> str:
    """Return why a response with status 200 isn't the page that was requested; "" if it is."""
    if answer.permanent is not None:
        if LOGIN.search(f"{final.hostname}{final.path}") and not LOGIN.search(asked):
            return "wall"
        root = re.fullmatch(r"/(?:sv|en|index\.\w+|start|hem|home)?/?", final.path)
        if root and not final.query and asked.strip("/"):
            return "to-root"
    says_pdf = asked.lower().endswith(".pdf") or answer.type == "application/pdf"
    if says_pdf and b"%PDF-" not in answer.body[:1024]:
        return "not-the-page"
    empty = answer.is_html and answer.whole and not (page.text or page.title)
    gone = len(page.text) < 4000 and GONE_TITLE.search(page.title)
    return "not-the-page" if empty or gone else ""
