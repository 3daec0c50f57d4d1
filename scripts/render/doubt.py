"""docs/_data/questions.yml on the pages: what isn't known, shown as loudly as it matters.

Level 1 stands open, in the step where the reader must do otherwise tonight. Level 2 is folded in
its place. Level 3 is gathered at the page's foot. What the law or a source has answered is
``besvarad``: on no page but the list of all questions, where its address still leads.
"""

from __future__ import annotations

from scripts.content.field_types import LEVELS, QUESTION_KINDS, SETTLED
from scripts.core.templates import template_renderer
from scripts.render.macro import Context

render_template = template_renderer(__file__)
CHANGING = (1, 2)  # the levels of a question that changes what the reader does


def render_uncertain(context: Context, key: str) -> str:
    """[[osakert:key]]: the doubt, open, folded or kept for the page's foot by its level."""
    question = context.registers.questions[key]
    if question.level == 3:
        context.foot.append(key)
        return ""
    form = "folded" if question.level == 2 else "open"
    return render_template(form, question=question, target=context.question(key))


def render_foot(context: Context) -> str:
    """Return what [[osakert:key]] kept for the page's foot, or ""."""
    questions = [context.registers.questions[key] for key in context.foot]
    return (
        render_template("foot", questions=questions, target=context.question) if questions else ""
    )


def render_questions(context: Context, _: str) -> str:
    """[[oppna-fragor]]: every question, those that change what the reader does first."""
    used = context.pages_with(lambda p: (a for _, n, a in p.macros() if n == "osakert"))
    every = context.registers.questions.values()
    groups = [
        ("paverkar", "Påverkar vad du gör", [q for q in every if q.level in CHANGING]),
        (
            "paverkar-inte",
            "Påverkar inte stegen",
            [q for q in every if not q.settled and q.level not in CHANGING],
        ),
        (SETTLED, QUESTION_KINDS[SETTLED], [q for q in every if q.settled]),
    ]
    return render_template(
        "all", groups=groups, kinds=QUESTION_KINDS, levels=LEVELS, used=used, context=context
    )
