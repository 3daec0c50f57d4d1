"""Kontrollerar stegen: korta rubriker, det läsaren gör först, hela meningar, och lagen bakom."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Set

from scripts.checks.situations import own_questions
from scripts.content.content import Content
from scripts.content.field_types import PROCEDURE, page_kind_of
from scripts.content.fields import TEXT
from scripts.content.markdown import plain, sections, split_sentences
from scripts.content.page import Page
from scripts.content.procedure import STEPS, PageStep, steps_of
from scripts.content.prose import WORD, body_blocks, documents
from scripts.content.records import Words
from scripts.content.situations import QUESTIONS_ID
from scripts.core.findings import Finding
from scripts.core.language import SWEDISH
from scripts.core.verbs import has_finite_verb

MAX_HEADING_WORDS = 8  # of a step: its headings are read as a list
# A step that begins so gives a condition before the action.
FORBIDDEN_FIRST_WORDS = ("Om", "Är", "Har", "Kan", "Saknas")
# A sentence that is only a link: "[Regeln om lönen](…)."; groups: its text, the full stop.
LINK_ALONE = re.compile(r"(?:^ *|(?<=[.!?:] ))(?:[-*+] +)?\[([^\]]+)\]\([^)]*\)(\.?)(?= *\[@|\s|$)")

NO_VERB = (
    '"{}" har inget verb. Skriv en hel mening. Har den ett som kontrollen inte känner igen skriver '
    "du verbet under verbs i words.yml."
)


def check(content: Content, _: dt.date) -> Iterator[Finding]:
    """Yield the findings of steps' headings and beginnings, of sentences without a verb in steps
    and situations, and a note for each page of procedure whose steps cite no source."""
    for step in content.page_steps.values():
        for message in _step_violations(step):
            yield Finding(step.page.display_path, step.line, "bad-step", message)
    vocabulary = _vocabulary(content)
    yield from _check_verbs_of_situations(content, vocabulary)
    yield from _check_verbs_of_pages(content, vocabulary)
    for page in content.authored_pages:
        steps = list(steps_of(page))
        is_procedure = page_kind_of(page.address, content.page_kinds) == PROCEDURE
        if is_procedure and steps and not any(step.sources for step in steps):
            message = "inget av sidans steg hänvisar till någon källa. Vilken lag bygger de på?"
            path = page.display_path
            yield Finding(path, steps[0].line, "untied-steps", message, severity="note")


def _step_violations(step: PageStep) -> Iterator[str]:
    """Yield a Swedish message for each violation in a step's heading and first words."""
    if step.do.rstrip().endswith("?"):
        yield f'steget "{step.do}" är en fråga. Börja med det läsaren gör.'
    count = len(WORD.findall(plain(step.do)))
    if count > MAX_HEADING_WORDS:
        yield f'steget "{step.do}" har {count} ord i rubriken, högst {MAX_HEADING_WORDS}.'
    for text in (step.do, step.body):
        first_word = WORD.match(plain(text))
        if first_word and first_word[0] in FORBIDDEN_FIRST_WORDS:
            yield (
                f'steget "{step.do}" börjar med "{first_word[0]}". Skriv först det läsaren gör, '
                "och villkoret sist. Gäller det bara några är det en fråga i rutan."
            )


def _check_verbs_of_situations(content: Content, vocabulary: Set[str]) -> Iterator[Finding]:
    """Yield a finding for each sentence without a finite verb in situations.yml."""
    words = content.registers.words
    for key, situation in content.registers.situations.items():
        for field, text in (("question", situation.question), ("then", situation.then)):
            for _, sentence in split_sentences(plain(text)):
                if not _has_verb(sentence, words, vocabulary):
                    path, line = content.location("situations", key, field)
                    yield Finding(path, line, "no-verb", NO_VERB.format(sentence))


def _check_verbs_of_pages(content: Content, vocabulary: Set[str]) -> Iterator[Finding]:
    """Yield a finding for each sentence without a finite verb in the steps of pages. A sentence
    that is only a link needs no verb."""
    words = content.registers.words
    for page in content.authored_pages:
        if page.meta.lang != SWEDISH:
            continue
        link_sentences: set[str] = set()  # sentences that are only a link, with the full stop
        for _, text in page.lines():
            link_sentences.update(match[1] + match[2] for match in LINK_ALONE.finditer(text))
        for line, sentence in _sentences_that_need_verbs(page):
            if sentence not in link_sentences and not _has_verb(sentence, words, vocabulary):
                yield Finding(page.display_path, line, "no-verb", NO_VERB.format(sentence))


def _vocabulary(content: Content) -> set[str]:
    """Return every word of the Swedish texts and of ``verbs`` in words.yml, in lower case. A word
    counts as a verb if the vocabulary has other forms of it: "vattnar" does if it has "vattna"."""
    vocabulary = {word.lower() for word in content.registers.words.verbs}
    for document in documents(content):
        if document.lang == SWEDISH:
            vocabulary.update(word.lower() for word in WORD.findall(document.text))
    return vocabulary


def _has_verb(sentence: str, words: Words, vocabulary: Set[str]) -> bool:
    """Whether a sentence has a finite verb, or is allowed without one in words.yml."""
    if sentence in words.fragments:
        return True
    sentence_words = WORD.findall(sentence)
    if has_finite_verb(sentence_words, vocabulary):
        return True
    return any(word.lower() in words.verbs for word in sentence_words)


def _sentences_that_need_verbs(page: Page) -> Iterator[tuple[int, str]]:
    """Yield (line, sentence) of the running text under the headings of a page's steps and
    questions, and of the page's own questions. Other list items may be without a verb."""
    section_lines = [  # of each section, its lines in the file
        range(page.body_line + part.start, page.body_line + part.stop)
        for anchor, part in sections(page.text.split("\n")).items()
        if anchor in (*STEPS, QUESTIONS_ID)
    ]
    if section_lines:
        for block in body_blocks(page):
            first_line = block.lines[0][0]
            if block.kind == TEXT and any(first_line in lines for lines in section_lines):
                for sentence in block.sentences:
                    yield sentence.line, sentence.text
    for line, question, then in own_questions(page):
        for text in (question, then):
            for _, sentence_text in split_sentences(text):
                yield line, sentence_text
