"""The index itself: which units have a word, and what the engine shows of them."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType

from scripts.content.field_types import PAGE_KINDS, kind_of
from scripts.site.search.pages import Page
from scripts.site.search.words import NUMBERS, STOP, WHEN, stem_of, tokens

PLAIN = str.maketrans("åäöéèüøæ", "aaoeeuoa")  # the same in search-words.js
NUMBER = re.compile(r"\d[\d -]+")
SENTENCE = re.compile(r"[.?!][”\")]*$")
# Of exercises and their answers, of what nobody knows yet, of the law's own words, and of what is
# about the site, the index has the headings and the search words only: their text is not what a
# reader looks for, and the index has to be light.
HEADINGS_ONLY = ("lär", "öppen", "om", "lagrum")


def build_index(
    pages: Iterable[Page],
    synonyms: Iterable[tuple[str, str]] = (),
    searches: Mapping[str, Iterable[str]] = MappingProxyType({}),
    kinds: Mapping[str, str] = MappingProxyType({}),
) -> dict[str, str]:
    """Return the index: texts, most of them of lines.

    words     the vocabulary, sorted without å ä ö. Of words with one stem the shortest stands for
              all
    posts     for each word the units whose text has it, but not their heading; whose heading has
              it; and whose searches have it, or a link to it from another page, or its page's
              keywords if it is the first: `steps`
    pages     address, number of units; and so on
    kinds     a letter for each unit: what its page is for, "-" where nobody has said
    sizes     a letter for each unit: how many words its text has, `_octaves`
    headings  of each unit, page after page. That of a page's first unit is its title
    ids       of each unit; "" is the page's top
    synonyms  what the pages say, all that a reader may write instead with | between; and so on
    stop, numbers   of the language: words that say nothing beside others, words that are digits
    """
    forms: dict[str, str] = {}
    lists: dict[str, tuple[list[int], list[int], list[int]]] = defaultdict(lambda: ([], [], []))
    headings: list[str] = []
    ids: list[str] = []
    listed: list[str] = []
    letters: list[str] = []
    sizes: list[int] = []

    pages = list(pages)
    named: dict[str, list[str]] = defaultdict(list)
    for target, label in (link for page in pages for link in page.links):
        named[target].append(label)

    def stems(said: Iterable[str]) -> set[str]:
        found = set()
        for word in {word for part in said for word in tokens(part)} - STOP:
            stem = stem_of(word)
            found.add(stem)
            # a word that begins with the stem: the engine finds it by its letters
            forms[stem] = min(
                (forms.get(stem, word), word),
                key=lambda form: (not form.startswith(stem), len(form), form),
            )
        return found

    for page in pages:
        listed += [page.address, str(len(page.units))]
        rows = [stems([unit.heading]) for unit in page.units if unit.row]
        shared = set.intersection(*rows) if len(rows) > 1 else set()  # "län" says nothing of a row
        for unit in page.units:
            place = page.address + (unit.id and f"#{unit.id}")
            kind = kind_of(place, kinds)
            also = [*searches.get(place, ()), *named[place]]
            if unit is page.units[0]:
                also.append(page.keywords)
            # a number on a line of its own names what it stands under, if it is the only one
            numbers = [line for line in unit.text if NUMBER.fullmatch(line)]
            heading = stems([unit.heading, *(numbers if len(numbers) == 1 else ())])
            heading -= shared if unit.row else set()
            text = stems([] if kind in HEADINGS_ONLY else [unit.heading, *unit.text])
            for at, has in enumerate((text - heading, heading, stems(also) - heading)):
                for stem in has:
                    lists[stem][at].append(len(ids))
            headings.append(unit.heading)
            ids.append(unit.id)
            letters.append(chr(ord("a") + PAGE_KINDS.index(kind)) if kind else "-")
            sizes.append(len(text))
    order = sorted(lists, key=lambda stem: (forms[stem].translate(PLAIN), forms[stem]))
    instead: dict[str, list[str]] = defaultdict(list)
    for said, to in synonyms:
        instead[to].append(said)
    return {
        "kinds": "".join(letters),
        "pages": "\n".join(listed),
        "numbers": " ".join(f"{word} {digits}" for word, digits in NUMBERS.items()),
        "ids": "\n".join(ids),
        "headings": "\n".join(headings),
        "stop": " ".join(sorted(STOP | WHEN)),
        "synonyms": "\n".join(f"{to}\n{'|'.join(instead[to])}" for to in sorted(instead)),
        "sizes": _octaves(sizes),
        "words": "\n".join(forms[stem] for stem in order),
        "posts": "\n".join("/".join(map(steps, lists[stem])) for stem in order),
    }


def _octaves(sizes: Sequence[int]) -> str:
    """Return a letter for each size, "m" for the average, "n" for twice as much, "l" for half."""
    average = max(1, sum(sizes) / len(sizes)) if sizes else 1
    return "".join(chr(ord("m") + round(math.log2(max(1, size) / average))) for size in sizes)


def steps(numbers: Iterable[int]) -> str:
    """Return rising numbers as text, each as how far it is from the one before: they are small, and
    many alike, and compress well. [3, 4, 9] is "3 1 5"."""
    return " ".join(str(to - before) for before, to in pairwise((0, *numbers)))


def texts_of(page: Page) -> dict[str, str]:
    """Return the sentences of each of the page's units, by id: what a hit shows one of. A cell or a
    link alone says nothing."""
    return {unit.id: " ".join(filter(SENTENCE.search, unit.text)) for unit in page.units}
