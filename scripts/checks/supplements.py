"""Kontrollerar en kommuns tillägg (tillagg/): datum, avsnitt, och vad som ska läsas igen."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from pathlib import PurePosixPath

from scripts.content.content import Content
from scripts.content.markdown import HEADING, sections
from scripts.content.page import Page, Supplement
from scripts.content.situations import QUESTIONS_MACRO
from scripts.core.findings import Finding
from scripts.core.swedish import did_you_mean


def check(content: Content, today: dt.date) -> Iterator[Finding]:
    """Yield a finding for each impossible date, misplaced macro and unknown section, and a note for
    each supplement that should be read again."""
    checked_files: set[PurePosixPath] = set()  # a file may have several supplements
    for page in content.authored_pages:
        for supplement in page.supplements:
            if supplement.file.display_path not in checked_files:
                checked_files.add(supplement.file.display_path)
                yield from _check_dates(supplement, today)
            if supplement.section in sections(page.text.split("\n")):
                yield from _check_questions(supplement)
                yield from _check_review(supplement, page, today)
            else:
                yield _unknown_section_finding(supplement, page, content)


def _check_dates(supplement: Supplement, today: dt.date) -> Iterator[Finding]:
    """Yield a finding if a supplement's file says that it was read in the future, and one if its
    next review isn't after the last reading."""
    file = supplement.file
    front = supplement.front
    if front.reviewed_on > today:
        message = "kan inte vara läst i framtiden."
        yield Finding(*file.location("reviewed_on"), "future-review", message)
    if front.review_by <= front.reviewed_on:
        message = "review_by ska vara efter reviewed_on."
        yield Finding(*file.location("review_by"), "bad-date", message)


def _check_questions(supplement: Supplement) -> Iterator[Finding]:
    """Yield a finding for each macro that asks situations: they are asked on the national page."""
    for line, name, _ in supplement.macros():
        if name == QUESTIONS_MACRO:
            message = (
                "frågorna ställs en gång, före stegen, och den ärvda sidan har sina. Skriv frågan "
                "på en egen sida i docs/, och länka dit."
            )
            yield Finding(supplement.file.display_path, line, "bad-addition", message)


def _check_review(supplement: Supplement, page: Page, today: dt.date) -> Iterator[Finding]:
    """Yield a note if the national section has changed since the supplement was written, if the
    supplement has no hash of the section, or if the supplement's day of review has passed."""
    current_hash = section_hash(page, supplement.section)
    heading = f"{supplement.heading} beside={current_hash}}}"  # "## Ord {#id beside=1f2e3d4c}"
    if not supplement.base_hash:
        rule = "no-mark"
        message = f"säg vilken lydelse det står bredvid. Skriv rubriken så: {heading}"
    elif supplement.base_hash != current_hash:
        rule = "read-again"
        message = (
            f"läs igen: avsnittet på {page.path} är ändrat sedan tillägget skrevs. Stämmer det, "
            f"skriv rubriken så: {heading}"
        )
    elif supplement.front.review_by < today:
        rule = "read-again"
        message = f"läs igen: det skulle ha lästs senast {supplement.front.review_by}."
    else:
        return
    where = supplement.file.display_path, supplement.heading_line
    yield Finding(*where, rule, message, severity="note")


def _unknown_section_finding(supplement: Supplement, page: Page, content: Content) -> Finding:
    """Return the finding for a supplement whose section isn't on the page. The finding suggests
    the section's new id, or an id on the page that is spelt almost like the old one."""
    old_id = supplement.section
    ids = list(sections(page.text.split("\n")))
    new_id = _new_section_id(supplement, page, content)
    if new_id in ids:
        heading = supplement.heading.removesuffix(f"#{old_id}") + f"#{new_id}}}"
        cure = f' Det heter nu "{new_id}". Skriv rubriken så: {heading}'
    else:
        cure = did_you_mean(old_id, ids) or f" Avsnitten är {', '.join(ids) or 'inga'}."
    message = f'avsnittet "{old_id}" finns inte på {page.file.display_path}.{cure}'
    where = supplement.file.display_path, supplement.heading_line
    return Finding(*where, "unknown-section", message)


def _new_section_id(supplement: Supplement, page: Page, content: Content) -> str:
    """Return the id that a supplement's section has now: the one that redirects.yml leads to, or
    else that of the page's only heading with the words of the supplement's; "" if there is none."""
    moved = content.registers.redirects.moved.get(f"/{page.address}#{supplement.section}", "")
    address, _, new_id = moved.partition("#")
    if address == f"/{page.address}":
        return new_id
    heading = HEADING.match(f"{supplement.heading}}}")  # the field lacks the closing brace
    if heading is None:
        return ""
    same_words = [anchor for anchor, text in page.headings.items() if text == heading[2]]
    return same_words[0] if len(same_words) == 1 else ""


def section_hash(page: Page, section: str) -> str:
    """Return the first eight hexadecimal digits of the SHA-256 of a national section's words, with
    facts inserted. Line breaks don't matter."""
    lines = page.text.split("\n")
    words = "\n".join(lines[sections(lines)[section]]).split()
    return hashlib.sha256(" ".join(words).encode()).hexdigest()[:8]
