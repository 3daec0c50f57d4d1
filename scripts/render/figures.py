"""Turns a row of docs/_data/figures.yml into a figure: HTML with the words as words.

Lists for what has an order, tables for what has columns. Everything that tells something is text;
a line, a dot or a bar only shows it once more, in the text's own colour. figures.css makes a figure
of it; without that file, on paper and in a slide it is a list or a table. No style attributes: the
site's policy for content refuses them.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from typing import Any

from scripts.content.figure_kinds import (
    ANSWERS,
    MARKS,
    BarFigure,
    Bars,
    BoxFigure,
    Cell,
    Figure,
    MapFigure,
    SignFigure,
    Step,
    StepFigure,
    TableFigure,
    make,
)
from scripts.content.figures import check_whole
from scripts.content.markdown import CITATION
from scripts.render.macro import Context, MacroError

# Before the word that says the same. Each is in the font of the PDF files.
SIGNS = {"ja": "✓", "grans": "(✓)", "nej": "×", "frist": "!", "rad": "i"}
# Drawn in 24 units, in the colour of the text.
ICONS = {
    "papper": "M6 2h8l5 5v15H6zM14 2v5h5M9 12h7M9 16h7",
    "boende": "M2 12 12 3l10 9M5 10v11h14V10M10 21v-6h4v6",
    "arbete": "M3 8h18v12H3zM8 8V5h8v3M3 13h18M12 12v2",
    "telefon": "M7 2h10v20H7zM7 18h10M11 5h2",
    "tolk": "M2 3h13v9H9l-4 4v-4H2zM18 8h4v9h-2v4l-4-4h-5v-2",
    "nej": "M8 2h8l6 6v8l-6 6H8l-6-6V8zM7 12h10",
    "halsa": "M12 21C5 15 3 11 3 8a4.5 4.5 0 0 1 9-1 4.5 4.5 0 0 1 9 1c0 3-2 7-9 13z",
}
# A table with more columns than this has the name of each row on a line of its own.
MANY = 3
# Where the name of a county may be broken, on a phone.
BREAK = re.compile(
    r"(?<=\w{3})(?=(?:norrland|götland|manland|land|botten|borg|berg|holm|köping|lagen)\b)"
)


def render_figure(context: Context, key: str) -> str:
    """[[figur: key]]: a figure with its title, how to read it, and the rows below it."""
    row = context.registers.figures.get(key)
    if row is None:
        raise MacroError(f'figuren "{key}" finns inte i docs/_data/figures.yml')
    figure, faults = make(key, row)
    if figure is not None:
        faults = list(check_whole(figure, context.registers))
    if figure is None or faults:
        raise MacroError(f'figuren "{key}": {faults[0][2].rstrip(".")}')
    body = RENDERERS[type(figure)](context, key, figure)
    title = _tag("p", figure.title, "figure-title", id=f"figur-{key}-titel")
    caption = _box("figcaption", title + _tag("p", figure.description, "figure-how"))
    notes = ""
    if figure.notes:
        rows = "".join(_tag("li", note) for note in figure.notes)
        notes = _box("ul", rows, "figure-notes")
    return _box(
        "figure",
        caption + body + notes,
        f"figure figure-{row['kind']}",
        id=f"figur-{key}",
        aria_labelledby=f"figur-{key}-titel",
    )


def _tag(name: str, words: str, classes: str = "", **attributes: str) -> str:
    """Return an element round Markdown ``words`` that stand in a line."""
    return f'<{name}{_attributes(classes, attributes)} markdown="span">{words}</{name}>\n'


def _box(name: str, inner: str, classes: str = "", **attributes: str) -> str:
    """Return an element round other elements."""
    head = f'<{name}{_attributes(classes, attributes)} markdown="block">'
    return f"{head}\n{inner}</{name}>\n"


def _attributes(classes: str, others: Mapping[str, str]) -> str:
    named = {"class": classes, **others} if classes else others
    pairs = ((name.replace("_", "-"), html.escape(value)) for name, value in named.items())
    return "".join(f' {name}="{value}"' for name, value in pairs)


def _sign(name: str, word: str) -> str:
    """Return a sign and the word that says the same; only the word is read out."""
    sign = f'<span class="figure-sign figure-{name}" aria-hidden="true">{SIGNS[name]}</span>'
    return f'<span class="figure-said">{sign} **{word}**</span>'


def _steps(context: Context, _: str, figure: StepFigure) -> str:
    parts, first = [], 1
    for part in figure.parts:
        rows = "".join(_step(context, step) for step in part.steps)
        start = {"start": str(first)} if first > 1 else {}
        parts.append(_tag("p", f"**{part.title}**", "figure-part"))
        parts.append(_box("ol", rows, "figure-steps", **start))
        first += len(part.steps)
    return "".join(parts)


def _step(context: Context, step: Step) -> str:
    date = ""
    if step.date:
        date = " " + context.stash(
            f'<span class="figure-date" data-date="{step.date}" hidden></span>'
        )
    mark = f" {_sign(step.mark, MARKS[step.mark])}" if step.mark else ""
    lines = _tag("p", f"{step.when}{mark}{date}", "figure-when")
    lines += _tag("p", f"**{step.title}.** {step.words}")
    if step.who:
        lines += _tag("p", f"Vem: {step.who}.", "figure-who")
    return _box("li", lines, f"figure-has-{step.mark}" if step.mark else "")


def _table(_: Context, __: str, figure: TableFigure) -> str:
    wide = len(figure.columns) > MANY
    heads = "" if wide else _tag("th", figure.corner, scope="col")
    heads += "".join(_tag("th", name, scope="col") for name in figure.columns)
    bodies = ""
    for row in figure.rows:
        pairs = zip(figure.columns, row.cells, strict=True)
        cells = "".join(_cell(column, cell) for column, cell in pairs)
        if wide:
            name = _tag("th", row.title, scope="rowgroup", colspan=str(len(figure.columns)))
            bodies += _box("tbody", _box("tr", name) + _box("tr", cells))
        else:
            bodies += _box("tr", _tag("th", row.title, scope="row") + cells)
    bodies = bodies if wide else _box("tbody", bodies)
    classes = f"figure-table figure-table-{len(figure.columns)}"
    return _box("table", _box("thead", _box("tr", heads)) + bodies, classes)


def _cell(column: str, cell: Cell) -> str:
    answer = f"{_sign(cell.answer, ANSWERS[cell.answer])}. " if cell.answer else ""
    classes = f"figure-has-{cell.answer}" if cell.answer else ""
    return _tag("td", answer + cell.words, classes, data_label=column)


def _boxes(_: Context, __: str, figure: BoxFigure) -> str:
    parts = []
    for group in figure.groups:
        boxes = "".join(
            _box("li", _tag("p", f"**{box.title}**") + _tag("p", box.words)) for box in group.boxes
        )
        count = f"figure-boxes figure-boxes-{len(group.boxes)}"
        parts.append(_tag("p", f"**{group.title}**", "figure-part"))
        parts.append(_box("ul", boxes, count))
        parts.append(_tag("p", group.note, "figure-note") if group.note else "")
    return "".join(parts)


def _bars(context: Context, _: str, figure: BarFigure) -> str:
    facts = context.registers.facts["facts"]
    # one scale for all: else 189 is longer than 223 in the group above
    keys = [key for g in figure.groups for key in (g.of, *(bar.fact for bar in g.bars)) if key]
    whole = max(int(facts[key]["value"]) for key in keys)
    return "".join(_bar_group(context, facts, group, whole) for group in figure.groups)


def _bar_group(context: Context, facts: Mapping[str, Any], group: Bars, whole: int) -> str:
    values = [int(facts[bar.fact]["value"]) for bar in group.bars]
    rows = ""
    for bar, value in zip(group.bars, values, strict=True):
        # 1000 wide, so that the smallest bar is a whole number too
        shape = context.stash(
            '<svg class="figure-bar" viewBox="0 0 1000 40" width="1000" height="40" '
            'preserveAspectRatio="none" aria-hidden="true" focusable="false">'
            f'<rect width="{round(1000 * value / whole)}" height="40" fill="currentColor"/></svg>'
        )
        rows += _box("li", _tag("p", f"{bar.title}: **{value}**") + f"\n{shape}\n\n")
    cited = dict.fromkeys(
        source
        for key in filter(None, [group.of, *(bar.fact for bar in group.bars)])
        for source in _list(facts[key]["source"])
        if source not in str(CITATION.findall(group.note))
    )
    cites = f"[{', '.join(f'@{source}' for source in cited)}]" if cited else ""
    total = f"Sammanlagt {facts[group.of]['value']}. " if group.of else ""
    note = f"{total}{group.note}{cites}".strip()
    return (
        _tag("p", f"**{group.title}**", "figure-part")
        + _box("ul", rows, "figure-bars")
        + (_tag("p", note, "figure-note") if note else "")
    )


def _list(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value]


def _map(context: Context, _: str, figure: MapFigure) -> str:
    regions = context.registers.regions["regions"]
    tiles = ""
    for tile in figure.tiles:
        county = context.registers.regions["counties"][tile.county]
        region = regions[county["region"]]["name"]
        doubt = "" if county["certainty"] == "saker" else "?"
        name = BREAK.sub("&shy;", re.sub(r"s? län$", "", county["name"]))
        words = (
            f'<span class="figure-letters" aria-hidden="true">{tile.letters}</span> '
            f'<span class="figure-county">{name}</span> '
            f'<span class="figure-region">{BREAK.sub("&shy;", region)}{doubt}</span>'
        )
        place = f"figure-r{tile.row} figure-c{tile.column} figure-region-{county['region']}"
        tiles += _tag("li", f"[{words}]({figure.page}#{tile.county})", place)
    # The table and the regions are what a search finds, and a name with a soft hyphen is no word.
    return _box("ul", tiles, "figure-tiles", data_search_exclude="")


def _signs(context: Context, _: str, figure: SignFigure) -> str:
    rows = ""
    for sign in figure.signs:
        icon = context.stash(
            '<svg class="figure-icon" viewBox="0 0 24 24" width="24" height="24" '
            'aria-hidden="true" focusable="false"><path fill="none" stroke="currentColor" '
            f'stroke-width="2" stroke-linejoin="round" d="{ICONS[sign.icon]}"/></svg>'
        )
        title = _tag("p", f"{icon} **[{sign.title}]({sign.page})**")
        rows += _box("li", title + _tag("p", sign.words))
    return _box("ul", rows, "figure-signs")


RENDERERS: dict[type[Figure], Callable[[Context, str, Any], str]] = {
    StepFigure: _steps,
    TableFigure: _table,
    BoxFigure: _boxes,
    BarFigure: _bars,
    MapFigure: _map,
    SignFigure: _signs,
}
