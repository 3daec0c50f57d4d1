"""A municipality's new folder: where its settings inherit from, and an example of a supplement."""

from __future__ import annotations

import datetime as dt
from pathlib import Path, PurePosixPath

from scripts.content.content import Content
from scripts.content.files import display_path
from scripts.content.settings_files import CONFIG, read_publisher
from scripts.content.supplements import SUPPLEMENTS_FOLDER, example_supplement


def write_examples(folder: Path, national: Path, today: dt.date) -> PurePosixPath:
    """Fit the new files of a municipality's ``folder`` to the project in the folder ``national``.

    mkdocs.yml inherits the national mkdocs.yml, and its example of an own number, in a comment, has
    a key that exists. A first supplement is about the first section of the national start page.
    Return the supplement's file, as findings in ``folder`` name it.
    """
    settings = folder / CONFIG
    text = settings.read_text(encoding="utf-8")
    inherit = f"INHERIT: {display_path(national / CONFIG, folder)}"
    text = text.replace("INHERIT: mkdocs.yml", inherit)
    for key in read_publisher([national]).numbers[:1]:  # none if the national site has no numbers
        text = text.replace("#   jour:", f"#   {key}:")
    settings.write_text(text, encoding="utf-8", newline="\n")
    page = Content.read(national / "docs").pages[PurePosixPath("index.md")]
    section, words = next(iter(page.headings.items()))
    file = folder / SUPPLEMENTS_FOLDER / page.path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(example_supplement(words, section, today), encoding="utf-8", newline="\n")
    return display_path(file, folder)
