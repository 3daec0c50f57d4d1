"""The content that a publisher shows: without the pages that ``hide`` in mkdocs.yml names."""

from __future__ import annotations

from dataclasses import replace

from scripts.content.content import Content
from scripts.content.settings import Extra


def without_hidden(content: Content, extra: Extra) -> Content:
    """Return ``content`` without the pages that ``extra`` hides, and without the handouts and
    slides that belong to a hidden page."""
    pages = {path: page for path, page in content.pages.items() if not extra.hides(path)}
    hidden = {page.address for path, page in content.pages.items() if path not in pages}
    registers = content.registers
    slides = registers.slides
    if slides and slides.plan in hidden:
        slides = None
    handouts = {key: row for key, row in registers.handouts.items() if row.page not in hidden}
    registers = replace(registers, handouts=handouts, slides=slides)
    return replace(content, pages=pages, registers=registers)
