"""Kontrollerar en kommuns tillägg (tillagg/): datum, avsnitt, och vad som ska läsas igen."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import replace

from scripts.content.content import Content
from scripts.content.markdown import HEADING, sections
from scripts.content.page import Page, Supplement
from scripts.content.situations import FIRST
from scripts.core.findings import Finding, Fix
from scripts.core.swedish import did_you_mean


def check(content: Content, today: dt.date) -> Iterator[Finding]:
    """Yield dates that can't be right, and a note for each supplement to read again."""
    seen = set()
    for page in content.authored_pages:
        for supplement in page.supplements:
            if supplement.file.display_path not in seen:
                seen.add(supplement.file.display_path)
                yield from _dates(supplement, today)
            if supplement.section in sections(page.text.split("\n")):
                yield from _questions(supplement)
                yield from _review(supplement, page, content, today)
            else:
                yield _unknown_section(supplement, page, content)


def _dates(supplement: Supplement, today: dt.date) -> Iterator[Finding]:
    """Yield dates of the file's front matter that are in the future, or in the wrong order."""
    file, front = supplement.file, supplement.front
    if front.reviewed_on > today:
        message = "kan inte vara läst i framtiden."
        yield Finding(*file.location("reviewed_on"), "future-review", message)
    if front.review_by <= front.reviewed_on:
        message = "review_by ska vara efter reviewed_on."
        yield Finding(*file.location("review_by"), "bad-date", message)


def _questions(supplement: Supplement) -> Iterator[Finding]:
    """Yield each macro that would ask situations in a box after the steps."""
    for line, name, _ in supplement.macros():
        if name == FIRST:
            message = (
                "frågorna ställs en gång, före stegen, och den ärvda sidan har sina. Skriv frågan "
                "på en egen sida i docs/, och länka dit."
            )
            yield Finding(supplement.file.display_path, line, "bad-addition", message)


def _review(
    supplement: Supplement, page: Page, content: Content, today: dt.date
) -> Iterator[Finding]:
    """Yield a note where the section has changed since the lines were written, where nobody has
    noted how it read then, or where the day to read them again has passed."""
    now = section_hash(page, supplement.section, content)
    written = f"{supplement.heading} beside={now}}}"
    fix: Fix | None = Fix("replace", written)
    if not supplement.base_hash:
        rule = "no-mark"
        message = f"säg vilken lydelse det står bredvid. Skriv rubriken så: {written}"
    elif supplement.base_hash != now:
        rule = "read-again"
        message = (
            f"läs igen: avsnittet på {page.path} är ändrat sedan tillägget skrevs. Stämmer det, "
            f"skriv rubriken så: {written}"
        )
    elif supplement.front.review_by < today:
        rule = "read-again"
        message = f"läs igen: det skulle ha lästs senast {supplement.front.review_by}."
        fix = None
    else:
        return
    where = supplement.file.display_path, supplement.heading_line
    yield Finding(*where, rule, message, severity="note", fix=fix)


def _unknown_section(supplement: Supplement, page: Page, content: Content) -> Finding:
    """Return the finding for a supplement whose section the page hasn't, with the section that is
    likely meant: another id for the same section, or an id that is spelt almost like it."""
    known = list(sections(page.text.split("\n")))
    new = renamed_section(supplement, page, content)
    if new:
        cure = f' Det heter nu "{new}". Skriv rubriken så: '
        cure += supplement.heading.removesuffix(f"#{supplement.section}") + f"#{new}}}"
    else:
        near = did_you_mean(supplement.section, known)
        cure = near or f" Avsnitten är {', '.join(known) or 'inga'}."
    message = f'avsnittet "{supplement.section}" finns inte på {page.file.display_path}.{cure}'
    where = supplement.file.display_path, supplement.heading_line
    return Finding(*where, "unknown-section", message)


def renamed_section(supplement: Supplement, page: Page, content: Content) -> str:
    """Return the new id of the section that a supplement was written for; "" where none is sure.

    It is sure where redirects.yml leads there, where the section reads as it did but for its id,
    or where one heading has the supplement's own words.
    """
    old = supplement.section
    known = sections(page.text.split("\n"))
    moved = content.registers.redirects.moved.get(f"/{page.address}#{old}", "")
    address, _, anchor = moved.partition("#")
    if address == f"/{page.address}" and anchor in known:
        return anchor
    if supplement.base_hash:
        for section in known:
            if section_hash(page, section, content, named=old) == supplement.base_hash:
                return section
    words = HEADING.match(f"{supplement.heading}}}")
    same = [key for key, text in page.headings.items() if words and text == words[2]]
    return same[0] if len(same) == 1 else ""


def section_hash(page: Page, section: str, content: Content, named: str = "") -> str:
    """Return the hash of a national section as it reads now, with its facts in words, and the rules
    and steps that it shows: eight hexadecimal digits. How its lines are broken doesn't matter.

    ``named``: the id to reckon with instead of ``section``, its own.
    """
    lines = page.text.split("\n")
    heading, *rest = lines[sections(lines)[section]]
    if named:
        heading = heading.replace(f"#{section}", f"#{named}")
    part = replace(page, body="\n".join([heading, *rest]))
    words = part.body.split()
    for _, name, key in part.macros():
        if name == "regel" and key in content.rules:
            words.append(content.rules[key].short)
        elif name == "steg" and key in content.page_steps:
            words.append(content.page_steps[key].body)
    return hashlib.sha256(" ".join(words).encode()).hexdigest()[:8]
