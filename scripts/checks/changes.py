"""Kontrollerar ändringarna i docs/_data/changes.yml: ingen är publicerad i framtiden."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from scripts.content.content import Content
from scripts.core.findings import Finding


def check(content: Content, today: dt.date) -> Iterator[Finding]:
    """Yield a finding for each change that is dated after ``today``."""
    for key, change in content.registers.changes.items():
        if today < change.date:
            message = f'"{key}": ändringen kan inte ha publicerats i framtiden ({change.date}).'
            yield Finding(*content.location("changes", key), "bad-date", message)
