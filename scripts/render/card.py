"""The card to the person, as tables: a row has the same number in each language, side by side."""

from __future__ import annotations

from collections.abc import Mapping

from scripts.content.card import Language, languages, parts, shown
from scripts.core.swedish import date_words
from scripts.render.macro import Context


def render_card(context: Context, _: str) -> str:
    """[[kort]]: a table for each part, with a column for each language that may be shown."""
    columns = shown(context.registers.card)
    tables = []
    for title, lines in parts(context.registers.card):
        head = "".join(f" {_cell(title, language)} |" for language in columns)
        rows = [f"| Nr |{head}", f"|{'---|' * (len(columns) + 1)}"]
        for number, line in lines:
            rows.append(f"| {number} |" + "".join(f" {_cell(line, c)} |" for c in columns))
        tables.append("\n".join(rows))
    return "\n\n".join(tables)


def _cell(texts: Mapping[str, str], language: Language) -> str:
    text = str(texts[language.code]).replace("|", r"\|")
    if language.code == "sv":
        return text
    return f'{text} {{: lang="{language.code}" dir="{language.dir}" }}'


def render_card_languages(context: Context, _: str) -> str:
    """[[kort-sprak]]: who wrote, translated and checked each language, and if it is shown."""
    rows = []
    for language in languages(context.registers.card).values():
        if language.written_by:
            status = f"skriven av {language.written_by[:1].lower()}{language.written_by[1:]}"
        elif language.shown and language.checked_on:
            status = (
                f"översatt av {language.translated_by}, granskad av {language.checked_by} "
                f"den {date_words(str(language.checked_on))}"
            )
        else:
            status = "inte granskad än, och visas därför inte"
        rows.append(f"- {language.name}: {status}.")
    return "\n".join(rows)
