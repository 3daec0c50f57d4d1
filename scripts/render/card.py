"""The card to the person, as tables: a row has the same number in each language, side by side."""

from __future__ import annotations

from scripts.content.card import SOURCE, languages, rows, shown
from scripts.core.swedish import date_words
from scripts.render.macro import Context


def render_card(context: Context, _: str) -> str:
    """[[kort]]: a table for each part, with a column for each language that may be shown."""
    columns = {
        code: "" if code == SOURCE else f' {{: lang="{code}" dir="{language.dir}" }}'
        for code, language in shown(context.registers.card).items()
    }
    tables: list[list[str]] = []
    for _way, number, texts in rows(context.registers.card):
        safe = {code: str(text).replace("|", r"\|") for code, text in texts.items()}
        cells = "".join(f" {safe[code]}{marks} |" for code, marks in columns.items())
        if number:
            tables[-1].append(f"| {number} |{cells}")
        else:
            tables.append([f"| Nr |{cells}", f"|{'---|' * (len(columns) + 1)}"])
    return "\n\n".join("\n".join(table) for table in tables)


def render_card_languages(context: Context, _: str) -> str:
    """[[kort-sprak]]: who wrote, translated and checked each language, and if it is shown."""
    seen = shown(context.registers.card)
    lines = []
    for code, one in languages(context.registers.card).items():
        if one.written_by:
            status = f"skriven av {one.written_by[:1].lower()}{one.written_by[1:]}"
        elif code in seen:
            day = date_words(str(one.checked_on))
            status = f"översatt av {one.translated_by}, granskad av {one.checked_by} den {day}"
        else:
            status = "inte granskad som raderna står nu, och visas därför inte"
        lines.append(f"- {one.name}: {status}.")
    return "\n".join(lines)
