"""The guide in docs/_data/guide.yml: questions, outcomes, and the paths between them.

A node is a question or an outcome. A path begins at the first question, ``start``; the guide has no
loops.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
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
    """An answer to a question, and the node that it leads to."""

    title: Annotated[Label, "Valets ord."]
    to: Annotated[str, "Frågan eller svaret som valet leder till."]
    settles: Annotated[
        tuple[SituationKey, ...], "Frågor i situations.yml som valet redan har svarat på."
    ] = ()


class Node(Record):
    """A question or an outcome: a page of its own, see content/generated_pages.py."""

    key: Computed = ""
    title: Annotated[Label, "Sidans rubrik. En fråga har högst 18 ord."]
    description: Annotated[
        str, Field(LABEL, needs_source=False), "Vad andra ser om sidan, i listor och sökmotorer."
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
        """The keys of the nodes that the choices lead to."""
        return [choice.to for choice in self.choices]


class More(Record):
    """A page where the reader of an outcome goes on: a row of ``Outcome.more``."""

    page: Annotated[PageLink, "Sidan, eller en rubrik på den."]
    page_title: Annotated[Label, "Länkens ord, där rubrikens eller sidans inte passar."] = ""
    sources: ComputedKeys = ()  # of the step that it leads to


class Outcome(Node):
    """An answer of the guide: what it means, and the pages with the steps to take."""

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
        """The key of the question that the outcome leads to; none if the guide ends here."""
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
        """The questions, then the outcomes, by key."""
        return {**self.questions, **self.outcomes}

    def verdict_words(self, outcome: Outcome) -> str:
        """Return an outcome's verdict in words: the site's own words for it, or the default."""
        return self.verdicts.get(outcome.verdict) or VERDICTS[outcome.verdict]


def topological_order(guide: Guide) -> list[str]:
    """Return the keys of the nodes that can be reached, each node after all nodes that lead to it.

    Raises ValueError, with the key of a node in the loop, if the guide has a loop.
    """
    nodes = guide.nodes
    finished: list[str] = []  # nodes whose following nodes are all in the list, before the node
    entered: set[str] = set()

    def visit(key: str) -> None:
        """Append a node to ``finished``, after all nodes that follow it."""
        if key in finished:
            return
        if key in entered:  # met again before it was finished: the path has come back to the node
            raise ValueError(key)
        entered.add(key)
        # reversed, as the whole list is at last: choices come in the order of the question
        for following in reversed(nodes[key].leads_to):
            visit(following)
        finished.append(key)

    visit(guide.start)
    return finished[::-1]


def depths(guide: Guide) -> dict[str, int]:
    """Return question → the number of questions on the longest path to the question, the question
    itself included. The question's page shows it: "3 av högst 9"."""
    # Node → its depth. An outcome has the depth that the question after it has.
    depth = {guide.start: 1}
    order = topological_order(guide)
    for key in order:
        following_depth = depth[key] + 1 if key in guide.questions else depth[key]
        for following in guide.nodes[key].leads_to:
            depth[following] = max(depth.get(following, 1), following_depth)
    return {key: depth[key] for key in order if key in guide.questions}


def previous_question(guide: Guide, key: str) -> str:
    """Return the key of the question that leads to the node ``key``; of several, the question with
    the greatest depth. "" if no question leads to it."""
    depth_of = depths(guide)
    leading = [question for question in depth_of if key in guide.questions[question].leads_to]
    return max(leading, key=lambda question: depth_of[question], default="")


def settled_situations(guide: Guide, key: str) -> set[str]:
    """Return the keys of the situations that a reader who comes to the node ``key`` has answered,
    whatever the path: each is settled by a choice on every path to the node."""
    settled: dict[str, set[str]] = {guide.start: set()}  # by node
    for name in topological_order(guide):
        node = guide.nodes[name]
        for following in node.leads_to:
            on_path = settled[name] | _settled_by_choice(node, following)
            # what this path and the earlier paths to ``following`` all settle
            settled[following] = settled.get(following, on_path) & on_path
    return settled[key]


def _settled_by_choice(node: GuideQuestion | Outcome, following: str) -> set[str]:
    """Return the keys of the situations that are settled by every choice that leads from ``node``
    to the node ``following``. An outcome has no choices, and settles nothing."""
    if not isinstance(node, GuideQuestion):
        return set()
    choices = [set(choice.settles) for choice in node.choices if choice.to == following]
    return set.intersection(*choices)


def decisive_questions(guide: Guide, key: str) -> list[tuple[GuideQuestion, list[str]]]:
    """Return the questions that decide whether a reader comes to the node ``key``, in order, each
    with the titles of the choices that lead to the node.

    A question is left out if all its choices lead to the node, or none. A choice is left out if it
    leads to another outcome first, which sends the reader to find out more.
    """
    order = topological_order(guide)
    leading = _nodes_leading_to(guide, key, order)
    without_detour = {key, *guide.questions}  # where a choice leads if not to another outcome
    decisive = []
    for name in order:
        if name not in guide.questions:
            continue
        question = guide.questions[name]
        choices = [choice for choice in question.choices if choice.to in leading]
        if 0 < len(choices) < len(question.choices):
            titles = [choice.title for choice in choices if choice.to in without_detour]
            decisive.append((question, titles))
    return decisive


def _nodes_leading_to(guide: Guide, key: str, order: Sequence[str]) -> set[str]:
    """Return the keys of the nodes on a path to the node ``key``, that node included. ``order``:
    the keys in topological order."""
    leading = {key}
    for name in reversed(order):
        if leading.intersection(guide.nodes[name].leads_to):
            leading.add(name)
    return leading
