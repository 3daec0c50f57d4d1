"""Swedish text: dates in words, sort order, word forms, å ä ö as ASCII, suggestions for typos."""

from __future__ import annotations

import re
from collections.abc import Iterable

MONTHS = ["januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti"]
MONTHS += ["september", "oktober", "november", "december"]

LONGEST = 80  # characters of a word to compare; the time grows with the square


def date_words(value: object) -> str:
    """Return an ISO date, or its beginning, in words: ``2026-02`` → ``februari 2026``."""
    parts = str(value).split("-")
    words = [parts[0]]
    if len(parts) > 1:
        words.insert(0, MONTHS[int(parts[1]) - 1])
    if len(parts) > 2:
        words.insert(0, parts[2].removeprefix("0"))
    return " ".join(words)


def swedish_order(text: str) -> str:
    """Sort key with å ä ö last, as in Swedish; no locale of the machine is needed."""
    # "{", "|" and "}" come after "z" in ASCII
    return text.lower().translate(str.maketrans("åäöé", "{|}e"))


def word_forms(words: Iterable[str]) -> re.Pattern[str]:
    """Return a search for ``words`` (group 1) with the commonest endings; other forms aren't found.
    Never a part of a longer word."""
    longest_first = "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))
    return re.compile(
        rf"(?<![\w-])({longest_first or '(?!)'})((?:e?ns?|e?ts?|s|[ae]r(?:na)?s?)?)(?![\w-])"
    )


def plain_ascii(text: str) -> str:
    return text.lower().translate(str.maketrans("åäö", "aao"))


def distance(one: str, two: str) -> int:
    """Return how many letters to change, add, take away or swap (optimal string alignment)."""
    before: list[int] = []
    last = list(range(len(two) + 1))
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(two, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and (a, one[i - 2]) == (two[j - 2], b):
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, last = last, row
    return last[-1]


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the known word that is most like ``word``, or "" if none is like it."""
    word = plain_ascii(word[:LONGEST])
    most = max(1, len(word) // 3)
    found = [
        (distance(word, plain_ascii(other)), abs(len(word) - len(other)), other)
        for other in known
        if abs(len(word) - len(other)) <= most
    ]
    best = min(found, default=(most + 1, 0, ""))
    return best[2] if best[0] <= most else ""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return `` Menade du "word"?`` for the nearest, or ""."""
    near = nearest(word, map(str, known))
    return f' Menade du "{near}"?' if near else ""
