"""How numbers, times, statutes and amounts look in Swedish text, and their one normal form.

"sex månader", "6 månader" and "sexmånaders-" are one value; facts.yml holds values, pages text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from scripts.core.swedish import LONG_NUMBER, SHORT_NUMBER

# Number words, up to where a text would use digits.
_words = re.compile(r"\w+").findall
ONES = _words(
    "noll en två tre fyra fem sex sju åtta nio tio elva tolv tretton fjorton femton sexton sjutton "
    "arton nitton"
)
TENS = _words("tjugo trettio fyrtio femtio sextio sjuttio åttio nittio")
ENGLISH = _words("zero one two three four five six seven eight nine ten eleven twelve")
WORDS = {word: n for words in (ONES, ENGLISH) for n, word in enumerate(words)}
WORDS |= {t + o: 10 * n + i for n, t in enumerate(TENS, 2) for i, o in enumerate(["", *ONES[1:10]])}
WORDS |= {"ett": 1, "hundra": 100, "fourteen": 14, "eighteen": 18, "thirty": 30}
UNITS = dict(
    re.findall(
        r"(\w+)=(\w+)",
        "timm=timmar hour=timmar dygn=dygn arbe=arbetsdagar vard=arbetsdagar veck=veckor "
        "week=veckor måna=månader mont=månader year=år",
    )
)
# What the patterns below are made of.
PIECES = {
    "NUM": rf"(?:\d{{1,3}}|{'|'.join(sorted(WORDS, key=len, reverse=True))}|ett par|a couple of)",
    "UNIT": r"(?:timm\w*|dygn\w*|(?:arbets|kalender|var)?dag(?:ar\w*|s\w*|en)?\b|"
    r"veck(?:a|an|or\w*|ors)\b|månad\w*|år(?:s|en|ens|ig\w*|ing\w*)?\b|"
    r"(?:hour|day|week|month|year)s?\b)",
    "MONTH": r"(?:januari|februari|mars|april|maj|ju[nl]i|augusti|(?:septem|okto|novem|decem)ber)",
    "LONG": LONG_NUMBER,
    "SHORT": SHORT_NUMBER,
    "THOUSANDS": r"\d{1,3}(?: \d{3})+",
}
# Kind and pattern, for a text in lower case, in this order: what one pattern takes, the next
# doesn't see. ``v`` is the value; or ``a`` and ``b`` are a range, with the units ``u`` and ``w``.
PATTERNS = r"""
epost       (?P<v>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)
procent     \b(?:(?P<a>NUM)\s?[–-]\s?)?(?P<b>\d+(?:[,.]\d+)?|NUM)\s?(?P<w>%|procent\b|per ?cent\b)
procent     \b(?P<v>NUM (?:tredjedel|fjärdedel|femtedel|tiondel)\w*|en av tio)\b
tal         (?<!\d)(?P<v>THOUSANDS|\d+)\s?(?:kr\b|kronor|sek\b|tkr\b|euro)
telefon     (?<![\d.,:/–-])(?P<v>LONG)(?![\d/–]|:\d)
telefon     (?<![\d.,:/–-])(?P<v>11[3-9] ?\d{2,3}|SHORT)(?![\d/–]|:\d)
telefon     \b(?:ring(?:er|a)?|call|telefon)(?: på)? (?P<v>\d[\d -]+\d)(?![\d:/–])
beteckning  (?:\b(?P<p>sou|rir) )?(?<![\d/:])(?P<v>\d{4}/\d{2}:\w+|(?:18|19|20)\d\d:\d+)
beteckning  (?<!\w)(?P<v>\(eu\) \d{4}/\d+|\d{4}/\d+/e[ug]|c-\d+/\d+)
datum       \b(?P<v>\d{1,2} MONTH(?: \d{4})?)\b
blankett    \bblankett\w*(?: nr| nummer)? (?P<v>\d[\d ]{2,6}\d)\b
blankett    \b(?P<v>19\d ?\d{3})\b
tid         (?:lägst|minst) (?P<a>NUM)(?: (?P<u>UNIT))?,?(?: och)? högst (?P<b>NUM)(?: (?P<w>UNIT))?
tid         \b(?P<a>högst) (?P<b>NUM) (?P<w>år)\b
tid         \b(?P<a>NUM)(?: (?P<u>UNIT))?(?: ?[–-] ?| till )(?P<b>NUM) (?P<w>UNIT)
tid         \b(?P<b>NUM)[ -]?(?:hela )?(?P<w>UNIT)
tid         \b(?:fyll(?:t|er|a)|under) (?P<b>\d\d)(?=[.,;:?)]|$| (?:och|eller|är|ska|får|kan)\b)
tid         \bdag (?P<a>\d+)\b
tal         (?<![\d.,:/–-])(?P<v>THOUSANDS|\d{2,})\b(?![:/–]\d| (?:eller \d+ )?minut)
"""


def _compiled() -> Iterator[tuple[str, re.Pattern[str]]]:
    for row in PATTERNS.strip().split("\n"):
        kind, pattern = row.split(maxsplit=1)
        for name, piece in PIECES.items():
            pattern = pattern.replace(name, piece)
        yield kind, re.compile(pattern)


COMPILED = list(_compiled())
# Most sentences have no number at all.
ANY_NUMBER = re.compile(rf"[\d@]|\b(?:{'|'.join(WORDS)}|a couple of)")
YEAR = re.compile(r"(?:19|20)\d\d")
PART = r"\d+(?: [a-z])?(?![a-zåäö0-9:/])"
PARTS = rf"{PART}(?:(?:, | och |–){PART})*"


@dataclass(frozen=True)
class Value:
    """A value of a registered kind, found in a text."""

    kind: str
    value: str  # the normal form: "30 dagar", also when the text says "trettio dagar"
    text: str
    start: int


def number(text: str) -> str:
    return str(WORDS.get(text, text))


def normal(kind: str, match: re.Match[str]) -> str:
    """Return the normal form of what a pattern matched; empty for what isn't a value."""
    group = match.groupdict()
    if kind == "telefon":
        return re.sub(r"\D", "", group["v"])
    if kind == "tal" or kind == "blankett":
        digits = group["v"].replace(" ", "")
        is_year = kind == "tal" and YEAR.fullmatch(digits) and match[0].strip() == group["v"]
        return "" if is_year else digits
    if "b" not in group:
        if group.get("a"):
            return f"dag {group['a']}"
        value = re.sub(r"\w+", lambda m: number(m[0]), group["v"], count=1)
        return f"{group['p']} {value}" if group.get("p") else value
    if kind == "procent":
        return "–".join(number(n) for n in (group["a"], group["b"]) if n)
    last = unit(group.get("w") or group.get("u") or "år")
    first = unit(group.get("u") or last)
    low, high = group.get("a"), number(group["b"])
    if not low:
        return f"{high} {last}"
    if low == "högst":
        return f"högst {high} {last}"
    return f"{number(low)}{'' if first == last else f' {first}'}–{high} {last}"


def unit(text: str) -> str:
    return str(UNITS.get(text[:4], "år" if text.startswith("år") else "dagar"))
