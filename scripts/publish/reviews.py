"""Makes granskning.json: the pages in the order they are to be reviewed."""

from __future__ import annotations

import json
from collections.abc import Iterable

from scripts.content.macros import used_sources
from scripts.content.page import Page
from scripts.content.records import Registers
from scripts.content.sources import law_read

JSON_VERSION = 1


def as_json(pages: Iterable[Page], registers: Registers) -> str:
    """Return granskning.json: pages by next review, addresses relative to the file's own.

    No field depends on the day it is made.
    """
    rows = [
        {
            "url": page.address or "./",  # "" would be the file itself (RFC 3986, 5.2.2)
            "title": page.title,
            "last_reviewed_on": str(page.meta.last_reviewed_on),
            "review_by": str(page.meta.review_by),
            "law_read_on": law_read(used_sources(page, registers), registers.sources) or None,
            "owner": page.meta.owner,
        }
        for page in sorted(pages, key=lambda p: (p.meta.review_by, p.path))
    ]
    data = {"version": JSON_VERSION, "pages": rows}
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"
