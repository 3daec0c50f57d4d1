"""The word somebody meant: letters left out, added, changed or swapped, and å ä ö without dots."""

from __future__ import annotations

from collections.abc import Iterable

from scripts.core.swedish import plain_ascii

LONGEST = 80  # characters; no key is longer, and the time grows with the square


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
