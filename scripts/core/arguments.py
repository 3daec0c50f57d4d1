"""The command lines of the scripts: wrong arguments are reported in Swedish.

Runs on a bare Python, as environment.py does.
"""

from __future__ import annotations

import argparse
import datetime as dt
import re
from pathlib import Path
from typing import NoReturn

from scripts.core.environment import say


class Parser(argparse.ArgumentParser):
    """An argument parser that reports wrong arguments in Swedish."""

    # How argparse begins a message → the same in Swedish.
    MESSAGES = (
        (r"argument ([^:]+): expected one argument", r"Efter \1 saknas ett värde."),
        (r"argument ([^:]+): invalid choice: (.+?) \(choose from (.*)\)", r"\1: välj \3, inte \2."),
        (r"argument ([^:]+): ignored explicit argument (.*)", r"\1 har inget värde, inte \2."),
        (r"argument ([^:]+): ", r"\1: "),
        (r"the following arguments are required: (.*)", r"Det här saknas: \1."),
        (r"unrecognized arguments: (.*)", r"Det här är inga val: \1."),
    )

    def error(self, message: str) -> NoReturn:
        """Print the message and how to see the options; exit with 2."""
        for pattern, words in self.MESSAGES:
            message, changed = re.subn(f"^{pattern}", words, message)
            if changed:
                break
        say(f"{message} Alla val: {self.prog} --help")
        raise SystemExit(2)


def parser(name: str, text: str | None) -> Parser:
    """Return the argument parser of the command ``python3 NAME``; --help prints ``text`` as it is
    written."""
    raw = argparse.RawDescriptionHelpFormatter
    # no abbreviations: test.py hands --co on to pytest, though it has --coverage itself
    return Parser(f"python3 {name}", description=text, formatter_class=raw, allow_abbrev=False)


def as_day(text: str) -> dt.date:
    """Return an argument that is a date. Raises ArgumentTypeError."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f'"{text}" är ingen dag. Skriv som 2026-12-01.') from None


def as_folder(text: str) -> Path:
    """Return an argument that is a folder. An empty one is a variable that was never set, not the
    folder one stands in. Raises ArgumentTypeError."""
    if not text.strip():
        raise argparse.ArgumentTypeError("skriv en mapp.")
    return Path(text)


def as_port(text: str) -> int:
    """Return an argument that is a TCP port. Raises ArgumentTypeError."""
    if not re.fullmatch(r"\d{1,5}", text) or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError(f'"{text}" är ingen port. Skriv som 8001.')
    return int(text)
