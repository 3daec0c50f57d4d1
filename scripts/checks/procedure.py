"""Kontrollerar stegen: korta rubriker, det läsaren gör först, hela meningar, och lagen bakom."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from scripts.checks.situations import own_questions
from scripts.content.content import Content
from scripts.content.field_types import ACT, kind_of
from scripts.content.fields import TEXT
from scripts.content.markdown import plain, sections, split_sentences
from scripts.content.page import Page
from scripts.content.procedure import STEPS, PageStep, steps_of
from scripts.content.prose import WORD, body_blocks, documents
from scripts.content.situations import FIRST
from scripts.core.findings import Finding
from scripts.core.verbs import has_finite_verb

LONGEST = 8  # words of a step's heading: it is read as a list
# What a step may not begin with: then the reader meets an exception before what she is to do.
NOT_FIRST = ("Om", "Är", "Har", "Kan", "Saknas")
SWEDISH = "sv"
# A sentence that is a link and nothing else names what it leads to: "[Regeln om lönen](…)."
LINK_ALONE = re.compile(r"(?:^ *|(?<=[.!?:] ))(?:[-*+] +)?\[([^\]]+)\]\([^)]*\)(\.?)(?= *\[@|\s|$)")


def check(content: Content, _: dt.date) -> Iterator[Finding]:
    """Yield steps that a reader doesn't find or understand, sentences without a verb in steps and
    questions, and, as notes, pages to act by whose steps name no source."""
    for step in content.page_steps.values():
        for message in _step(step):
            yield Finding(step.page.display_path, step.line, "bad-step", message)
    yield from _verbless(content)
    for page in content.authored_pages:
        steps = list(steps_of(page))
        acted_on = kind_of(page.address, content.page_kinds) == ACT
        if acted_on and steps and not any(step.sources for step in steps):
            message = "inget av sidans steg hänvisar till någon källa. Vilken lag bygger de på?"
            where = page.display_path, steps[0].line
            yield Finding(*where, "untied-steps", message, severity="note")


def _step(step: PageStep) -> Iterator[str]:
    """Yield what is wrong with a step's heading and its beginning."""
    if step.do.rstrip().endswith("?"):
        yield f'steget "{step.do}" är en fråga. Börja med det läsaren gör.'
    if (count := len(WORD.findall(plain(step.do)))) > LONGEST:
        yield f'steget "{step.do}" har {count} ord i rubriken, högst {LONGEST}.'
    for text in (step.do, step.body):
        first = WORD.match(plain(text))
        if first and first[0] in NOT_FIRST:
            yield (
                f'steget "{step.do}" börjar med "{first[0]}". Skriv först det läsaren gör, och '
                "villkoret sist. Gäller det bara några är det en fråga i rutan."
            )


def _verbless(content: Content) -> Iterator[Finding]:
    """Yield the sentences in steps and boxes that have no verb as far as can be told."""
    words, allowed = content.registers.words, {*content.registers.words.fragments}
    vocabulary = {word.lower() for word in words.verbs}
    for document in documents(content):
        if document.lang == SWEDISH:
            vocabulary.update(word.lower() for word in WORD.findall(document.text))

    def lacks(sentence: str) -> str:
        known = WORD.findall(sentence)
        if sentence in allowed or has_finite_verb(known, vocabulary):
            return ""
        if any(word.lower() in words.verbs for word in known):
            return ""
        return (
            f'"{sentence}" har inget verb. Skriv en hel mening. Har den ett som kontrollen inte '
            "känner igen skriver du verbet under verbs i words.yml."
        )

    for key, situation in content.registers.situations.items():
        for field, text in (("question", situation.question), ("then", situation.then)):
            for _, sentence in split_sentences(plain(text)):
                if message := lacks(sentence):
                    yield Finding(*content.location("situations", key, field), "no-verb", message)
    for page in content.authored_pages:
        if page.meta.lang != SWEDISH:
            continue
        links = {m[1] + m[2] for _, text in page.lines() for m in LINK_ALONE.finditer(text)}
        for line, sentence in _sentences(page):
            if sentence not in links and (message := lacks(sentence)):
                yield Finding(page.display_path, line, "no-verb", message)


def _sentences(page: Page) -> Iterator[tuple[int, str]]:
    """Yield (line, sentence) of the running text of a page's steps and questions. Of the items of a
    list only the page's own questions: what they list may be named without a verb."""
    parts = sections(page.text.split("\n"))
    inside = [
        range(page.body_line + part.start, page.body_line + part.stop)
        for anchor, part in parts.items()
        if anchor in (*STEPS, FIRST)
    ]
    for block in body_blocks(page) if inside else ():
        if block.kind == TEXT and any(block.lines[0][0] in lines for lines in inside):
            yield from ((sentence.line, sentence.text) for sentence in block.sentences)
    for line, question, then in own_questions(page):
        for text in (question, then):
            yield from ((line, sentence) for _, sentence in split_sentences(text))
