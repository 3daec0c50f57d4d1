"""Figures of docs/_data/figures.yml, rendered by figures.md.jinja."""

from __future__ import annotations

from collections.abc import Mapping

from scripts.content.facts import Fact
from scripts.content.figures import ANSWERS, MARKS, BarFigure, Bars, validate_figure
from scripts.content.markdown import cited_keys
from scripts.core.templates import template_renderer
from scripts.render.macro import Context, MacroError

render_template = template_renderer(__file__)


def render_figure(context: Context, key: str) -> str:
    """Render [[figur:key]]: a figure with its title and description.

    Raises:
        MacroError: the figure's rows and columns, or its facts, don't match.
    """
    figure = context.registers.figures[key]
    facts = context.registers.facts
    violation = next(validate_figure(figure, facts), None)
    if violation:
        raise MacroError(f'figuren "{key}": {violation.message.rstrip(".")}')
    # one scale for all groups of bars: the longest bar is that of the greatest number
    greatest = 1
    if isinstance(figure, BarFigure):
        greatest = max((int(facts[key].value) for key in figure.fact_keys), default=1)
    return render_template(
        "whole",
        figure=figure,
        data={
            "answers": ANSWERS,
            "marks": MARKS,
            "facts": facts,
            "stash": context.stash,
            "citation": lambda group: _citation(group, facts),
            # of a bar, in thousandths of the longest
            "width": lambda fact_key: round(1000 * int(facts[fact_key].value) / greatest),
        },
    )


def _citation(group: Bars, facts: Mapping[str, Fact]) -> str:
    """Return a citation "[@key, @key]" of the sources of a group's facts that the group's note
    doesn't cite; "" if there are none."""
    fact_keys = [bar.fact for bar in group.bars]
    if group.of:
        fact_keys.insert(0, group.of)  # the note begins with the total
    keys = dict.fromkeys(key for fact_key in fact_keys for key in facts[fact_key].sources)
    for key in cited_keys(group.note):
        keys.pop(key, None)
    return f"[{', '.join(f'@{key}' for key in keys)}]" if keys else ""
