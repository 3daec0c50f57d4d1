"""Kontrollerar källor och register: hänvisningar finns, källor används, inga lösa adresser."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from scripts.checks.registers import sources_used
from scripts.content.content import Content
from scripts.content.page import Page
from scripts.content.used_sources import figure_sources
from scripts.core.findings import Finding, unused
from scripts.core.swedish import did_you_mean
from scripts.render.macros import macro_error

# A URL or host in a text: "https://example.org/a", "//example.org", "www.example.org".
RAW_URL = re.compile(r"(?:https?:)?//[\w-]+\.[\w./-]+|\bwww\.[\w-]+\.\w+")


def check_page(page: Page, content: Content) -> Iterator[Finding]:
    """Yield a finding for each unknown source or macro, and each URL that is typed on a page
    instead of in sources.yml."""
    registers = content.registers
    path = page.display_path
    for line, key in page.citations():
        if key not in registers.sources:
            message = (
                f'källan "{key}" finns inte i sources.yml.{did_you_mean(key, registers.sources)}'
            )
            yield Finding(path, line, "unknown-source", message)
    for line, name, argument in page.macros():
        reason = macro_error(name, argument, content)
        if reason:
            yield Finding(path, line, "unknown-macro", reason)
    for line, text in page.lines():
        match = RAW_URL.search(text)
        if match:
            message = (
                f'adressen "{match[0]}" hör hemma i sources.yml. '
                "Hänvisa med [@nyckel] eller länka med (kalla:nyckel)."
            )
            yield Finding(path, line, "raw-url", message)


def check_urls(content: Content) -> Iterator[Finding]:
    """Yield a finding for each source with the same URL as an earlier one."""
    sources = content.registers.sources
    keys_by_url: dict[str, str] = {}
    for key, source in sources.items():
        if source.statute and source.url.startswith(f"{sources[source.statute].url}#"):
            continue  # a section's URL is made of the statute's
        other = keys_by_url.setdefault(source.url, key)
        if other != key:
            message = f'"{key}": samma adress som "{other}". Behåll en.'
            yield Finding(*content.source_location(key), "same-url", message)


def check_statutes(content: Content) -> Iterator[Finding]:
    """Yield a finding for each statute with sections but without a name or a day when it was read,
    and each section listed under ``paragraphs`` whose text isn't in docs/_data/law/."""
    sources = content.registers.sources
    statutes = {source.statute for source in sources.values()}  # keys of those with sections
    for key, source in sources.items():
        required_fields = ("name", "read_on") if key in statutes else ()
        for field in required_fields:
            if not getattr(source, field):
                message = f'"{key}": fältet "{field}" saknas för författningen.'
                yield Finding(*content.source_location(key), "missing-field", message)
        for place in source.paragraphs:
            if f"{key}-{place}" not in sources:
                message = f'"{key}": paragrafen {place} står inte i docs/_data/law/. Lägg dit den.'
                yield Finding(*content.source_location(key), "bad-paragraph", message)


def check_dates(content: Content) -> Iterator[Finding]:
    """Yield a finding for each source whose text is newer than the day it was read."""
    for key, source in content.registers.sources.items():
        newest = source.as_of or ""
        read = source.read_on or ""
        # "2026-04" is some day in April: only the part that both have is compared, if any
        length = min(len(newest), len(read))
        if newest[:length] > read[:length]:
            message = (
                f'"{key}": as_of ({newest}) är efter read_on ({read}). Läs den nya texten, och '
                "ändra read_on."
            )
            yield Finding(*content.source_location(key), "bad-date", message)


def check_statute_files(content: Content) -> Iterator[Finding]:
    """Yield a finding for each file of docs/_data/law/ whose statute isn't in sources.yml, or has
    another file already."""
    known = {source.sfs for source in content.registers.sources.values()}
    names_by_sfs: dict[str, str] = {}
    for name, statute in content.statutes.items():
        if statute.sfs not in known:
            message = f"ingen källa i sources.yml har sfs: {statute.sfs}. Lägg till lagen där."
            yield Finding(content.statute_files[name], 1, "bad-law", message)
        other = names_by_sfs.setdefault(statute.sfs, name)
        if other != name:
            message = f'SFS {statute.sfs} står också i "{other}.md". Behåll en fil.'
            yield Finding(content.statute_files[name], 1, "bad-law", message)


def check(content: Content, _: dt.date) -> Iterator[Finding]:
    """Yield the findings of citations, macros and URLs on pages, of sources.yml and of
    docs/_data/law/, and a note for each source that nothing uses."""
    registers = content.registers
    used = {key for _, _, key in sources_used(content)}
    used.update(content.pages_by_source)
    for figure in registers.figures:
        used.update(figure_sources(registers, figure))
    for page in content.pages_and_supplements:
        yield from check_page(page, content)
    yield from check_urls(content)
    yield from check_statutes(content)
    yield from check_dates(content)
    yield from check_statute_files(content)
    # a statute is used if one of its sections is
    used |= {registers.sources[key].statute for key in used & registers.sources.keys()}
    for key in registers.sources.keys() - used:
        message = f'källan "{key}" används inte. Hänvisa till den, eller ta bort den.'
        yield unused(*content.source_location(key), "unused-source", message)
