"""Visar ord som varken ordlistan eller webbplatsen känner. Det stoppar aldrig ett bygge.

Ett ord som är rätt skrivs in i docs/_data/spelling.txt, ett på varje rad. Namn på kontakter och
utgivare, och det som står i glossary.yml, känns igen ändå. Bara svensk text läses.

Utgång: 0 klart, 2 kunde inte köras.
"""

from __future__ import annotations

import argparse
import datetime as dt
import importlib.metadata
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Protocol

from scripts.content.content import Content
from scripts.content.prose import WORD, documents
from scripts.core.findings import Finding, report

OWN = "spelling.txt"  # in docs/_data/
NAMES = {"contacts": ("name",), "sources": ("publisher",), "glossary": ("term", "abbr", "also")}
# No word: a number, an address or a file's name, one that continues ("kvinno- och tjejjouren").
NO_WORD = re.compile(r"\d|[./]")
MISSING = """\
Ordlistan saknas. Den följer med testerna: kör  python3 scripts/test.py --quick  en gång."""


class Dictionary(Protocol):
    """What Hunspell offers: a dictionary with rules for how Swedish joins and bends words."""

    def spell(self, word: str) -> bool: ...
    def suggest(self, word: str) -> tuple[str, ...]: ...


def swedish() -> Dictionary | None:
    """Return the dictionary of hunspell-sv; None where it isn't installed."""
    try:
        import hunspell

        files = importlib.metadata.files("hunspell-sv") or []
    except ImportError:  # PackageNotFoundError, too
        return None
    folder = next(Path(str(f.locate())).parent for f in files if f.name == "sv_SE.dic")
    found: Dictionary = hunspell.Hunspell("sv_SE", hunspell_data_dir=str(folder.resolve()))
    return found


def known_words(content: Content) -> set[str]:
    """Return the words that this site says are right, in lower case."""
    file = content.docs / "_data" / OWN
    text = file.read_text(encoding="utf-8") if file.is_file() else ""
    lines = [line.partition("#")[0] for line in text.split("\n")]
    for register, fields in NAMES.items():
        for record in getattr(content.registers, register).values():
            lines += _texts(record, fields)
    return {part for line in lines for word in WORD.findall(line.lower()) for part in _parts(word)}


def _texts(record: Mapping[str, Any], fields: tuple[str, ...]) -> Iterator[str]:
    for field in fields:
        value = record.get(field) or ""
        yield from map(str, value if isinstance(value, list) else [value])


def _parts(word: str) -> Iterator[str]:
    """Yield what a word is joined of by hyphens, without the genitive of an abbreviation."""
    yield from filter(None, re.split(r"[-/]", word.partition(":")[0]))


def check(content: Content, _: dt.date, words: Dictionary | None = None) -> Iterator[Finding]:
    """Yield a note for each place with a word that is known neither to ``words`` nor here."""
    words = words or swedish()
    if words is None:
        return
    known = known_words(content)
    judged: dict[str, bool] = {}

    def right(word: str) -> bool:
        if word not in judged:
            judged[word] = word.lower() in known or words.spell(word)
        return judged[word]

    for document in documents(content):
        if document.lang != "sv":
            continue
        for block in document.blocks:
            for match in WORD.finditer(block.text):
                goes_on = block.text[match.end() : match.end() + 1] == "-"
                if goes_on or NO_WORD.search(match[0]) or right(match[0]):
                    continue
                for part in [part for part in _parts(match[0]) if not right(part)]:
                    near = ", ".join(words.suggest(part)[:3])
                    message = f'"{part}" finns inte i ordlistan.' + (
                        f" Menade du {near}?" if near else ""
                    )
                    line = block.line_at(match.start())
                    yield Finding(document.path, line, "spelling", message, severity="note")


def run(content: Content, args: argparse.Namespace) -> int:
    """Check, and say how a right word is made known; return the exit code."""
    words = swedish()
    if words is None:
        print(MISSING, file=sys.stderr)
        return 2
    return report(check(content, args.today, words))
