"""Kontrollerar att en paragraf som texten nämner med ord också är en källa på sidan."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping

from scripts.content.content import Content
from scripts.content.macros import used_sources
from scripts.content.prose import body_blocks
from scripts.core.findings import Finding

# "12 kap. 12 b §, i andra hand 13 §, utlänningslagen": a row of places, then the statute's name. A
# place without a chapter is in the last one that was named.
PLACE = r"(?:\d+(?: ?[a-z])? kap\. )?\d+(?: ?[a-z])?(?: §§?)?"
BETWEEN = r"(?:, | och | eller |, i andra hand |, eller annars )"
PLACES = re.compile(r"(?:(\d+(?: ?[a-z])?) kap\. )?(\d+(?: ?[a-z])?)(?= §|,| och | eller |$)")


def check(content: Content, _: dt.date) -> Iterator[Finding]:
    """Yield each paragraph that a page's own text names, that the register has, and that the page
    doesn't rest on: nobody would tell the page's editor when it changes."""
    sources = content.registers.sources
    acts = {one.name: key for key, one in sources.items() if one.sfs and one.name and not one.act}
    names = "|".join(sorted(map(re.escape, acts), key=len, reverse=True))
    named = re.compile(rf"(?<![\w:]){PLACE}(?:{BETWEEN}{PLACE})* ?§?§?,? ({names or '(?!)'})(?!\w)")
    for page in content.authored_pages:
        used = set(used_sources(page, content.registers))
        blocks = [(part, block) for part in page.texts for block in body_blocks(part)]
        for part, block in blocks:
            for match in named.finditer(block.text):
                for key in _keys(match, acts):
                    if key in sources and key not in used:
                        line = block.line_at(match.start())
                        message = (
                            f"texten nämner {sources[key].short}, men sidan hänvisar inte dit. "
                            f"Skriv [@{key}] sist i steget eller stycket."
                        )
                        yield Finding(part.display_path, line, "lost-tie", message)


def _keys(match: re.Match[str], acts: Mapping[str, str]) -> Iterator[str]:
    """Yield the citation keys of the paragraphs that a text names: "utl-12-12b"."""
    act = acts[match[1]]
    places = match[0].removesuffix(match[1]).replace("§§", "§")
    chapter = ""
    for place in PLACES.finditer(places):
        chapter = (place[1] or chapter).replace(" ", "")
        paragraph = place[2].replace(" ", "")
        yield f"{act}-{chapter}-{paragraph}" if chapter else f"{act}-{paragraph}"
