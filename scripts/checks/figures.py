"""Läser och kontrollerar figurerna i docs/_data/figures.yml: fälten, längden, källorna, det hela.

Säger fil och rad för ett fält som saknas, är av fel slag, är okänt eller för långt, för en källa
som inte finns, och för en figur som inte går ihop: en rad med för få rutor, en karta utan ett län.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from scripts.content.content import Content
from scripts.content.figure_kinds import (
    Where,
    make,
)
from scripts.content.figures import check_whole
from scripts.content.markdown import CITATION
from scripts.core.findings import Finding


def texts(value: Any, where: Where = ()) -> Iterator[tuple[Where, str]]:
    """Yield every text in a part of the register, with the way there."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from texts(inner, (*where, name))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from texts(inner, (*where, number))
    elif isinstance(value, str):
        yield where, value


def citations(row: Any, where: Where = ()) -> Iterator[tuple[Where, str]]:
    """Yield (where, source key) for each citation in a row of the register."""
    for place, words in texts(row, where):
        for match in CITATION.finditer(words):
            yield from ((place, key.strip().removeprefix("@")) for key in match[1].split(","))


def check(content: Content, _: dt.date) -> Iterator[Finding]:
    """Yield every finding of the register."""
    registers = content.registers
    for key, row in registers.figures.items():
        figure, faults = make(key, row)
        if figure is not None:
            faults += [((key, *at), *more) for at, *more in check_whole(figure, registers)]  # type: ignore[misc]
        for where, source in citations(row, (key,)):
            if source not in registers.sources:
                message = f'källan "{source}" finns inte i sources.yml.'
                faults.append((where, "unknown-source", message))
        file = content.files["figures"]
        for where, rule, message in faults:
            yield Finding(file.shown, file.line(*where), rule, f'"{key}": {message}')
