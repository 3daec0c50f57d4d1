"""Reads site_url, extra.report and extra.security of mkdocs.yml; writes .well-known/security.txt
(RFC 9116)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from email_validator import EmailNotValidError, validate_email

from scripts.core.findings import Finding

CONFIG = PurePosixPath("mkdocs.yml")
FILE = ".well-known/security.txt"
FIELDS = ("frame_ancestors", "contact", "expires", "policy")
# It stands in files for browsers, feeds and six servers: only what is written alike in them all.
ADDRESS = re.compile(r"https?://[a-z0-9.-]+(?::\d+)?(?:/(?!\.+(?:/|$))[a-z0-9._~-]+)*/?", re.I)
# One source of frame-ancestors: 'self', 'none', *, or an origin (CSP3, 6.4.2).
ANCESTOR = re.compile(r"'self'|'none'|\*|(?:https?://)?(?:\*\.)?[\w-][\w.-]*(?::(?:\d+|\*))?")
PHONE = re.compile(r"\+[\d-]{7,20}")  # global numbers only: who reads this may be anywhere
# Nobody's address: what mkdocs.yml has from the start, what tests and a machine of one's own use
# (RFC 2606, 6761).
NOBODY = re.compile(
    r"(?:.*\.)?(?:example(?:\.(?:com|net|org))?|test|invalid|localhost)|127\..*", re.I
)
SOON = dt.timedelta(days=30)


def check_settings(
    config: Path, security: object, site_url: str, report: object = None
) -> list[Finding]:
    """Return what is wrong with ``security``, ``report`` and ``site_url``, of the file ``config``.

    ``report`` is where readers tell of faults: a site on the net must have it.

    That a date has passed is no fault: time must not stop somebody else's change.
    """
    lines = config.read_text(encoding="utf-8").split("\n")

    def line(field: str) -> int:
        start = re.compile(rf"\s*{re.escape(field)}:")
        return next((n for n, text in enumerate(lines, 1) if start.match(text)), 1)

    faults = [
        Finding(CONFIG, line(field), "security", message) for field, message in _faults(security)
    ]
    if not ADDRESS.fullmatch(site_url):
        message = (
            f"site_url, eller miljövariabeln SITE_URL, är {site_url!r}. Skriv en adress som "
            '"https://kommun.example/kunskap/", bara med a–z, siffror, punkt, - _ och ~. '
            "Ett värdnamn med å, ä eller ö har en form som börjar på xn--."
        )
        faults.append(Finding(CONFIG, line("site_url"), "site-url", message))
    elif report is None and not NOBODY.fullmatch(urlsplit(site_url).hostname or ""):
        message = (
            "report saknas under extra. Skriv dit läsarna säger till när något är fel: "
            '"mailto:namn@kommun.example", eller ett formulär som börjar på https://.'
        )
        faults.append(Finding(CONFIG, line("extra"), "report", message))
    if report is not None and not (
        isinstance(report, str) and not report.startswith("tel:") and _is_contact(report)
    ):
        message = (
            f"report är {report!r}. Skriv dit läsarna säger till när något är fel: "
            '"mailto:namn@kommun.example", eller ett formulär som börjar på https://.'
        )
        faults.append(Finding(CONFIG, line("report"), "report", message))
    return faults


def _faults(security: object) -> Iterator[tuple[str, str]]:
    if not isinstance(security, Mapping):
        yield "security", f"security är {security!r}. Skriv inställningarna på egna rader under."
        return
    for field in security:
        if field not in FIELDS:
            known = ", ".join(FIELDS)
            yield field, f"{field} är ingen inställning i security. De är {known}."
    ancestors = security.get("frame_ancestors", "*")
    parts = ancestors.split() if isinstance(ancestors, str) else []
    if not parts or not all(map(ANCESTOR.fullmatch, parts)):
        yield (
            "frame_ancestors",
            f"frame_ancestors är {ancestors!r}. Skriv de webbplatser som får visa sidorna i en "
            'ram, med mellanslag mellan: "\'self\' https://intranat.example.se". "*" är alla.',
        )
    contact, expires, policy = (security.get(field) for field in FIELDS[1:])
    if contact is None:
        for field in ("expires", "policy"):
            if security.get(field) is not None:
                yield field, f"{field} hör ihop med contact. Skriv contact, eller ta bort {field}."
        return
    if not isinstance(contact, str) or not _is_contact(contact):
        yield (
            "contact",
            f"contact är {contact!r}. Skriv dit den som har hittat ett säkerhetsfel kan höra av "
            'sig: "mailto:namn@example.se", en sida som börjar på https://, eller "tel:+46-…".',
        )
    if type(expires) is not dt.date:
        yield (
            "expires" if expires else "contact",
            "expires saknas eller är inget datum. Skriv när uppgiften ska ses över, inom ett år: "
            "expires: 2027-11-01.",
        )
    if policy is not None and not (isinstance(policy, str) and _is_page(policy)):
        yield "policy", f"policy är {policy!r}. Skriv en adress som börjar på https://."


def _is_contact(value: str) -> bool:
    """Whether it is a URI that RFC 9116 (2.5.3) takes, on one line."""
    kind, _, rest = value.partition(":")
    if kind == "mailto":
        try:
            validate_email(rest, check_deliverability=False, test_environment=True)
        except EmailNotValidError:
            return False
        return rest.isascii()
    return bool(PHONE.fullmatch(rest)) if kind == "tel" else _is_page(value)


def _is_page(value: str) -> bool:
    if not value.isascii() or not value.isprintable() or " " in value:
        return False
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.hostname)


def security_txt(security: Mapping[str, object], site_url: str) -> str:
    """Return the file's text, or "" where there is none to write.

    No contact is invented. In a folder on somebody else's host there is none either: programs look
    at the root of the host alone (RFC 9116, 3).
    """
    if security.get("contact") is None or urlsplit(site_url).path.strip("/"):
        return ""
    fields = {
        "Contact": security["contact"],
        "Expires": f"{security['expires']}T00:00:00Z",
        "Preferred-Languages": "sv, en",
        "Canonical": site_url.rstrip("/") + "/" + FILE if _is_page(site_url) else None,
        "Policy": security.get("policy"),
    }
    return "".join(f"{name}: {value}\n" for name, value in fields.items() if value)


def add_security_txt(target: Path, security: Mapping[str, object], site_url: str) -> None:
    """Write the file into a built site. MkDocs passes over folders that begin with a dot."""
    if text := security_txt(security, site_url):
        (target / FILE).parent.mkdir(exist_ok=True)
        (target / FILE).write_text(text, encoding="ascii", newline="\n")


def expiry_reminder(security: Mapping[str, object], today: dt.date) -> str:
    """Return a reminder when nobody may trust security.txt any longer, or soon."""
    expires = security.get("expires")
    if not isinstance(expires, dt.date) or expires - today > SOON:
        return ""
    says = "gick ut" if expires <= today else "går ut"
    return (
        f"Säkerhetskontakten {says} {expires}. Stämmer contact än? "
        "Sätt ett nytt expires i mkdocs.yml."
    )
