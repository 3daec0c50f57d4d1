"""The guide in docs/_data/guide.yml: questions, outcomes, and the ways between them."""

from __future__ import annotations

import datetime as dt
from dataclasses import field
from typing import Annotated

from scripts.content.field_types import (
    VERDICTS,
    Computed,
    ComputedKeys,
    ContactKey,
    Label,
    PageLink,
    QuestionKey,
    Slug,
    Text,
)
from scripts.content.fields import LABEL, Field, Iso, Record
from scripts.content.situations import SituationKey


class Choice(Record):
    title: Annotated[Label, "Valets ord."]
    to: Annotated[str, "Frågan eller svaret som valet leder till."]
    settles: Annotated[
        tuple[SituationKey, ...], "Frågor i situations.yml som valet redan har svarat på."
    ] = ()


class Node(Record):
    """A question or an outcome: a page of its own, see content/page.py. A date that it lacks is
    the first page's."""

    key: Computed = ""
    title: Annotated[Label, "Sidans rubrik. En fråga har högst 18 ord."]
    description: Annotated[
        str, Field(LABEL, facts=False), "Vad andra ser om sidan, i listor och sökmotorer."
    ] = ""
    last_reviewed_on: Annotated[
        dt.date | None, "Dagen den granskades, om den inte är den första frågans."
    ] = None
    review_by: Annotated[
        dt.date | None, "Dagen den ska granskas igen, om den inte är den första frågans."
    ] = None


class GuideQuestion(Node):
    text: Annotated[Text, "Det läsaren behöver veta för att svara."]
    choices: Annotated[tuple[Choice, ...], "Valen. Ett av dem är Vet inte."]
    help: Annotated[Text, "Förklaring av ord, hopfälld under valen."] = ""

    @property
    def leads_to(self) -> list[str]:
        """The nodes that follow."""
        return [choice.to for choice in self.choices]


class More(Record):
    page: Annotated[PageLink, "Sidan, eller en rubrik på den."]
    page_title: Annotated[Label, "Länkens ord, där rubrikens eller sidans inte passar."] = ""
    sources: ComputedKeys = ()  # of the step that it leads to


class Outcome(Node):
    verdict: Annotated[str, Field(choices=tuple(VERDICTS)), "Vad svaret betyder, i ett ord."]
    text: Annotated[Text, "Vad svaret betyder, i högst två meningar."]
    more: Annotated[tuple[More, ...], "Sidorna som har stegen. Den första är nästa steg."]
    call: Annotated[tuple[ContactKey, ...], "Dem man ringer: nycklar i contacts.yml."] = ()
    doubt: Annotated[tuple[QuestionKey, ...], "Det som är osäkert: nycklar i questions.yml."] = ()
    then: Annotated[
        str, "Frågan som läsaren går vidare till, när det som kommer först är gjort."
    ] = ""
    searches: Annotated[str, "Vad läsare skriver när svaret är deras."] = ""

    @property
    def leads_to(self) -> list[str]:
        """The node that follows; an outcome that ends the guide has none."""
        return [self.then] if self.then else []


class Guide(Record):
    version: Annotated[Iso, "Dagen då vägledningen senast ändrades."]
    start: Annotated[str, "Den första frågans nyckel."]
    questions: Annotated[dict[Slug, GuideQuestion], "Frågorna. Nyckeln är sidans namn i adressen."]
    outcomes: Annotated[dict[Slug, Outcome], "Svaren. Nyckeln är sidans namn i adressen."]
    verdicts: Annotated[dict[str, Label], "Egna ord för en dom: dess namn först."] = field(
        default_factory=dict
    )

    @property
    def nodes(self) -> dict[str, GuideQuestion | Outcome]:
        """Questions, then outcomes, by key."""
        return {**self.questions, **self.outcomes}

    def verdict(self, outcome: Outcome) -> str:
        """Return an outcome's verdict in the site's words."""
        return self.verdicts.get(outcome.verdict) or VERDICTS[outcome.verdict]


def topological_order(guide: Guide) -> list[str]:
    """Return every node that can be reached, each after all that lead to it. Raises ValueError.

    Depth first, so that a loop is found: a node that is met again before it is finished.
    """
    nodes = guide.nodes
    done: list[str] = []
    open_: set[str] = set()

    def visit(key: str) -> None:
        if key in done:
            return
        if key in open_:
            raise ValueError(key)
        open_.add(key)
        for following in reversed(nodes[key].leads_to):
            visit(following)
        done.append(key)

    visit(guide.start)
    return done[::-1]


def depths(guide: Guide) -> dict[str, int]:
    """Return question → the number of questions on the longest way to it, itself included."""
    nodes, before = guide.nodes, {guide.start: 0}
    for key in topological_order(guide):
        passed = before[key] + (key in guide.questions)
        for following in nodes[key].leads_to:
            before[following] = max(before.get(following, 0), passed)
    return {key: before[key] + 1 for key in topological_order(guide) if key in guide.questions}


def previous_question(guide: Guide, key: str) -> str:
    """Return the question that a reader of ``key`` answered last; "" before the first one."""
    asked = depths(guide)
    leading = [question for question in asked if key in guide.questions[question].leads_to]
    return max(leading, key=lambda question: asked[question], default="")


def settled_situations(guide: Guide, key: str) -> set[str]:
    """Return the situations that every way to a node has settled, by the choices on it."""
    found: dict[str, set[str]] = {guide.start: set()}
    for name in topological_order(guide):
        here = guide.nodes[name]
        ways = [(to, set[str]()) for to in here.leads_to]
        if isinstance(here, GuideQuestion):
            ways = [(choice.to, {*choice.settles}) for choice in here.choices]
        for to, own in ways:
            now = found[name] | own
            found[to] = found[to] & now if to in found else now
    return found[key]


def decisive_questions(guide: Guide, key: str) -> list[tuple[GuideQuestion, list[str]]]:
    """Return the questions that decide whether a reader comes to ``key``, in order, each with the
    answers that lead on. Left out is a question that any answer leads on from, and an answer that
    sends the reader to find out more first."""
    ahead, nodes = {key}, guide.nodes
    for before in reversed(topological_order(guide)):
        if ahead.intersection(nodes[before].leads_to):
            ahead.add(before)
    way = []
    for name in topological_order(guide):
        question = guide.questions.get(name)
        on = [choice.to in ahead for choice in question.choices] if question else []
        if question and any(on) and not all(on):
            straight = {key, *guide.questions} & ahead
            way.append((question, [c.title for c in question.choices if c.to in straight]))
    return way
