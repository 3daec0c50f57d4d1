"""docs/_data/facts.yml: facts that several pages state, and macros that insert words in a text.

``[[fakta:frist]]`` in a text becomes the fact's value, and ``[[fakta:frist.en]]`` its form ``en``.
``[[nummer:jouren]]`` in a sentence becomes the contact's telephone number; alone on a line of a
page it is a macro of render/macros.py. Words are inserted when docs/ is read, in the values of
registers and in the text of pages: code that uses ``Content`` never sees these macros.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import Annotated, Any

from scripts.content.field_types import NamedSource
from scripts.content.fields import Field, Record
from scripts.content.yaml_file import RegisterFile

FACT = "fakta"  # the macro's name
# "[[fakta:frist.en]]". A space was needed before registers were plain YAML, and is allowed.
WORDS_MACRO = re.compile(r"\[\[(?P<macro>fakta|nummer): ?(?P<key>[\w.-]*)\]\]")
# A line with nothing else than a number's macro, "[[nummer:jouren]]".
NUMBER_ALONE = re.compile(r"\s*\[\[nummer: ?[\w.-]*\]\]\s*")
# Words are inserted in Markdown: no character that Markdown or a template gives a meaning.
Words = Annotated[
    str, Field(max_length=60, pattern=r"[^\[\]{}<>:#\"'`|*]+", pattern_help="ord utan skiljetecken")
]


class Fact(Record):
    """A fact that several pages state: its words, their forms, and the sources."""

    value: Annotated[Words, "Orden så som de oftast skrivs."]
    forms: Annotated[
        dict[str, Words], "Samma uppgift böjd eller på ett annat språk: formens namn först."
    ] = field(default_factory=dict)
    source: Annotated[
        tuple[NamedSource, ...] | NamedSource,
        "Källans nyckel i sources.yml, eller flera i en lista.",
    ] = ()

    @property
    def sources(self) -> tuple[str, ...]:
        """The keys of the fact's sources; none for a fact that the editors have decided."""
        return (self.source,) if isinstance(self.source, str) else self.source

    @property
    def value_in_digits(self) -> str:
        """The value with a number in digits, "3 veckor" for "tre veckor": the form ``siffror`` if
        the fact has one."""
        return self.forms.get("siffror", self.value)

    @property
    def number_of_days(self) -> int:
        """30 for the value "30 dagar"; 0 for a value that is no number of days."""
        match = re.fullmatch(r"(\d+) dagar", self.value_in_digits)
        return int(match[1]) if match else 0


def words_of_facts(facts: Mapping[str, Any]) -> dict[str, str]:
    """Return macro, "fakta:frist" or "fakta:frist.en" → words.

    ``facts``: facts.yml as YAML, before its types are validated; a fact or forms of another shape
    than the types say are left out.
    """
    words: dict[str, str] = {}
    for key, fact in facts.items():
        if isinstance(fact, dict):
            words[f"{FACT}:{key}"] = str(fact.get("value"))
            forms = fact.get("forms")
            if isinstance(forms, dict):
                words |= {f"{FACT}:{key}.{form}": str(text) for form, text in forms.items()}
    return words


def words_of_contacts(contacts: Mapping[str, Any]) -> dict[str, str]:
    """Return macro, "nummer:jouren" → telephone number, for each contact that has a number.

    ``contacts``: contacts.yml as YAML, before its types are validated.
    """
    return {
        f"nummer:{key}": str(contact["phone"])
        for key, contact in contacts.items()
        if isinstance(contact, dict) and contact.get("phone")
    }


def macros_in(text: str) -> list[str]:
    """Return the macros in a text that words are inserted for: "fakta:frist.en"."""
    return [f"{match['macro']}:{match['key']}" for match in WORDS_MACRO.finditer(text)]


def fact_keys_in(text: str) -> set[str]:
    """Return the keys of the facts whose words are inserted in a text."""
    return {
        match["key"].partition(".")[0]
        for match in WORDS_MACRO.finditer(text)
        if match["macro"] == FACT
    }


def insert_words(text: str, words: Mapping[str, str]) -> str:
    """Return ``text`` with each macro replaced by its words; an unknown macro stays.

    ``words``: macro, "fakta:frist" → words; see `words_of_facts` and `words_of_contacts`.
    """

    def words_of(match: re.Match[str]) -> str:
        """Return the words for one macro."""
        return words.get(f"{match['macro']}:{match['key']}", match[0])

    return WORDS_MACRO.sub(words_of, text)


def insert_in_page(text: str, words: Mapping[str, str]) -> str:
    """Return a page's text with its macros replaced, as `insert_words` does. A number's macro alone
    on its line stays: render/macros.py shows the contact in its place."""
    lines = text.split("\n")
    return "\n".join(
        line if NUMBER_ALONE.fullmatch(line) else insert_words(line, words) for line in lines
    )


def insert_in_value(value: Any, words: Mapping[str, str]) -> Any:
    """Return a register's value, of dicts, lists and scalars, with words inserted in its texts."""
    if isinstance(value, str):
        return insert_words(value, words)
    if isinstance(value, list):
        return [insert_in_value(item, words) for item in value]
    if isinstance(value, dict):
        return {key: insert_in_value(item, words) for key, item in value.items()}
    return value


def unknown_in_page(text: str, words: Mapping[str, str]) -> Iterator[tuple[int, str]]:
    """Yield (line, "fakta:key") for each macro in a page's text that has no words in ``words``."""
    for number, line in enumerate(text.split("\n"), 1):
        if NUMBER_ALONE.fullmatch(line):
            continue  # render/macros.py has this macro, and checks its key
        for macro in macros_in(line):
            if macro not in words:
                yield number, macro


def unknown_facts_in_register(file: RegisterFile) -> Iterator[tuple[int, str]]:
    """Yield (line, "fakta:key") for each fact macro in the texts of a register's file whose fact
    doesn't exist: ``file.words`` has the words of those that do."""
    for path, text in file.texts():
        for macro in macros_in(text):
            if macro not in file.words:
                key = macro.partition(":")[2]
                yield file.line_with(key, *path), macro
