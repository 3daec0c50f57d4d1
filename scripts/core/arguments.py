"""Parsing of the scripts' command lines, with error messages in Swedish.

Runs on a bare Python, as environment.py does.
"""

from __future__ import annotations

import argparse
import datetime as dt
import re
from pathlib import Path
from typing import NoReturn

from scripts.core.environment import log


class Parser(argparse.ArgumentParser):
    """An argument parser that reports wrong arguments in Swedish."""

    # (pattern of the beginning of an argparse message, its Swedish replacement)
    MESSAGES = (
        (r"argument ([^:]+): expected one argument", r"Efter \1 saknas ett värde."),
        (r"argument ([^:]+): invalid choice: (.+?) \(choose from (.*)\)", r"\1: välj \3, inte \2."),
        (r"argument ([^:]+): ignored explicit argument (.*)", r"\1 har inget värde, inte \2."),
        (r"argument ([^:]+): ", r"\1: "),
        (r"the following arguments are required: (.*)", r"Det här saknas: \1."),
        (r"unrecognized arguments: (.*)", r"Det här är inga val: \1."),
    )

    def error(self, message: str) -> NoReturn:
        """Print argparse's message in Swedish, and how to list the options; exit with 2."""
        for pattern, swedish in self.MESSAGES:
            message, changed = re.subn(f"^{pattern}", swedish, message)
            if changed:
                break
        log(f"{message} Alla val: {self.prog} --help")
        raise SystemExit(2)


def parser(name: str, description: str | None) -> Parser:
    """Return the argument parser of the command ``python3 NAME``. --help prints ``description``
    with its line breaks."""
    raw = argparse.RawDescriptionHelpFormatter
    # no abbreviations: test.py hands --co on to pytest, though it has --coverage itself
    return Parser(
        f"python3 {name}", description=description, formatter_class=raw, allow_abbrev=False
    )


def as_date(text: str) -> dt.date:
    """Parse an argument that is an ISO 8601 date. Raises ArgumentTypeError."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f'"{text}" är ingen dag. Skriv som 2026-12-01.') from None


def as_folder(text: str) -> Path:
    """Return the path of a folder, which needn't exist. Raises ArgumentTypeError for an empty
    argument: it comes from a shell variable that isn't set, and Path("") is the current folder."""
    if not text.strip():
        raise argparse.ArgumentTypeError("skriv en mapp.")
    return Path(text)


def as_port(text: str) -> int:
    """Parse an argument that is a TCP port, 1–65535. Raises ArgumentTypeError."""
    if not re.fullmatch(r"\d{1,5}", text) or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError(f'"{text}" är ingen port. Skriv som 8001.')
    return int(text)
