"""Kontrollerar att figurerna går ihop: lika många rutor i varje rad, antal i staplarna."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from scripts.content.content import Content
from scripts.content.figures import validate_figure
from scripts.core.findings import Finding


def check(content: Content, _: dt.date) -> Iterator[Finding]:
    """Yield a finding for each part of a figure that contradicts another part."""
    registers = content.registers
    for key, figure in registers.figures.items():
        file = content.files["figures"]
        for where, rule, message in validate_figure(figure, registers.facts):
            yield Finding(*file.location(key, *where), rule, f'"{key}": {message}')
