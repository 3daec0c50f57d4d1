"""Kontrollerar sakuppgifter: varje nummer, tid, paragraf och belopp ska stå i facts.yml.

Hittar telefonnummer, blanketter, tider, åldrar, straff, datum, lagrum, beteckningar, belopp, antal,
procent och e-postadresser i docs/ och jämför dem med docs/_data/facts.yml. Hittar också gammal lag
och ord att undvika, enligt samma register.

Utgång: 0 inga fel, 1 fel hittades, 2 kunde inte köras.
"""

from __future__ import annotations

import argparse
import difflib
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

import yaml

from scripts.check_sources import _is_iso as is_iso
from scripts.content import (
    CITATION,
    ContentError,
    Page,
    Registers,
    page_files,
    parse_yaml,
    read_page,
    read_registers,
    read_text,
    shown_path,
    used_sources,
)
from scripts.findings import Finding, report

# A record's kind → the kind its value is seen as in a text. A text doesn't say if "4 år" is a
# sentence or an age, nor if "168 000" in a table is money or a count.
KINDS = {
    "alder": "år", "antal": "tal", "belopp": "tal", "beteckning": "nummer", "blankett": "blankett",
    "datum": "datum", "epost": "e-post", "lag": "nummer", "lagrum": "lagrum", "procent": "procent",
    "straff": "år", "telefon": "telefon", "tid": "tid",
}  # fmt: skip
CERTAINTY = ("saker", "osaker", "motstridig")
FIELDS = {"kind", "value", "spellings", "about", "pages", "source", "own", "as_of", "certainty"}
# Register fields that no reader sees, or that are only search words.
UNSEEN = {
    "also", "applies", "as_of", "certainty", "checked_on", "checks", "confirmed_by_call",
    "contact", "facts", "group", "host_certainty", "id", "kind", "page", "source", "sources",
    "spellings", "tel", "version",
}  # fmt: skip
REGISTER_FILES = ("contacts", "regions", "questions", "glossary")

_ONES = "noll en två tre fyra fem sex sju åtta nio tio elva tolv tretton fjorton femton".split()
_ONES += "sexton sjutton arton nitton tjugo".split()
_ENGLISH = "zero one two three four five six seven eight nine ten eleven twelve".split()
NUMBERS = {word: n for n, word in enumerate(_ONES)} | {word: n for n, word in enumerate(_ENGLISH)}
for _n, _ten in enumerate("tjugo trettio fyrtio femtio sextio sjuttio åttio nittio".split(), 2):
    NUMBERS |= {_ten: _n * 10} | {_ten + one: _n * 10 + i for i, one in enumerate(_ONES[1:10], 1)}
NUMBERS |= {"ett": 1, "fourteen": 14, "fifteen": 15, "eighteen": 18, "thirty": 30, "hundra": 100}

NUM = rf"(?:\d+|{'|'.join(sorted(NUMBERS, key=len, reverse=True))}|ett par|a couple of)"
UNIT = (
    r"(?:timm\w*|dygn\w*|(?:arbets|kalender|var)?dag\w*|veck\w*|månad\w*|"
    r"år(?:s|en|ens|ig\w*|ing\w*)?\b|hours?\b|days?\b|weeks?\b|months?\b|years?\b)"
)
UNITS = {
    "timm": "timmar", "hour": "timmar", "dygn": "dygn", "arbe": "arbetsdagar", "vard": "arbetsdagar",
    "veck": "veckor", "week": "veckor", "måna": "månader", "mont": "månader", "year": "år",
}  # fmt: skip
MONTH = "januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december"
PART = r"\d+(?: [a-z])?(?![a-zåäö0-9])"
PARTS = rf"{PART}(?:(?:, | och |–|-){PART})*"
STYCKE = r"(?:,? (?:första|andra|tredje|fjärde|femte) stycket(?: \d+(?: och \d+)*)?)?"
# In this order: what one pattern takes, the next doesn't see.
PATTERNS = [
    ("e-post", re.compile(r"(?P<v>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)")),
    ("procent", re.compile(rf"\b(?P<a>{NUM}(?:[,.]\d+)?)(?:\s?[–-]\s?(?P<b>\d+(?:[,.]\d+)?))?\s?(?:%|procent\b|per ?cent\b)")),
    ("procent", re.compile(rf"\b(?P<v>{NUM} (?:tredjedel|fjärdedel|femtedel|tiondel)\w*|{NUM} av (?:tre|fyra|fem|tio)\b)")),
    ("tal", re.compile(r"(?<!\d)(?P<v>\d{1,3}(?: \d{3})+|\d+)\s?(?:kr\b|kronor|SEK\b|tkr\b|euro)")),
    ("telefon", re.compile(
        r"(?<![\d.,:/–-])(?P<v>\+46[\d -]{7,}\d|0\d{1,3}[ -]\d[\d ]{3,9}\d|0\d{7,9}|11[3-9] ?\d{2,3}|112|1177)(?![\d:/–])"
    )),
    ("telefon", re.compile(r"(?i)\b(?:ring(?:er|a)?|call|telefon|numret)(?: på| till)? (?P<v>\d[\d -]+\d)(?![\d:/–]|\s?%)")),
    ("nummer", re.compile(
        r"(?P<p>SOU|RiR|[Rr]apport(?:en)?)?\s?(?<![\d/:])(?P<v>\d{4}/\d{2}:\w+|(?:18|19|20)\d\d:\d+|\(EU\) \d{4}/\d+|\d{4}/\d+/E[UG]|\bC-\d+/\d+)"
    )),
    ("datum", re.compile(rf"\b(?P<v>\d{{1,2}} (?:{MONTH})(?: \d{{4}})?)\b")),
    ("blankett", re.compile(r"(?i)\bblankett\w*(?: nr| nummer)? (?P<v>\d[\d ]{2,6}\d)\b")),
    ("blankett", re.compile(r"\b(?P<v>19\d ?\d{3})\b")),
    # Penalties: "lägst två och högst tio år", "lägst sex månader och högst fyra år", "högst 4 år".
    ("tid", re.compile(
        rf"(?:lägst|minst)\s(?P<a>{NUM})(?:\s(?P<u>{UNIT}))?,? (?:och|men)?\s?högst\s(?P<b>{NUM})(?:\s(?P<w>{UNIT}))?"
    )),
    ("tid", re.compile(rf"\b(?P<most>högst)\s(?P<b>{NUM})\s(?P<w>år\b)")),
    ("tid", re.compile(rf"\b(?P<a>{NUM})(?:\s(?P<u>{UNIT}))?\s?(?:–|-|\still\s)\s?(?P<b>{NUM})\s(?P<w>{UNIT})")),
    ("tid", re.compile(rf"\b(?P<b>{NUM})(?:\s|-)?(?:hela )?(?P<w>{UNIT})")),
    ("tid", re.compile(r"\b(?:fyll(?:t|er|a)|under) (?P<b>\d\d)\b(?P<w>)")),
    ("tid", re.compile(r"\b(?P<v>dag \d+)\b")),
    ("tal", re.compile(r"(?<![\d.,:/–-])(?P<v>\d{1,3}(?: \d{3})+|\d{2,})\b(?![:/]\d)")),
]  # fmt: skip
