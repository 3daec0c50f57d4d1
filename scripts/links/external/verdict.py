"""What an outcome means: ok, dead or unsure. Pure.

One run rarely proves that a page is gone. So a run says "ok", "gone" (proof), "failing" (may be a
bad day: history.py counts the days) or "walled" (a wall against programs: says nothing).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser

from scripts.links.external.answers import PERMANENT, Outcome
from scripts.links.external.drift import without
from scripts.links.formats.html import as_utf8, read_html, shallow

# Reason → (what one run says, what a person is told).
REASONS = {
    "": ("ok", "svarar"),
    "gone-404": ("gone", "sidan finns inte (404)"),
    "gone-410": ("gone", "sidan är borttagen (410)"),
    "no-such-host": ("failing", "webbplatsens namn finns inte"),
    "dns": ("failing", "namnet gick inte att slå upp"),
    "timeout": ("failing", "svarade inte i tid"),
    "refused": ("failing", "tog inte emot anslutningen"),
    "broken-off": ("failing", "bröt anslutningen"),
    "protocol": ("failing", "svarade obegripligt"),
    "server-error": ("failing", "svarade med ett serverfel"),
    "client-error": ("failing", "avvisade frågan"),
    "odd-status": ("failing", "svarade med en okänd kod"),
    "redirect-loop": ("failing", "hänvisar runt i en ring"),
    "too-many-redirects": ("failing", "hänvisar för många gånger"),
    "redirect-nowhere": ("failing", "hänvisar utan att säga vart"),
    "inner-network": ("failing", "leder till ett inre nät"),
    "not-web": ("failing", "leder till något som inte är en webbsida"),
    "bad-address": ("failing", "adressen går inte att läsa"),
    "credentials": ("failing", "leder till en adress med inloggningsuppgifter"),
    "tls-expired": ("failing", "certifikatet har gått ut"),
    "tls-not-yet": ("failing", "certifikatet gäller inte ännu"),
    "tls-self-signed": ("failing", "certifikatet är egenutfärdat"),
    "tls-wrong-host": ("failing", "certifikatet gäller en annan webbplats"),
    "tls-unknown-issuer": ("failing", "certifikatets utfärdare är okänd"),
    "tls": ("failing", "den krypterade anslutningen misslyckades"),
    "not-a-pdf": ("failing", "är ingen PDF, fast adressen säger det"),
    "empty": ("failing", "svarar med en tom sida"),
    "no-such-place": ("failing", "sidan finns, men inte stället på den"),
    "soft-404": ("failing", "svarar som webbplatsen gör för sidor som inte finns"),
    "says-gone": ("failing", "säger själv att sidan inte finns"),
    "to-root": ("failing", "hänvisar till webbplatsens startsida"),
    "to-login": ("walled", "hänvisar till en inloggning"),
    "wall": ("walled", "släpper inte in program"),
    "login": ("walled", "kräver inloggning"),
    "legal": ("walled", "är spärrad av rättsliga skäl"),
    "cut-short": ("walled", "är för stor för att läsas till slutet"),
    "not-recorded": ("walled", "finns inte bland de inspelade svaren"),
}  # fmt: skip

WALL_STATUS = {403, 405, 406, 429, 430, 444, 520, 521, 522, 523, 525, 530, 999}
# Pages that stand in the way of programs. Weak alone, so looked for in short pages and titles only.
WALL_TITLE = re.compile(
    r"just a moment|attention required|access denied|are you (?:a )?(?:human|robot)|captcha|"
    r"security check|ddos|bot verification|pardon our interruption|request unsuccessful|"
    r"är du (?:en )?(?:människa|robot)|åtkomst nekad",
    re.I,
)
WALL_BODY = re.compile(
    rb"cf-chl|_cf_chl|/cdn-cgi/challenge|incapsula|px-captcha|datadome|awswaf", re.I
)
GONE_WORDS = re.compile(
    r"sidan (?:finns|hittades|kunde) inte|sidan saknas|hittade? inte sidan|hittar inte sidan|"
    r"kan inte hitta sidan|sidan är borttagen|page (?:was )?not found|"
    r"page (?:does not|doesn't) exist|"
    r"\b404\b|no longer (?:available|exists)",
    re.I,
)
LOGIN = re.compile(
    r"(?:^|[/._-])(?:log-?in|sign-?in|logga-?in|inloggning|sso|saml2?|adfs|oauth2?|openid|wayf|"
    r"idp|auth)(?:[/._?-]|$)",
    re.I,
)


@dataclass(frozen=True)
class Probe:
    """What a host answers for a page that can't exist: how its own 404 looks."""

    status: int
    title: str = ""
    text: str = ""


@dataclass(frozen=True)
class Verdict:
    """What one run says of one address."""

    reason: str = ""
    detail: str = ""
    moved: str = ""  # the new address, if every step there was permanent
    # "downgrade", "other-site"; "https": the same address answers there, too
    notes: tuple[str, ...] = field(default=())

    @property
    def says(self) -> str:
        """ "ok", "gone", "failing" or "walled"."""
        return REASONS[self.reason][0]

    @property
    def words(self) -> str:
        return REASONS[self.reason][1] + (f" ({self.detail})" if self.detail else "")


def title_and_text(body: bytes) -> tuple[str, str]:
    """Return a page's title with its first heading, and its visible text."""
    tree = LexborHTMLParser(shallow(as_utf8(body)))
    without(tree, "script, style, noscript, template")
    title = tree.css_first("title")
    heading = tree.css_first("h1")
    words = [" ".join(node.text().split()) for node in (title, heading) if node is not None]
    text = tree.body.text(separator=" ") if tree.body else ""
    return " | ".join(dict.fromkeys(words)), " ".join(text.split())


def judge(outcome: Outcome, fragment: str = "", probe: Probe | None = None) -> Verdict:
    """Return what an outcome means for a link with ``fragment``."""
    answer = outcome.answer
    if answer is None:
        return Verdict(
            outcome.failure if outcome.failure in REASONS else "protocol", outcome.detail
        )
    status = answer.status
    html = answer.type in ("text/html", "application/xhtml+xml", "") and not answer.body.startswith(
        b"%PDF"
    )
    title, text = title_and_text(answer.body) if html and answer.body else ("", "")
    walled = bool(WALL_BODY.search(answer.body[:200_000])) or (
        len(text) < 2000 and bool(WALL_TITLE.search(title))
    )
    if walled or (
        status in WALL_STATUS and not (status == 503 and "retry-after" not in answer.headers)
    ):
        return Verdict("wall", str(status) if status != 200 else "")
    if status in (401, 407, 402):
        return Verdict("login", str(status))
    if status == 451:
        return Verdict("legal", "451")
    if status in (404, 410):
        return Verdict(f"gone-{status}")
    if status >= 500:
        return Verdict("server-error", str(status))
    if status >= 400:
        return Verdict("client-error", str(status))
    if status not in (200, 203, 206):
        return Verdict("empty" if status in (204, 205) else "odd-status", str(status))
    return _judge_page(outcome, fragment, probe, html, title, text)


def _judge_page(
    outcome: Outcome, fragment: str, probe: Probe | None, html: bool, title: str, text: str
) -> Verdict:
    """Judge an answer that says 200: is it the page that was asked for?"""
    answer = outcome.answer
    assert answer is not None
    asked, final = urlsplit(outcome.url), urlsplit(outcome.final)
    wants_pdf = asked.path.lower().endswith(".pdf")
    says_pdf = wants_pdf or answer.type == "application/pdf"
    if says_pdf and b"%PDF-" not in answer.body[:1024]:
        return Verdict("not-a-pdf", answer.type)
    if outcome.hops:
        if LOGIN.search(f"{final.hostname}{final.path}") and not LOGIN.search(asked.path):
            return Verdict("to-login", final.hostname or "")
        deep = asked.path.strip("/") or asked.query
        if (
            deep
            and not final.query
            and re.fullmatch(r"/(?:sv|en|index\.\w+|start|hem|home)?/?", final.path)
        ):
            return Verdict("to-root", final.hostname or "")
    if html and answer.whole and not text and not title:
        return Verdict("empty")
    if html and probe is not None and probe.status == 200 and _alike(probe, title, text):
        return Verdict("soft-404")
    if html and GONE_WORDS.search(title) and len(text) < 4000:
        return Verdict("says-gone")
    if html and fragment and not _has_place(answer.body, fragment):
        return Verdict("no-such-place" if answer.whole else "cut-short", f"#{fragment}")
    return _with_move(outcome)


def _alike(probe: Probe, title: str, text: str) -> bool:
    """Whether a page is the host's own "not found"."""
    if probe.title != title:
        return False
    # Word by word: letter by letter takes seconds where one letter is often repeated.
    a, b = probe.text[:3000].split(), text[:3000].split()
    alike = SequenceMatcher(None, a, b, autojunk=False)
    return alike.quick_ratio() > 0.9 and alike.ratio() > 0.9


def _has_place(body: bytes, fragment: str) -> bool:
    """Whether a page has the place a fragment names; "#!…" and "#/…" are made by scripts."""
    wanted = fragment.partition(":~:")[0]
    if not wanted or wanted.lower() == "top" or wanted.startswith(("!", "/")):
        return True
    document = read_html(body)
    known = {*document.ids, *document.names}
    return wanted in known or unquote(wanted) in known


def _with_move(outcome: Outcome) -> Verdict:
    """Return "ok", with the new address if the old one has moved for good."""
    asked, final = urlsplit(outcome.url), urlsplit(outcome.final)
    notes: list[str] = []
    if not outcome.hops:
        return Verdict()
    if asked.scheme == "https" and final.scheme == "http":
        notes.append("downgrade")
    if bare(asked.hostname or "") != bare(final.hostname or ""):
        notes.append("other-site")
    permanent = all(hop.status in PERMANENT for hop in outcome.hops)
    return Verdict(moved=outcome.final if permanent else "", notes=tuple(notes))


def bare(host: str) -> str:
    """Return a host's name without "www."."""
    return host.lower().removeprefix("www.")
