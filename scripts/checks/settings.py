"""Kontrollerar inställningarna i mkdocs.yml: det som inget fält kan säga ensamt.

Att en dag har passerat är inget fel: tiden ska inte stoppa någon annans ändring.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from scripts.content.config import MESSAGES, Config, has_placeholder_host
from scripts.content.files import unused_pictures
from scripts.content.settings import REPORTED
from scripts.core.findings import Finding
from scripts.core.swedish import did_you_mean

# The site's URL, "https://example.org/odla/". It is written into HTML, feeds and server settings:
# only characters that all of these read alike, and no folder "." or "..".
ADDRESS = re.compile(r"https?://[a-z0-9.-]+(?::\d+)?(?:/(?!\.+(?:/|$))[a-z0-9._~-]+)*/?", re.I)
LOGOS = ("logo", "favicon")  # the site's pictures, named under theme
COLOURS = (
    "läses inte. Egna färger skriver du som colours under extra, med light och dark, och bilden i "
    "sidhuvudet som logo under theme."
)


def check(config: Config) -> list[Finding]:
    """Return the findings of the settings and of the pictures in docs/, sorted. If values under
    ``extra`` have the wrong type, no rule about ``extra`` is checked: they can't be used."""
    findings = list(config.faults)
    if not findings:
        findings += _check_address(config)
        findings += _check_local_numbers(config)
        findings += _check_fields_together(config)
    if config.mkdocs:  # None only in tests
        findings += _check_theme(config)
        used_pictures = [str(config.mkdocs.theme.get(name)) for name in LOGOS]
        for docs in config.roots:
            findings += unused_pictures(docs, used_pictures, config.file.parent)
    return sorted(findings)


def _check_address(config: Config) -> Iterator[Finding]:
    """Yield a finding for an invalid site URL, or for a public site without an address to report
    errors to."""
    if not ADDRESS.fullmatch(config.site_url):
        message = f"{config.site_url!r}: {MESSAGES['site_url']}"
        yield Finding(*config.location("site_url"), "site-url", message)
    elif not config.extra.report and not has_placeholder_host(config.site_url):
        message = f"report saknas under extra. Skriv {REPORTED}."
        yield Finding(*config.location("extra"), "report", message)


def _check_local_numbers(config: Config) -> Iterator[Finding]:
    """Yield a finding for each row of ``local`` with an unknown key or without a number."""
    known = config.extra.site.numbers
    for key, text in config.extra.local.items():
        where = config.location("extra", "local", key)
        if key not in known:
            near = did_you_mean(key, known) or f" De är {', '.join(known) or 'inga'}."
            message = f"{key} är inget eget nummer.{near} Nya skrivs under numbers i site."
            yield Finding(*where, "local", message)
        if not re.search(r"\d", text):
            message = f'{key} har inget nummer: "{text}". Skriv det, eller ta bort raden.'
            yield Finding(*where, "local", message)


def _check_fields_together(config: Config) -> Iterator[Finding]:
    """Yield a finding for each setting that needs another one, which is missing."""
    extra, security = config.extra, config.extra.security

    def finding(rule: str, message: str, *keys: str) -> Finding:
        return Finding(*config.location("extra", *keys), rule, message)

    if extra.exit and extra.exit.show and not extra.exit.address:
        message = "address saknas under exit. Skriv en adress som börjar på https://."
        yield finding("bad-setting", message, "exit")
    if bool(extra.accessibility.assessed_on) != bool(extra.accessibility.method):
        message = "assessed_on och method hör ihop: skriv när ni bedömde sajten, och hur."
        yield finding("bad-setting", message, "accessibility")
    if security.contact and not security.expires:
        message = "expires saknas. Skriv när contact ska ses över: expires: 2027-11-01."
        yield finding("security", message, "security", "contact")
    for name in ("expires", "policy"):
        if getattr(security, name) and not security.contact:
            message = f"{name} hör ihop med contact. Skriv contact, eller ta bort {name}."
            yield finding("security", message, "security", name)


def _check_theme(config: Config) -> Iterator[Finding]:
    """Yield a finding for each setting of MkDocs that this theme ignores, and each logo that
    doesn't exist."""
    settings = config.mkdocs
    for name in ("extra_css", "extra_javascript"):
        if settings[name]:
            yield Finding(*config.location(name), "bad-setting", f"{name} {COLOURS}")
    folders = [*config.roots, *map(Path, settings.theme.dirs)]
    for name in LOGOS:
        picture = settings.theme.get(name)
        if picture and not any((folder / picture).is_file() for folder in folders):
            message = f'{name}: "{picture}" finns inte. Lägg bilden i docs/, och skriv dess namn.'
            yield Finding(*config.location("theme", name), "bad-setting", message)
