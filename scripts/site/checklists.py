"""Writes each checklist as text beside its page, for pasting into a case system's template."""

from __future__ import annotations

from scripts.content.config import Config
from scripts.content.content import Content
from scripts.core.findings import Finding
from scripts.render.checklists import plain_text, text_address
from scripts.site.html_site import HtmlSite


def add_checklists(content: Content, site: HtmlSite, _: Config) -> list[Finding]:
    """Page step: write the text file of each checklist."""
    for name, checklist in content.registers.checklists.items():
        site.write(text_address(content, name), plain_text(checklist))
    return []
