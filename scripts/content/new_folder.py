"""A municipality's new folder: where its settings inherit from, and an example of a supplement."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path, PurePosixPath

from scripts.content.content import Content
from scripts.content.files import display_path
from scripts.content.settings_files import CONFIG, number_keys
from scripts.content.supplements import SUPPLEMENTS_FOLDER, example


def write_examples(folder: Path, national: Path, today: dt.date) -> PurePosixPath:
    """Let the mkdocs.yml in ``folder`` inherit that of the project ``national``, with a key of its
    numbers, and write a supplement to the first section of its start page. Return the supplement's
    file, as findings in the folder name it."""
    settings = folder / CONFIG
    inherits = f"INHERIT: {display_path(national / CONFIG, folder)}"
    text = settings.read_text(encoding="utf-8")
    text = re.sub(r"^INHERIT:.*$", lambda _: inherits, text, flags=re.M)
    text = text.replace("#   jour:", f"#   {next(iter(number_keys(national)), 'jour')}:")
    settings.write_text(text, encoding="utf-8", newline="\n")
    page = Content.read(national / "docs").pages[PurePosixPath("index.md")]
    section, words = next(iter(page.headings.items()))
    file = folder / SUPPLEMENTS_FOLDER / page.path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(example(words, section, today), encoding="utf-8", newline="\n")
    return display_path(file, folder)
