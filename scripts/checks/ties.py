"""Kontrollerar att en paragraf som texten nämner med ord också är en källa på sidan."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping

from scripts.content.content import Content
from scripts.content.prose import body_blocks
from scripts.content.used_sources import used_sources
from scripts.core.findings import Finding

# "12 kap. 12 b §, i andra hand 13 §, utlänningslagen": sections, then the statute's name. A
# section without a chapter is in the last chapter named.
PLACE = r"(?:\d+(?: ?[a-z])? kap\. )?\d+(?: ?[a-z])?(?: §§?)?"
BETWEEN = r"(?:, | och | eller |, i andra hand |, eller annars )"
PLACES = re.compile(r"(?:(\d+(?: ?[a-z])?) kap\. )?(\d+(?: ?[a-z])?)(?= §|,| och | eller |$)")


def check(content: Content, _: dt.date) -> Iterator[Finding]:
    """Yield a finding for each statute section that a page names and the register has, but the page
    doesn't cite: a change of the section would give no finding on the page."""
    sources = content.registers.sources
    statutes: dict[str, str] = {}  # name → key
    for key, source in sources.items():
        if source.is_statute and source.name:
            statutes[source.name] = key
    names = "|".join(sorted(map(re.escape, statutes), key=len, reverse=True))
    pattern = re.compile(
        rf"(?<![\w:]){PLACE}(?:{BETWEEN}{PLACE})* ?§?§?,? ({names or '(?!)'})(?!\w)"
    )
    for page in content.authored_pages:
        used = set(used_sources(page, content.registers))
        blocks = [(part, block) for part in page.texts for block in body_blocks(part)]
        for part, block in blocks:
            for match in pattern.finditer(block.text):
                for key in _citation_keys(match, statutes):
                    if key in sources and key not in used:
                        line = block.line_at(match.start())
                        name = sources[key].short_title
                        message = (
                            f"texten nämner {name}, men sidan hänvisar inte dit. "
                            f"Skriv [@{key}] sist i steget eller stycket."
                        )
                        yield Finding(part.display_path, line, "lost-tie", message)


def _citation_keys(match: re.Match[str], statutes: Mapping[str, str]) -> Iterator[str]:
    """Yield the citation keys of the statute sections that a match names: "utl-12-12b"."""
    statute = statutes[match[1]]
    places = match[0].removesuffix(match[1]).replace("§§", "§")
    chapter = ""
    for place in PLACES.finditer(places):
        chapter = (place[1] or chapter).replace(" ", "")
        section = place[2].replace(" ", "")
        yield f"{statute}-{chapter}-{section}" if chapter else f"{statute}-{section}"
