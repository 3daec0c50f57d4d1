"""Visar vilka sidor som har passerat sin granskning. Det stoppar aldrig ett bygge: läsaren ser det
på sidan.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from scripts.content.content import Content
from scripts.content.page import GeneratedPage
from scripts.core.findings import Finding


def check(content: Content, today: dt.date) -> Iterator[Finding]:
    """Yield a finding for each page whose ``review_by`` is before ``today``, except generated pages
    with the same ``review_by`` as the guide's page: they are reviewed together."""
    guide_page = content.page_with("vagledning", content.registers.guide.start)
    for page in content.pages.values():
        due = page.meta.review_by
        is_generated = isinstance(page, GeneratedPage)
        if is_generated and guide_page and due == guide_page.meta.review_by:
            continue  # the finding on the guide's own page is enough
        if due < today:
            message = (
                f"sidan skulle ha granskats senast {due}. Gå igenom den mot källorna "
                "och sätt nya datum överst."
            )
            yield Finding(page.display_path, page.line("review_by"), "overdue-review", message)
