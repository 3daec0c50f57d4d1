"""Kontrollerar att en paragraf som texten nämner med ord också är en källa på sidan."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping

from scripts.content.content import Content
from scripts.content.page import Page
from scripts.content.prose import body_blocks
from scripts.content.used_sources import used_sources
from scripts.core.findings import Finding

# The place of a section in a statute, "12 kap. 12 b §", "13 §" or "13", and what is between two.
PLACE = r"(?:\d+(?: ?[a-z])? kap\. )?\d+(?: ?[a-z])?(?: §§?)?"
BETWEEN = r"(?:, | och | eller |, i andra hand |, eller annars )"
# Each place in "12 kap. 12 b §, i andra hand 13 §"; groups: the chapter if it has one, the section.
PLACES = re.compile(r"(?:(\d+(?: ?[a-z])?) kap\. )?(\d+(?: ?[a-z])?)(?= §|,| och | eller |$)")


def check(content: Content, _: dt.date) -> Iterator[Finding]:
    """Yield a finding for each statute section that a page names and the register has, but the page
    doesn't cite: a change of the section would give no finding on the page."""
    sources = content.registers.sources
    keys_by_name = {
        source.name: key for key, source in sources.items() if source.is_statute and source.name
    }
    pattern = _section_pattern(keys_by_name)
    for page in content.authored_pages:
        used = set(used_sources(page, content.registers))
        for part in page.with_supplements:  # the page itself, and its supplements
            for line, key in _sections_named(part, pattern, keys_by_name):
                if key in sources and key not in used:
                    message = (
                        f"texten nämner {sources[key].short_title}, men sidan hänvisar inte dit. "
                        f"Skriv [@{key}] sist i steget eller stycket."
                    )
                    yield Finding(part.display_path, line, "lost-tie", message)


def _section_pattern(names: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern of sections followed by the name of a statute (group 1), such as "12 kap.
    12 b §, i andra hand 13 §, utlänningslagen"."""
    longest_first = sorted(names, key=len, reverse=True)  # "lagen" is also in "lagen om vård"
    any_name = "|".join(map(re.escape, longest_first)) or "(?!)"  # (?!) matches nothing
    return re.compile(rf"(?<![\w:]){PLACE}(?:{BETWEEN}{PLACE})* ?§?§?,? ({any_name})(?!\w)")


def _sections_named(
    page: Page, pattern: re.Pattern[str], keys_by_name: Mapping[str, str]
) -> Iterator[tuple[int, str]]:
    """Yield (line, citation key) for each statute section that a page's text names.

    Args:
        pattern: of ``_section_pattern``.
        keys_by_name: name of a statute → its key.
    """
    for block in body_blocks(page):
        for match in pattern.finditer(block.text):
            for key in _citation_keys(match, keys_by_name[match[1]]):
                yield block.line_at(match.start()), key


def _citation_keys(match: re.Match[str], statute: str) -> Iterator[str]:
    """Yield the citation keys of the sections that a match of ``_section_pattern`` names:
    "utl-12-12b", "utl-12-13". A section without a chapter is in the last chapter named.

    ``statute``: the statute's key.
    """
    places = match[0].removesuffix(match[1]).replace("§§", "§")
    chapter = ""
    for place in PLACES.finditer(places):
        chapter = (place[1] or chapter).replace(" ", "")
        section = place[2].replace(" ", "")
        yield f"{statute}-{chapter}-{section}" if chapter else f"{statute}-{section}"
