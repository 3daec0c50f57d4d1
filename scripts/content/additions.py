"""A municipality's own lines, tillagg/: each hangs on a section of a national page, and stands
after it in a box of its own. Nothing national is changed or taken away.

    ---
    owner: Socialjouren
    reviewed_on: 2026-11-28
    review_by: 2027-05-28
    ---
    ## Skicka blanketten {#skicka beside=3f2a9c01}

    Hos oss ligger blanketten i …

``beside`` is the mark of the section as it was when the lines were written: another mark says that
somebody should read again.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TypeAlias

from scripts.content.content import Content
from scripts.content.fields import Record, build, checked
from scripts.content.layers import Place
from scripts.content.markdown import HEADING, sections, without_code
from scripts.content.page import front_of
from scripts.core.findings import ContentError, Finding
from scripts.core.swedish import did_you_mean
from scripts.core.templates import forms

Rows: TypeAlias = list[tuple[str, Place]]  # a text's lines, each with where it was written
FORM = forms(__file__)
HEAD = re.compile(r"(## .+?\{\s*#([^\s}]+))(?:\s+beside=([^\s}]+))?\s*\}\s*")


class Front(Record):
    """The front matter of a file in tillagg/."""

    owner: str
    reviewed_on: dt.date
    review_by: dt.date
    paper: bool = True  # whether its lines are printed, too


@dataclass(frozen=True)
class Addition:
    """The lines that hang on one section."""

    page: PurePosixPath  # in docs/
    section: str
    beside: str  # the mark of the section it was written beside; "" where none is noted
    place: Place  # of its heading
    heading: str  # as it is written, without the mark
    front: Front
    body: Rows

    def box(self, sender: str) -> Rows:
        """Return its lines on the page."""
        head, foot = (
            [(text, self.place) for text in FORM(part, sender=sender, front=self.front).split("\n")]
            for part in ("head", "foot")
        )
        return [*head, *self.body, *foot]


def read(text: str, page: PurePosixPath, shown: PurePosixPath, today: dt.date) -> list[Addition]:
    """Return what a file in tillagg/ hangs on the page of the same path.

    Raises ContentError: with a finding for each fault.
    """
    file, body = front_of(text, shown)
    checked(Front, file)
    front, wrong = build(Front, file.value), list[Finding]()

    def tell(line: int, rule: str, message: str) -> None:
        wrong.append(Finding(shown, line, rule, message))

    if front.reviewed_on > today:
        tell(file.line("reviewed_on"), "future-review", "kan inte vara läst i framtiden.")
    if front.review_by <= front.reviewed_on:
        tell(file.line("review_by"), "bad-date", "review_by ska vara efter reviewed_on.")
    found = list[Addition]()
    start = text.count("\n") - body.count("\n") + 1
    for number, (line, plain) in enumerate(
        zip(body.split("\n"), without_code(body).split("\n"), strict=True), start
    ):
        if head := HEAD.fullmatch(plain):
            place = shown, number
            found.append(Addition(page, head[2], head[3] or "", place, head[1], front, []))
        elif HEADING.match(plain):
            message = 'skriv rubriken som "## Orden där {#id}": id för avsnittet det står efter.'
            tell(number, "bad-addition", message)
        elif found:
            found[-1].body.append((line, (shown, number)))
        elif plain.strip():
            message = "texten hör inte till något avsnitt. Skriv rubriken först: ## Orden {#id}."
            tell(number, "bad-addition", message)
    for one in found:
        if not any(line.strip() for line, _ in one.body):
            tell(one.place[1], "bad-addition", "här står ingen text. Skriv den, eller ta bort.")
    if wrong:
        raise ContentError(*wrong)
    return found


def example(words: str, section: str, today: dt.date) -> str:
    """Return a file in tillagg/ to begin with, for a section and the words of its heading."""
    return FORM("example", words=words, section=section, today=today) + "\n"


def hung(page: Rows, additions: Sequence[Addition], sender: str) -> Rows:
    """Return a page's lines with each addition after its section.

    Raises ContentError for a section that the page hasn't.
    """
    lines = without_code("\n".join(text for text, _ in page)).split("\n")
    at, wrong = dict[int, Rows](), list[Finding]()
    for one in additions:
        known = sections(lines)
        if one.section in known:
            at.setdefault(known[one.section].stop, []).extend(one.box(sender))
            continue
        near = did_you_mean(one.section, known) or f" Avsnitten är {', '.join(known) or 'inga'}."
        message = f'avsnittet "{one.section}" finns inte på {page[0][1][0]}.{near}'
        wrong.append(Finding(*one.place, "unknown-section", message))
    if wrong:
        raise ContentError(*wrong)
    made: Rows = []
    for number in range(len(page) + 1):
        made += [*at.get(number, []), *page[number : number + 1]]
    return made


def mark(one: Addition, content: Content, places: Sequence[Place]) -> str:
    """Return the mark of the section that an addition hangs on, as it reads now: with its facts
    in words, and the rules it draws. ``places``: of the lines of its page."""
    page = content.pages[one.page]
    own = one.place[0]
    lines = [text for number, text in page.lines() if places[number - 1][0] != own]
    section = "\n".join(lines[sections(lines)[one.section]])
    part = replace(page, body=section)
    said = section.split()
    said += [
        content.rules[key].short
        for _, name, key in part.macros()
        if name == "regel" and key in content.rules
    ]
    said += [
        content.page_steps[key].body
        for _, name, key in part.macros()
        if name == "steg" and key in content.page_steps
    ]
    return hashlib.sha256(" ".join(said).encode()).hexdigest()[:8]


def notes(
    additions: Sequence[Addition],
    content: Content,
    places: Mapping[PurePosixPath, Sequence[Place]],
    today: dt.date,
) -> Iterator[Finding]:
    """Yield what to read again, or to note: it never stops a build."""
    for one in (one for one in additions if one.page in content.pages):
        now = mark(one, content, places[PurePosixPath(content.docs.name, one.page)])
        written = f"{one.heading} beside={now}}}"
        if not one.beside:
            message = f"säg vilken lydelse det står bredvid. Skriv rubriken så: {written}"
            yield Finding(*one.place, "no-mark", message, "", "", "note")
        elif one.beside != now:
            message = (
                f"läs igen: avsnittet på {one.page} är ändrat sedan tillägget skrevs. Stämmer det, "
                f"skriv rubriken så: {written}"
            )
            yield Finding(*one.place, "read-again", message, "", "", "note")
        elif one.front.review_by < today:
            message = f"läs igen: det skulle ha lästs senast {one.front.review_by}."
            yield Finding(*one.place, "read-again", message, "", "", "note")
