"""docs/_data/facts.yml: what several pages say alike, printed wherever a text names it.

``[[fakta: frist]]`` in a text becomes the fact's value, and ``[[fakta: frist.en]]`` its form
``en``. ``[[nummer: jouren]]`` in a sentence becomes the contact's telephone number; alone on a line
of a page it is a macro like others. It is done as docs/ is read: what is behind that knows nothing
of it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field
from typing import Annotated, Any

from scripts.content.field_types import NamedSource
from scripts.content.fields import Field, Record

PRINTED = re.compile(
    r"\[\[(?P<macro>fakta|nummer):(?P<before>\s*)(?P<name>[\w.-]*)(?P<after>\s*)\]\]"
)
# What is put in the midst of Markdown and YAML: words, with nothing that either would read.
Said = Annotated[str, Field(most=60, like=r"[^\[\]{}<>:#\"'`|*]+", form="ord utan skiljetecken")]


class Fact(Record):
    value: Said
    forms: dict[str, Said] = field(default_factory=dict)  # the same in other forms, by name
    source: tuple[NamedSource, ...] | NamedSource = ()

    @property
    def sources(self) -> tuple[str, ...]:
        """Its sources; none of what is the editors' own."""
        return (self.source,) if isinstance(self.source, str) else self.source

    @property
    def counted(self) -> str:
        """The value in digits: "3 veckor"."""
        return self.forms.get("siffror", self.value)


def words_of(register: Mapping[str, Any]) -> dict[str, str]:
    """Return "fakta:frist.en" → the words of facts.yml as YAML has it. What isn't as its type says,
    the checks tell of."""
    found: dict[str, str] = {}
    for key, fact in register.items():
        if isinstance(fact, dict):
            found[f"fakta:{key}"] = str(fact.get("value"))
            forms = fact.get("forms")
            for form, words in forms.items() if isinstance(forms, dict) else ():
                found[f"fakta:{key}.{form}"] = str(words)
    return found


def numbers_of(contacts: Mapping[str, Any]) -> dict[str, str]:
    """Return "nummer:jouren" → the telephone number of contacts.yml as YAML has it."""
    return {
        f"nummer:{key}": str(contact["phone"])
        for key, contact in contacts.items()
        if isinstance(contact, dict) and contact.get("phone")
    }


def print_words(
    text: str, words: Mapping[str, str], page: bool = True
) -> tuple[str, list[tuple[int, str]]]:
    """Return ``text`` with each fact and number that it names in words, and (line, "fakta:name") of
    those unknown.

    ``words``: as `words_of` and `numbers_of` return them. ``page``: whether a number that is alone
    on its line is left for the macro. Lines stay where they are.
    """
    unknown: list[tuple[int, str]] = []

    def said(match: re.Match[str]) -> str:
        name = f"{match['macro']}:{match['name']}"
        if page and match["macro"] == "nummer" and _alone(text, match):
            return match[0]
        if name not in words:
            unknown.append((text.count("\n", 0, match.start()) + 1, name))
            return match[0]
        # a folded text may break the line inside the brackets
        before = match["before"] if "\n" in match["before"] else ""
        after = match["after"] if "\n" in match["after"] else ""
        return f"{before}{words[name]}{after}"

    return PRINTED.sub(said, text), unknown


def _alone(text: str, match: re.Match[str]) -> bool:
    """Whether a match is all there is on its line."""
    before = text[: match.start()].rpartition("\n")[2]
    after = text[match.end() :].partition("\n")[0]
    return not before.strip() and not after.strip()
