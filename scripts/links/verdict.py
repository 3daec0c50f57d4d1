"""Classifies a response: ok, gone, failing or walled; and reads the text of its page. Pure."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from scripts.links.html import decode, read_html, wanted_id
from scripts.links.net import Answer, RequestFailed


class Reason(NamedTuple):
    """Why a request had its outcome.

    ``outcome``: "ok"; "gone", which is proof; "failing", which may be a bad day; "walled", a wall
    against programs, which proves nothing. ``words``: the reason in a finding, in Swedish.
    """

    outcome: str
    words: str


REASONS = {
    "": Reason("ok", "svarar"),
    "gone": Reason("gone", "sidan finns inte"),
    "no-such-host": Reason("failing", "webbplatsens namn gick inte att slå upp"),
    "timeout": Reason("failing", "svarade inte i tid"),
    "no-answer": Reason("failing", "svarade inte"),
    "error": Reason("failing", "svarade med ett fel"),
    "certificate": Reason("failing", "den krypterade anslutningen håller inte"),
    "redirects": Reason("failing", "hänvisar runt i en ring, eller ingenstans"),
    "bad-address": Reason("failing", "leder till en adress som inte går att fråga om"),
    "no-such-place": Reason("failing", "sidan finns, men inte stället på den"),
    "to-root": Reason("failing", "hänvisar till webbplatsens startsida"),
    "not-the-page": Reason("failing", "svarar, men inte med sidan"),
    "wall": Reason("walled", "släpper inte in program"),
    "cut-short": Reason("walled", "är för stor för att läsas till slutet"),
}
# Statuses by which hosts keep programs out. Those over 499 are of Cloudflare and LinkedIn.
WALLS = {401, 402, 403, 405, 406, 407, 429, 430, 444, 451, 520, 521, 522, 523, 525, 530, 999}
# In the title of a page that keeps programs out. Other pages may have the words, so only short
# pages are searched.
WALL_TITLE = re.compile(
    r"just a moment|attention required|access denied|are you (?:a )?(?:human|robot)|captcha|"
    r"security check|request unsuccessful|är du (?:en )?(?:människa|robot)|åtkomst nekad",
    re.I,
)
# In the HTML of a page that keeps programs out.
WALL_BODY = re.compile(rb"cf-chl|/cdn-cgi/challenge|incapsula|px-captcha|datadome|awswaf", re.I)
# In the title of a page that says that the page is gone, though its status is 200.
GONE_TITLE = re.compile(
    r"sidan (?:finns|hittades|kunde) inte|sidan saknas|hittar? inte sidan|sidan är borttagen|"
    r"page (?:was )?not found|page (?:does not|doesn't) exist|no longer (?:available|exists)|"
    r"\b404\b",
    re.I,
)
# In the address of a login page: "/logga-in", "login.kommun.se".
LOGIN = re.compile(
    r"(?:^|[/._-])(?:log-?in|sign-?in|logga-?in|inloggning|sso|saml2?|adfs|oauth2?|idp|auth)"
    r"(?:[/._?-]|$)",
    re.I,
)
# The start page of a site: "/", "/sv/", "/index.html".
ROOT_PATH = re.compile(r"/(?:sv|en|index\.\w+|start|hem|home)?/?")
DATE = r"(?:\d{4}-\d{2}-\d{2}|\d{1,2}\s+\w{3,9}\s+\d{4}|\w{3,9}\s+\d{1,2},?\s+\d{4})"
# "Senast uppdaterad: 2026-01-02", "Last reviewed 2 March 2026": not a change of the text.
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
MIN_TEXT = 40  # characters of an element that is compared by itself; else its parent is


@dataclass(frozen=True)
class Verdict:
    """The result of one request for one address."""

    reason: str = ""
    detail: str = ""
    moved: str = ""  # the new address, if every step there was permanent

    @property
    def outcome(self) -> str:
        """Return "ok", "gone", "failing" or "walled"."""
        return REASONS[self.reason].outcome


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
    tree = LexborHTMLParser(decode(answer.body))
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
    """Return the element with the id ``fragment``, or its nearest ancestor with MIN_TEXT characters
    of text; None if there is no such id, or only <body> has that much text."""
    for node in tree.css("[id]"):
        if node.attributes.get("id") in (fragment, unquote(fragment)):
            while node.parent is not None and node.tag != "body" and len(_words(node)) < MIN_TEXT:
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
    page = read_page(answer) if answer.is_html else PageText()
    status = str(answer.status)
    if _is_wall(answer, page):
        return Verdict("wall", "" if status == "200" else status)
    if answer.status in (404, 410):
        return Verdict("gone", status)
    if answer.status not in (200, 203, 206):
        return Verdict("error", status)
    reason = _other_page(answer, page)
    if reason:
        return Verdict(reason, urlsplit(answer.final).hostname or "")
    if answer.is_html and not _has_anchor(answer, fragment):
        return Verdict("no-such-place" if answer.is_whole else "cut-short", f"#{fragment}")
    return Verdict(moved=answer.final if answer.is_moved_permanently else "")


def _is_wall(answer: Answer, page: PageText) -> bool:
    """Whether a response keeps programs out: a captcha, a login, a request to come back later."""
    if answer.status in WALLS or WALL_BODY.search(answer.body[:200_000]):
        return True
    return len(page.text) < 2000 and WALL_TITLE.search(page.title) is not None


def _has_anchor(answer: Answer, fragment: str) -> bool:
    """Whether a page has the id that ``fragment`` leads to, or needs none."""
    wanted = wanted_id(fragment)
    if not wanted or wanted.startswith(("!", "/")):  # these lead to what a script shows
        return True
    anchors = read_html(LexborHTMLParser(decode(answer.body))).anchors
    return wanted in anchors or unquote(wanted) in anchors


def _other_page(answer: Answer, page: PageText) -> str:
    """Return why a response with status 200 isn't the page that was requested, as a key of REASONS;
    "" if it is."""
    asked, final = urlsplit(answer.url), urlsplit(answer.final)
    if answer.is_moved_permanently is not None:  # it is redirected
        is_login = LOGIN.search(f"{final.hostname}{final.path}")
        if is_login and not LOGIN.search(asked.path):
            return "wall"
        is_root = ROOT_PATH.fullmatch(final.path) and not final.query
        if is_root and (asked.path.strip("/") or asked.query):
            return "to-root"
    should_be_pdf = asked.path.lower().endswith(".pdf") or answer.type == "application/pdf"
    if should_be_pdf and b"%PDF-" not in answer.body[:1024]:
        return "not-the-page"
    is_empty = answer.is_html and answer.is_whole and not (page.text or page.title)
    is_gone = len(page.text) < 4000 and GONE_TITLE.search(page.title)
    return "not-the-page" if is_empty or is_gone else ""
