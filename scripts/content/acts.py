"""The acts in docs/_data/acts.yml: what the reader does, and the gates that go with it everywhere.

An act is written once, and drawn on pages, in checklists and in the guide. A gate is a question
that rings: what, missed tonight, can't be undone. It stands before the first act that bears it,
once in a list; one with ``every`` stands at each act, since whoever skips a row never saw it there.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from typing import Annotated, TypeAlias

from scripts.content.fields import Field, Record
from scripts.content.kinds import Cell, Item, Made, SourceKey

ActKey: TypeAlias = Annotated[str, Field(refers="acts")]
GateKey: TypeAlias = Annotated[str, Field(refers="gates")]
RuleKey: TypeAlias = Annotated[str, Field(refers="rules")]
Links: TypeAlias = Mapping[str, tuple[str, str]]  # rule → (title, "/regler/barn.md#natt")


class Gate(Record):
    key: Made = ""
    text: Item
    more: Item = ""  # the way to the steps that it names, after it
    sources: tuple[SourceKey, ...] = ()
    every: bool = False


class Act(Record):
    key: Made = ""
    do: Item  # with its own question first, where it is no step for everyone
    how: Item = ""
    gates: tuple[GateKey, ...] = ()
    rules: tuple[RuleKey, ...]  # the first is the one that its mark leads to
    sources: tuple[SourceKey, ...] = ()
    consent: Cell  # the person's: of whom, to what
    when: Cell
    who: Cell


class Heard(Record):
    """What the person must have heard before a yes means anything, in the words to say it."""

    text: Item
    rule: RuleKey
    tonight: bool = False  # also where there is time for nothing more


class Acts(Record):
    gates: dict[str, Gate] = field(default_factory=dict)
    acts: dict[str, Act] = field(default_factory=dict)
    heard: tuple[Heard, ...] = ()

    def ring(self, act: Act, seen: Collection[str] = ()) -> list[Gate]:
        """Return the gates that stand at an act where those in ``seen`` have stood before it."""
        gates = [self.gates[key] for key in act.gates if key in self.gates]
        return [gate for gate in gates if gate.every or gate.key not in seen]

    def sources_of(self, keys: Iterable[str]) -> Iterator[str]:
        """Yield the sources of some acts and of their gates."""
        for act in (self.acts[key] for key in keys if key in self.acts):
            yield from act.sources
            yield from (source for gate in self.ring(act) for source in gate.sources)


def drawn(act: Act, gates: Sequence[Gate], links: Links, stood: set[str]) -> str:
    """Return an act as Markdown on one line: its gates, what to do, how, and the way to its rule,
    unless it is among ``stood``, the ways that stand above it: there it is added."""
    # the sentence after its question is bold: who reads nothing else reads that
    told = [re.sub(r"\? ([^?]+?(?<! kap)[.!])(?= |$)", r"? **\1**", gate.text) for gate in gates]
    words = [f"{text} {gate.more}".rstrip() for text, gate in zip(told, gates, strict=True)]
    words = [f'<span class="gate" data-search-exclude="">{text}</span><br>' for text in words]
    words += [f"**{act.do}**", act.how]
    title, link = next((links[rule] for rule in act.rules if rule in links), ("", ""))
    if link and link not in stood:
        stood.add(link)
        words.append(f'[Regeln]({link}){{: .rule aria-label="Regeln: {title}" }}')
    return " ".join(filter(None, words))
