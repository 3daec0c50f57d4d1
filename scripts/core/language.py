"""What the site itself says, in another language than Swedish: a file for each, with a row for each
thing that is said.

Code and templates are written with the Swedish words, so that they read as they look: ``phrase``
and Jinja's ``_`` are given those. What a file lacks stays Swedish. A build has one language.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from pathlib import Path

import yaml

FOLDER = Path(__file__).parent
SWEDISH = "sv"
TOLD = re.compile(r'"((?:[^"\\\n]|\\.)*)"')  # a script's words
_now = SWEDISH


@functools.cache
def words(language: str) -> Mapping[str, str]:
    """Return Swedish → ``language``; nothing for Swedish. Raises OSError: there is no such file."""
    if language == SWEDISH:
        return {}
    found: dict[str, str] = yaml.safe_load((FOLDER / f"{language}.yml").read_text(encoding="utf-8"))
    return found


def languages() -> list[str]:
    """Return those that there are words in."""
    return [SWEDISH, *sorted(file.stem for file in FOLDER.glob("*.yml"))]


def use(language: str) -> None:
    """Say all that is said from now on in ``language``."""
    global _now
    words(language)
    _now = language


def spoken() -> str:
    """Return the language in use."""
    return _now


def phrase(text: str, language: str = "") -> str:
    """Return what is said in Swedish as it is said in ``language``, or in the one in use."""
    return words(language or _now).get(text, text)


def translated(script: str) -> str:
    """Return a script with what it says in the language in use."""
    return TOLD.sub(lambda m: f'"{phrase(m[1])}"', script) if _now != SWEDISH else script
