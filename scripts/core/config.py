"""mkdocs.yml, read once: where the site stands, what servers are told, where faults are reported.

MkDocs reads the file, as it knows its own (``!ENV``); what is ours in it is checked here.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from email_validator import EmailNotValidError, validate_email

from scripts.core.findings import Finding

CONFIG = PurePosixPath("mkdocs.yml")
# Numbers of the publisher's own: key in extra.local → what pages and paper call it. The first of
# them stands before all other numbers.
LOCAL = {
    "socialjour": "Vår socialjour",
    "regionkoordinator": "Vår regionkoordinator",
    "chef": "Chef i beredskap",
    "beslut-barn": "Den som beslutar om tvång för barn",
}
FIELDS = ("frame_ancestors", "contact", "expires", "policy")
# It stands in files for browsers, feeds and six servers: only what is written alike in them all.
ADDRESS = re.compile(r"https?://[a-z0-9.-]+(?::\d+)?(?:/(?!\.+(?:/|$))[a-z0-9._~-]+)*/?", re.I)
# One source of frame-ancestors: 'self', 'none', *, or an origin (CSP3, 6.4.2).
ANCESTOR = re.compile(r"'self'|'none'|\*|(?:https?://)?(?:\*\.)?[\w-][\w.-]*(?::(?:\d+|\*))?")
KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
# What an address is written with (RFC 3986, 2).
URI = re.compile(r"[\w.~:/?#\[\]@!$&'()*+,;=%-]+", re.ASCII)
PHONE = re.compile(r"\+[\d-]{7,20}")  # global numbers only: who reads this may be anywhere
# Nobody's address: what mkdocs.yml has from the start, what tests and a machine of one's own use
# (RFC 2606, 6761).
NOBODY = re.compile(
    r"(?:.*\.)?(?:example(?:\.(?:com|net|org))?|test|invalid|localhost)|127\..*", re.I
)


@dataclass(frozen=True)
class Config:
    """What the steps after MkDocs need of mkdocs.yml. Good when ``check`` has found nothing."""

    file: Path
    site_url: str  # whole address, from SITE_URL where that is set
    report: Any = None  # extra.report: where readers tell of faults; mailto: or https://
    security: Any = field(default_factory=dict)  # extra.security: a mapping, when it is right
    local: Any = field(default_factory=dict)  # extra.local: own numbers, by the keys of LOCAL
    pdf: bool = True  # of this build: whether it makes the PDF files
    name: str = ""  # site_name
    site: Any = field(default_factory=dict)  # extra.site: what is said in this site's own words
    exit: Any = field(default_factory=dict)  # extra.exit: "Lämna sidan", and where it leads
    mkdocs: Any = field(default=None, repr=False, compare=False)  # MkDocs' own: for one build

    @property
    def key(self) -> str:
        """The site's word in names that others keep: the copy, a frame's message."""
        return str(self.site.get("key") or "sajten")

    @property
    def home(self) -> str:
        """The site's address with a closing slash."""
        return self.site_url.rstrip("/") + "/"

    @property
    def frame_ancestors(self) -> str:
        """Who may show the pages in a frame, as the policy for content has it."""
        return str(self.security.get("frame_ancestors", "*"))


def read_config(root: Path, *, pdf: bool = True) -> Config:
    """Return the settings of the project in ``root``. Raises MkDocsException."""
    from mkdocs.config import load_config  # late: a tenth of a second

    with contextlib.chdir(root):  # the extensions are tried out, and ours reads docs/
        config = load_config(str(root / CONFIG))
    config.nav = _menu(config.nav, Path(config.docs_dir)) if config.nav else None
    extra = config.extra
    return Config(
        root / CONFIG,
        str(config.site_url or ""),
        report=extra.get("report"),
        exit=extra.get("exit") or {},
        security=extra.get("security") or {},
        local=extra.get("local") or {},
        pdf=pdf,
        name=config.site_name,
        site=extra.get("site") or {},
        mkdocs=config,
    )


def _menu(rows: list[Any], docs: Path) -> list[Any]:
    """Return the menu without pages that are gone, and parts that are left empty by it."""
    found = []
    for row in rows:
        title, there = next(iter(row.items())) if isinstance(row, dict) else ("", row)
        if isinstance(there, list):
            there = _menu(there, docs)
        elif str(there).endswith(".md") and not (docs / str(there)).is_file():
            continue
        if there:
            found.append({title: there} if title else there)
    return found


def check_config(config: Config) -> list[Finding]:
    """Return what is wrong with it. A site on the net must say where readers report faults.

    That a date has passed is no fault: time must not stop somebody else's change.
    """
    lines = config.file.read_text(encoding="utf-8").split("\n")
    site_url, report = config.site_url, config.report

    def line(field: str) -> int:
        start = re.compile(rf"\s*{re.escape(field)}:")
        return next((n for n, text in enumerate(lines, 1) if start.match(text)), 1)

    faults = [
        Finding(CONFIG, line(field), "security", message)
        for field, message in _faults(config.security)
    ]
    faults += [
        Finding(CONFIG, line(field), "bad-setting", message) for field, message in _said(config)
    ]
    if not isinstance(config.local, Mapping) or not all(
        key in LOCAL and isinstance(value, str) for key, value in config.local.items()
    ):
        message = (
            f"local är {config.local!r}. Skriv egna nummer inom citattecken på egna rader under: "
            f"{', '.join(LOCAL)}."
        )
        faults.append(Finding(CONFIG, line("local"), "local", message))
    if not ADDRESS.fullmatch(site_url):
        message = (
            f"site_url, eller miljövariabeln SITE_URL, är {site_url!r}. Skriv en adress som "
            '"https://kommun.example/kunskap/", bara med a–z, siffror, punkt, - _ och ~. '
            "Ett värdnamn med å, ä eller ö har en form som börjar på xn--."
        )
        faults.append(Finding(CONFIG, line("site_url"), "site-url", message))
    elif report is None and not is_nobodys(site_url):
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


def _said(config: Config) -> Iterator[tuple[str, str]]:
    """Yield (field, message) for what stands in addresses, file names and tags of every page."""
    site, leave = config.site, config.exit
    for name, value in (("site", site), ("exit", leave)):
        if not isinstance(value, Mapping):
            yield name, f"{name} är {value!r}. Skriv inställningarna på egna rader under."
            return
    if not KEY.fullmatch(config.key):
        yield "key", f"key är {config.key!r}. Skriv små bokstäver a–z, siffror och bindestreck."
    address = leave.get("address")
    if leave.get("show") and not (isinstance(address, str) and is_page(address)):
        yield "exit", f"address under exit är {address!r}. Skriv en adress som börjar på https://."
    if re.search("[<>\n]", config.name):
        yield "site_name", f"site_name är {config.name!r}. Skriv ren text på en rad."


def is_nobodys(site_url: str) -> bool:
    """Whether an address is an example's, or one's own machine's: nobody has linked to it."""
    return bool(NOBODY.fullmatch(urlsplit(site_url).hostname or ""))


def _faults(security: object) -> Iterator[tuple[str, str]]:
    if not isinstance(security, Mapping):
        yield "security", f"security är {security!r}. Skriv inställningarna på egna rader under."
        return
    for name in security:
        if name not in FIELDS:
            known = ", ".join(FIELDS)
            yield name, f"{name} är ingen inställning i security. De är {known}."
    ancestors = security.get("frame_ancestors", "*")
    parts = ancestors.split() if isinstance(ancestors, str) else []
    if ancestors != " ".join(parts) or not parts or not all(map(ANCESTOR.fullmatch, parts)):
        yield (
            "frame_ancestors",
            f"frame_ancestors är {ancestors!r}. Skriv de webbplatser som får visa sidorna i en "
            'ram, med mellanslag mellan: "\'self\' https://intranat.example.se". "*" är alla.',
        )
    contact, expires, policy = (security.get(name) for name in FIELDS[1:])
    if contact is None:
        for name in ("expires", "policy"):
            if security.get(name) is not None:
                yield name, f"{name} hör ihop med contact. Skriv contact, eller ta bort {name}."
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
    if policy is not None and not (isinstance(policy, str) and is_page(policy)):
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
    return bool(PHONE.fullmatch(rest)) if kind == "tel" else is_page(value)


def is_page(value: str) -> bool:
    """Whether it is a whole https address, in ASCII."""
    if not URI.fullmatch(value):
        return False
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.hostname)
