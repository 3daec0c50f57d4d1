"""A row of docs/_data/figures.yml as a figure; its form is figures.md.jinja."""

from __future__ import annotations

from scripts.content.figures import ANSWERS, MARKS, BarFigure, Bars, check_whole
from scripts.content.markdown import CITATION
from scripts.core.templates import template_renderer
from scripts.render.macro import Context, MacroError

render_template = template_renderer(__file__)


def render_figure(context: Context, key: str) -> str:
    """[[figur:key]]: a figure with its title, how to read it, and the rows below it."""
    registers = context.registers
    figure, facts = registers.figures[key], registers.facts
    if faults := list(check_whole(figure, facts)):
        raise MacroError(f'figuren "{key}": {faults[0][2].rstrip(".")}')
    shown = figure.facts if isinstance(figure, BarFigure) else []
    # one scale for all: else 189 is longer than 223 in the group above
    most = max((int(facts[fact].value) for fact in shown), default=1)

    def cites(group: Bars) -> str:
        told = str(CITATION.findall(group.note))
        found = dict.fromkeys(
            f"@{source}"
            for fact in (group.of, *(bar.fact for bar in group.bars))
            for source in (facts[fact].sources if fact else ())
            if source not in told
        )
        return f"[{', '.join(found)}]" if found else ""

    given = {
        "answers": ANSWERS,
        "marks": MARKS,
        "facts": facts,
        "stash": context.stash,
        "cites": cites,
        "width": lambda fact: round(1000 * int(facts[fact].value) / most),
    }
    return render_template("whole", figure=figure, given=given)
