"""A language's draft for the card to the person: a PO file, and the sheet that it is read on.

A draft lies outside docs/, where nothing publishes it. Translators' own programs read and write PO
(gettext). What comes to docs/_data/card.yml from there is shown when somebody has read it:
content/card.py.
"""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path, PurePosixPath

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError, read_po, write_po

from scripts.content.card import SOURCE
from scripts.content.content import Content
from scripts.content.edit import with_value
from scripts.content.yaml_file import RegisterFile
from scripts.core.findings import ContentError, Finding
from scripts.core.forms import forms
from scripts.paper.typeset import typeset

_fill = forms(__file__, "html")
SIZE, MOST = 10.5, 20  # points, pages
HEAD = "# Utkast. Lämna det inte till någon.\n# Skriv vem som översatte vid Last-Translator."
NOBODY = Catalog().last_translator  # what a new file says


def _refused(file: Path, message: str, line: int = 1) -> ContentError:
    return ContentError(Finding(PurePosixPath(file.name), line, "bad-draft", message))


def language_of(file: Path) -> Locale:
    """Return the language that a draft is named by: th.po. Raises ContentError."""
    try:
        if file.suffix == ".po":
            return Locale.parse(file.stem, sep="-")
    except (UnknownLocaleError, ValueError):
        pass
    raise _refused(file, "filen ska heta som språket (BCP 47) och sluta på .po: th.po, uk.po.")


def draft(file: Path, content: Content) -> Catalog:
    """Return the draft in ``file`` with the card's rows as they are now, those whose Swedish is
    another marked as fuzzy; without a file, what the card has. Raises ContentError, OSError."""
    code, rows = str(language_of(file)), list(content.registers.card.rows())
    noon = dt.datetime.combine(_day(content), dt.time(12), dt.UTC)  # never the clock
    now = Catalog(code, header_comment=HEAD, creation_date=noon, revision_date=noon, fuzzy=False)
    for n, (_, number, texts) in enumerate(rows):
        place = f"rad {number}" if number else f"rubrik före rad {rows[n + 1][1]}"
        now.add(texts[SOURCE], texts.get(file.stem, ""), context=place)
    if not file.exists():
        return now
    try:
        with file.open("rb") as opened:
            found = read_po(opened, locale=code, abort_invalid=True)
    except PoFileError as error:
        raise _refused(file, "raden är inte PO. Rätta den.", error.lineno + 1) from error
    except UnicodeDecodeError as error:
        raise _refused(file, "filen är inte UTF-8. Spara den som UTF-8.") from error
    found.update(now)
    return found


def _day(content: Content) -> dt.date:
    return max(page.meta.last_reviewed_on for page in content.pages.values())


def write_sheet(file: Path, content: Content) -> Path:
    """Write the draft ``file`` with the rows of today, and a PDF beside it to read it on; return
    the PDF. Raises ContentError, OSError."""
    catalog, locale = draft(file, content), language_of(file)
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as opened:
        write_po(opened, catalog, ignore_obsolete=True)
    numbers = [number for _, number, _ in content.registers.card.rows()]
    rows = [(n, m.id, m.string, m.fuzzy) for n, m in zip(numbers, list(catalog)[1:], strict=True)]
    page = _fill("sheet", locale=locale, file=file, day=_day(content), rows=rows)
    sheet = file.with_suffix(".pdf")
    sheet.write_bytes(typeset(page, SIZE, MOST).data)
    return sheet


def put_on_card(file: Path, content: Content) -> int:
    """Put the rows of a draft on the card; return how many. Fuzzy rows, and those without a text,
    stay away. Raises ContentError, OSError."""
    catalog, locale = draft(file, content), language_of(file)
    register = content.docs / "_data/card.yml"
    text = register.read_text(encoding="utf-8")
    tree = RegisterFile(content.files["card"].shown, text)
    who = catalog.last_translator if catalog.last_translator != NOBODY else ""
    name = {"name": locale.get_display_name(), "dir": locale.text_direction, "translated_by": who}
    done = 0
    rows = zip(content.registers.card.rows(), list(catalog)[1:], strict=True)
    for (way, _, _), message in reversed(list(rows)):  # the last first: the others stay in place
        if message.string and not message.fuzzy:
            text = with_value(
                text, tree.node(*way), file.stem, json.dumps(message.string, ensure_ascii=False)
            )
            done += 1
    if file.stem not in content.registers.card.languages:
        told = ", ".join(f"{k}: {json.dumps(v, ensure_ascii=False)}" for k, v in name.items() if v)
        text = with_value(text, tree.node("languages"), file.stem, f"{{{told}}}")
    register.write_text(text, encoding="utf-8", newline="\n")
    return done
