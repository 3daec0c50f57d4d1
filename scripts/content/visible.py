"""The content that a publisher shows: without the pages that ``hide`` in mkdocs.yml names."""

from __future__ import annotations

from dataclasses import replace

from scripts.content.content import Content
from scripts.content.settings import Extra


def without_hidden(content: Content, extra: Extra) -> Content:
    """Return ``content`` without the hidden pages, and without the handouts and slides of one."""
    pages = {path: page for path, page in content.pages.items() if not extra.hides(path)}
    gone = {page.address for path, page in content.pages.items() if path not in pages}
    own = content.registers
    slides = own.slides if own.slides and own.slides.plan not in gone else None
    handouts = {key: row for key, row in own.handouts.items() if row.page not in gone}
    return replace(content, pages=pages, registers=replace(own, handouts=handouts, slides=slides))
