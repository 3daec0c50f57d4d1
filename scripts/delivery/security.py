"""Writes .well-known/security.txt (RFC 9116), and reminds before it expires."""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlsplit

from scripts.content.config import Config
from scripts.content.content import Content
from scripts.core.findings import Finding
from scripts.site.html_site import HtmlSite

FILE = ".well-known/security.txt"
REMIND_BEFORE = dt.timedelta(days=30)


def security_txt(config: Config) -> str:
    """Return the text of security.txt, or "" if mkdocs.yml has no contact, or if the site is in a
    folder of its host: programs look for the file only in the host's root (RFC 9116, 3)."""
    security = config.extra.security
    is_in_folder = urlsplit(config.site_url).path.strip("/") != ""
    if not security.contact or is_in_folder:
        return ""
    fields = {
        "Contact": security.contact,
        "Expires": f"{security.expires}T00:00:00Z",
        "Preferred-Languages": "sv, en",
        # an https URL is required (RFC 9116, 2.5.2): without one the field is left out
        "Canonical": config.base_url + FILE if config.site_url.startswith("https://") else None,
        "Policy": security.policy,
    }
    return "".join(f"{name}: {value}\n" for name, value in fields.items() if value)


def add_security_txt(_: Content, site: HtmlSite, config: Config) -> list[Finding]:
    """Step of the build: write security.txt, if the site has one. It can't be a file in docs/:
    MkDocs ignores folders that begin with a dot."""
    text = security_txt(config)
    if text:
        site.write(FILE, text)
    return []


def expiry_reminder(config: Config, today: dt.date) -> str:
    """Return a reminder, in Swedish, if security.txt has expired or will within REMIND_BEFORE; else
    ""."""
    expires = config.extra.security.expires
    if expires is None or expires - today > REMIND_BEFORE:
        return ""
    verb = "gick ut" if expires <= today else "går ut"
    return (
        f"Säkerhetskontakten {verb} {expires}. Stämmer contact än? "
        "Sätt ett nytt expires i mkdocs.yml."
    )
