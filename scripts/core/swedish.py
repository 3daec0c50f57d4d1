"""Swedish text: dates in words, sort order, word forms, å ä ö as ASCII, suggestions for typos."""

from __future__ import annotations

import re
from collections.abc import Iterable

MONTHS = ["januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti"]
MONTHS += ["september", "oktober", "november", "december"]


def date_words(value: object) -> str:
    """Return an ISO 8601 date (text or ``dt.date``; its day and month may be missing) in Swedish
    words.

    "2026-02-03" → "3 februari 2026"; "2026-02" → "februari 2026"; "2026" → "2026".
    """
    parts = str(value).split("-")
    words = [parts[0]]
    if len(parts) > 1:
        words.insert(0, MONTHS[int(parts[1]) - 1])
    if len(parts) > 2:
        words.insert(0, parts[2].removeprefix("0"))
    return " ".join(words)


def swedish_order(text: str) -> str:
    """Return a sort key that orders å ä ö last, as in Swedish, independent of the locale."""
    # "{", "|" and "}" come after "z" in ASCII
    return text.lower().translate(str.maketrans("åäöé", "{|}e"))


def word_forms(words: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern of any of ``words`` (group 1) with one of the commonest Swedish endings, or
    "" (group 2). It matches no part of a longer word: for "bil" it finds "bil", "bilens" and
    "bilarna", not "bilväg". Without ``words`` it matches nothing."""
    longest_first = sorted(words, key=len, reverse=True)
    either = "|".join(map(re.escape, longest_first)) or "(?!)"
    # -n, -en, -t, -et, -s, -ar, -er, -arna, -erna, each also with a genitive -s
    ending = "(?:e?ns?|e?ts?|s|[ae]r(?:na)?s?)?"
    return re.compile(rf"(?<![\w-])({either})({ending})(?![\w-])")


def _plain_ascii(text: str) -> str:
    """Return ``text`` in lower case, with å and ä as a, ö as o."""
    return text.lower().translate(str.maketrans("åäö", "aao"))


def _distance(one: str, two: str) -> int:
    """Return the optimal string alignment distance: the least number of letters to substitute,
    insert, delete or transpose that turns ``one`` into ``two``."""
    # A row has the distances from the first i letters of ``one`` to the first 0, 1, … of ``two``.
    row_before: list[int] = []
    row_above = list(range(len(two) + 1))
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, other in enumerate(two, 1):
            distance = min(row_above[j] + 1, row[j - 1] + 1, row_above[j - 1] + (letter != other))
            is_swapped = i > 1 and j > 1 and letter == two[j - 2] and one[i - 2] == other
            if is_swapped:
                distance = min(distance, row_before[j - 2] + 1)
            row.append(distance)
        row_before, row_above = row_above, row
    return row_above[-1]


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the word in ``known`` that is spelled most like ``word`` (see ``_distance``; å ä ö
    count as a a o). "" if even that one differs in more letters than a third of ``word`` has (in
    a short word: more than one)."""
    word = _plain_ascii(word)
    limit = max(1, len(word) // 3)
    candidates: list[tuple[int, int, str]] = []  # distance, difference in length, word
    for other in known:
        difference = abs(len(word) - len(other))
        if difference <= limit:  # the distance is never less than the difference in length
            candidates.append((_distance(word, _plain_ascii(other)), difference, other))
    if not candidates:
        return ""
    least, _, best = min(candidates)
    return best if least <= limit else ""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return the sentence `` Menade du "…"?``, after a space, with the word in ``known`` that is
    nearest to ``word``; "" if none is near."""
    near = nearest(word, map(str, known))
    return f' Menade du "{near}"?' if near else ""
