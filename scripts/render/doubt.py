"""Open questions (docs/_data/questions.yml) on the pages.

A question of level 1 is shown open, in the step where the reader must act otherwise tonight. Level
2 is folded at the same place. Level 3 is collected at the page's foot. An answered question
(``besvarad``) is only on the page that lists all questions, where its address still leads.
"""

from __future__ import annotations

from collections.abc import Iterable

from scripts.content.field_types import ANSWERED, LEVELS, QUESTION_KINDS
from scripts.content.page import Page
from scripts.core.templates import template_renderer
from scripts.render.macro import Context

render_template = template_renderer(__file__)
LEVELS_THAT_CHANGE_STEPS = (1, 2)


def render_uncertain(context: Context, key: str) -> str:
    """Render [[osakert:key]]: a question, open on level 1 and folded on level 2. One of level 3 is
    kept for ``render_foot``, and nothing is shown here."""
    question = context.registers.questions[key]
    if question.level == 3:
        context.foot_questions.append(key)
        return ""
    template = "folded" if question.level == 2 else "open"
    return render_template(template, question=question, target=context.question_link(key))


def render_foot(context: Context) -> str:
    """Return, as Markdown, the questions that [[osakert:key]] kept for the page's foot, or ""."""
    if not context.foot_questions:
        return ""
    questions = [context.registers.questions[key] for key in context.foot_questions]
    return render_template("foot", questions=questions, target=context.question_link)


def render_questions(context: Context, _: str) -> str:
    """Render [[oppna-fragor]]: first the open questions that change the reader's steps, then the
    other open questions, last the settled ones."""
    questions = context.registers.questions.values()
    settled = [question for question in questions if question.settled]
    open_questions = [question for question in questions if not question.settled]
    changing_steps = []
    not_changing_steps = []
    for question in open_questions:
        if question.level in LEVELS_THAT_CHANGE_STEPS:
            changing_steps.append(question)
        else:
            not_changing_steps.append(question)
    groups = [  # (anchor, heading, questions)
        ("paverkar", "Påverkar vad du gör", changing_steps),
        ("paverkar-inte", "Påverkar inte stegen", not_changing_steps),
        (ANSWERED, QUESTION_KINDS[ANSWERED], settled),
    ]
    return render_template(
        "all",
        groups=groups,
        kinds=QUESTION_KINDS,
        levels=LEVELS,
        pages_by_question=_pages_by_question(context.pages),
        context=context,
    )


def _pages_by_question(pages: Iterable[Page]) -> dict[str, list[Page]]:
    """Return key of a question → the pages that show it with [[osakert:key]]."""
    pages_by_question: dict[str, list[Page]] = {}
    for page in pages:
        keys = [argument for _, name, argument in page.macros() if name == "osakert"]
        for key in dict.fromkeys(keys):
            pages_by_question.setdefault(key, []).append(page)
    return pages_by_question
