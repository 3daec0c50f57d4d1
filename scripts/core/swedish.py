"""Swedish in words: dates, order, numbers of things, forms of words; ids out of words;
short telephone numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable

MONTHS = ["januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti"]
MONTHS += ["september", "oktober", "november", "december"]

# Telephone numbers as they are written in text, and the short ones: emergency, care, information,
# the police, harmonised services (116), directory enquiries (PTS, "Svenska nummerplanen").
LONG_NUMBER = r"\+46[\d -]{7,}\d|0\d{1,3}[ -]\d[\d ]{3,9}\d|0\d{7,9}"
SHORT_NUMBER = r"112|1177|113 ?13|114 ?14|116 ?\d{3}|118 ?\d{2,3}"


def date_words(value: object) -> str:
    """Return an ISO date, or its beginning, in Swedish words: ``2026-02`` → ``februari 2026``."""
    parts = str(value).split("-")
    words = [parts[0]]
    if len(parts) > 1:
        words.insert(0, MONTHS[int(parts[1]) - 1])
    if len(parts) > 2:
        words.insert(0, str(int(parts[2])))
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
