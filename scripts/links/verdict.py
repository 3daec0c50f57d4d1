"""Classifies the response for an external address (ok, gone, failing or walled), and reads the text
of its page. No network."""

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
    """Why a request had its outcome."""

    # "ok"; "gone", which is proof; "failing", which may be a bad day; "walled": the host keeps
    # programs out, which proves nothing
    outcome: str
    words: str  # in a finding, in Swedish


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
# HTTP statuses by which hosts keep programs out. Those over 499 are of Cloudflare and LinkedIn.
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
# "Lag (2025:179)." or "Förordning (…)" after a statute section: the statute that last amended it.
# A link inside the brackets leaves spaces round the number.
AMENDED = re.compile(r"(?:Lag|Förordning)\s*\(\s*(\d{4}:\d+)\s*\)")
# The id of a statute section at lagen.nu: "K5P15" for 5 kap. 15 §, "P3a" for 3 a §.
SECTION_ID = re.compile(r"(?:K\d+[a-z]?)?P\d+[a-z]?")
# Elements that may change though the text doesn't.
NOISE = "nav, header, footer, aside, [role=navigation], [aria-hidden=true]"
MIN_TEXT = 40  # characters of an element that is compared by itself; else its parent is


@dataclass(frozen=True)
class PageText:
    """The text of a page, to compare with the text that an earlier run read."""

    title: str = ""  # of <title>, and of the first <h1> if it is another
    text: str = ""  # of the whole <body>
    digest: str = ""  # of the main text, or of the element that the link leads to
    amended: str = ""  # of a statute section: the SFS number of the statute that last amended it


@dataclass(frozen=True)
class Verdict:
    """The result of one request for one address."""

    reason: str = ""  # a key of REASONS
    detail: str = ""  # for the message, such as the HTTP status
    moved: str = ""  # the new address, if every redirect to it was permanent
    page: PageText | None = None  # if the outcome is "ok" and the page was read to its end

    @property
    def outcome(self) -> str:
        """Return "ok", "gone", "failing" or "walled"."""
        return REASONS[self.reason].outcome


def read_page_text(answer: Answer, fragment: str = "") -> PageText:
    """Return the title, text, digest and amending statute of a response (see PageText).

    The digest is of the element that ``fragment`` names, or else of the main content without NOISE;
    dates of update (UPDATED) never change it. A response that isn't HTML has only a digest.
    """
    if not answer.is_html:
        return PageText(digest=_digest(answer.body))
    tree = LexborHTMLParser(decode(answer.body))
    _remove(tree, "script, style, noscript, template")
    titles = (_words(tree.css_first("title")), _words(tree.css_first("h1")))
    title = " | ".join(dict.fromkeys(filter(None, titles)))
    text = _words(tree.body)  # with NOISE: ``classify`` needs only its length
    element = _find_element(tree, fragment) if fragment else None
    amended = _amending_statute(element, fragment) if element else ""
    if element is None:
        _remove(tree, NOISE)
        element = tree.css_first("main") or tree.css_first("article") or tree.body
    compared = UPDATED.sub("", _words(element))
    return PageText(title, text, _digest(compared.encode()), amended)


def _remove(tree: LexborHTMLParser, selector: str) -> None:
    """Remove the elements that match ``selector`` from the tree, children before their parents;
    <html> and <body> stay."""
    for node in reversed(tree.css(selector)):  # a child of a removed node is no longer valid
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


def _amending_statute(element: LexborNode, fragment: str) -> str:
    """Return the SFS number of the statute that last amended the statute section ``fragment``,
    whose text ``element`` holds. "" if the text doesn't name it, if ``fragment`` isn't a statute
    section, or if ``element`` holds other sections, too: the number could be one of theirs."""
    other_ids = {str(node.attributes.get("id")) for node in element.css("[id]")} - {fragment}
    if not SECTION_ID.fullmatch(fragment) or any(map(SECTION_ID.fullmatch, other_ids)):
        return ""
    numbers = AMENDED.findall(_words(element))  # the last: the note ends the section
    return str(numbers[-1]) if numbers else ""


def _words(node: LexborNode | None) -> str:
    """Return the text of an element with single spaces; "" without an element."""
    return " ".join(node.text(separator=" ").split()) if node else ""


def _digest(data: bytes) -> str:
    """Return 16 hexadecimal digits of the SHA-256 of ``data``."""
    return hashlib.sha256(data).hexdigest()[:16]


def classify(answer: Answer | RequestFailed, fragment: str = "") -> Verdict:
    """Return the verdict on a response, or on a request without one, for a link with
    ``fragment``."""
    if isinstance(answer, RequestFailed):
        return Verdict(answer.reason, answer.detail)
    whole_page = read_page_text(answer) if answer.is_html else PageText()
    status = str(answer.status)
    if _is_wall(answer, whole_page):  # first: a wall may have any status, 200 and 404 too
        detail = "" if status == "200" else status  # 200 explains nothing
        return Verdict("wall", detail)
    if answer.status in (404, 410):
        return Verdict("gone", status)
    if answer.status not in (200, 203, 206):
        return Verdict("error", status)
    reason = _wrong_page_reason(answer, whole_page)
    if reason:
        return Verdict(reason, urlsplit(answer.final).hostname or "")
    if answer.is_html and not _has_anchor(answer, fragment):
        # the id may be in the part that wasn't read
        return Verdict("no-such-place" if answer.is_whole else "cut-short", f"#{fragment}")
    # Of the section that is linked to: its digest shows later whether that has changed. A file that
    # isn't HTML has a digest, too.
    linked_text = read_page_text(answer, fragment) if answer.is_whole else None
    moved = answer.final if answer.is_moved_permanently else ""
    return Verdict(moved=moved, page=linked_text)


def _is_wall(answer: Answer, page: PageText) -> bool:
    """Whether a response keeps programs out: a captcha, a login, a request to come back later."""
    if answer.status in WALLS or WALL_BODY.search(answer.body):
        return True
    is_short = len(page.text) < 2000  # an article may be about captchas
    return is_short and WALL_TITLE.search(page.title) is not None


def _has_anchor(answer: Answer, fragment: str) -> bool:
    """Whether a page has the id that ``fragment`` leads to, or needs none."""
    wanted = wanted_id(fragment)
    if not wanted or wanted.startswith(("!", "/")):  # "#/a" and "#!a" are for a script of the page
        return True
    anchors = read_html(LexborHTMLParser(decode(answer.body))).anchors
    return wanted in anchors or unquote(wanted) in anchors


def _wrong_page_reason(answer: Answer, page: PageText) -> str:
    """Return why a response with a good status isn't the page that was requested, as a key of
    REASONS: a login, the start page, another kind of file, an empty page, or one that says that the
    page is gone. "" if it is the page."""
    asked, final = urlsplit(answer.url), urlsplit(answer.final)
    if answer.is_redirected:
        is_login = LOGIN.search(f"{final.hostname}{final.path}")
        if is_login and not LOGIN.search(asked.path):
            return "wall"
        # many sites redirect a removed page to their start page
        is_root = ROOT_PATH.fullmatch(final.path) and not final.query
        asked_for_root = not asked.path.strip("/") and not asked.query
        if is_root and not asked_for_root:
            return "to-root"
    should_be_pdf = asked.path.lower().endswith(".pdf") or answer.type == "application/pdf"
    if should_be_pdf and b"%PDF-" not in answer.body[:1024]:
        return "not-the-page"
    is_empty = answer.is_html and answer.is_whole and not (page.text or page.title)
    # an error page is short
    is_gone = len(page.text) < 4000 and GONE_TITLE.search(page.title)
    return "not-the-page" if is_empty or is_gone else ""
