"""Läser och kontrollerar vägledningen i docs/_data/guide.yml: frågor, svar och vägarna mellan dem.

En väg är de val en läsare gör från första frågan till ett svar som inte leder vidare. Ingen väg får
sakna slut eller gå i ring, varje fråga har "Vet inte", och den första frågan har en sida.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from scripts.content.content import Content
from scripts.content.field_types import AHEAD
from scripts.content.guide import Guide, GuideQuestion, Outcome, topological_order
from scripts.content.markdown import plain, split_sentences
from scripts.content.page import GeneratedPage
from scripts.core.findings import Finding
from scripts.core.language import SWEDISH, gettext

MAX_SENTENCES = 2  # in an outcome's text


def check_tree(guide: Guide, language: str = SWEDISH) -> Iterator[tuple[str, str]]:
    """Yield (key of a node, Swedish message) for each violation in the decision tree.

    ``language``: the language that the guide is written in (BCP 47).
    """
    if guide.start not in guide.nodes:
        yield "start", f'leder till "{guide.start}", som inte finns.'
        return
    for key, node in guide.nodes.items():
        if isinstance(node, GuideQuestion):
            messages = _check_question(node, gettext("Vet inte", language))
        else:
            messages = _check_outcome(node)
        for message in messages:
            yield key, message
    has_dead_end = False
    for key, node in guide.nodes.items():
        for target in dict.fromkeys(node.leads_to):
            if target not in guide.nodes:
                has_dead_end = True
                yield key, f'leder till "{target}", som inte finns.'
    if has_dead_end:
        return  # the paths can't be followed
    try:
        reached = topological_order(guide)
    except ValueError as error:
        key_in_loop = str(error)
        yield key_in_loop, "frågorna går i ring. Låt svaret leda framåt."
        return
    for key in guide.nodes.keys() - set(reached):
        yield key, "ingen fråga leder hit. Ta bort den eller låt ett svar leda hit."


def _check_question(question: GuideQuestion, unsure: str) -> Iterator[str]:
    """Yield a message if a question lacks a choice that begins with ``unsure`` ("Vet inte"), and
    for each such choice that settles a situation: a reader who doesn't know has settled nothing."""
    unsure_choices = [choice for choice in question.choices if choice.title.startswith(unsure)]
    if not unsure_choices:
        yield f'frågan saknar valet "{unsure}".'
    for choice in unsure_choices:
        if choice.settles:
            yield f'"{unsure}" avgör inget läge: ta bort settles på det valet.'


def _check_outcome(outcome: Outcome) -> Iterator[str]:
    """Yield a message if an outcome's field ``then`` contradicts its verdict, and if its text has
    too many sentences."""
    if (outcome.verdict in AHEAD) != bool(outcome.then):
        verdicts = " eller ".join(AHEAD)
        yield f'"then" ska stå där verdict är {verdicts}, och ingen annanstans.'
    count = len(list(split_sentences(plain(outcome.text))))
    if count > MAX_SENTENCES:
        yield f"svaret har {count} meningar, högst {MAX_SENTENCES}. Sidorna har resten."


def check(content: Content, _: dt.date) -> Iterator[Finding]:
    """Yield the findings of the decision tree. If the tree is valid, yield a finding if no page
    shows the guide, or else for each file in docs/ at the address of a page that the build
    generates for a node."""
    guide = content.registers.guide
    if "guide" not in content.files:  # the site has no guide
        return

    def finding(key: str, message: str) -> Finding:
        return Finding(*content.location("guide", key), "guide", f'"{key}": {message}')

    first_page = content.page_with("vagledning", guide.start)
    violations = list(check_tree(guide, first_page.meta.lang if first_page else SWEDISH))
    for key, message in violations:
        yield finding(key, message)
    if violations:
        return  # pages are generated only from a valid tree
    if first_page is None:
        message = f'ingen sida har raden "[[vagledning:{guide.start}]]". Lägg in den.'
        yield finding(guide.start, message)
        return
    for key in guide.nodes.keys() - {guide.start}:
        page = content.pages[first_page.path.with_name(f"{key}.md")]
        if not isinstance(page, GeneratedPage):
            message = f'bygget gör sidan för "{key}" i guide.yml. Ta bort filen, eller byt namn.'
            yield Finding(page.display_path, 1, "guide", message)
