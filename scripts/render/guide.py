"""The decision tree in docs/_data/guide.yml as pages, and as one page with all of it."""

from __future__ import annotations

from collections.abc import Iterator

from scripts.content.guide import GuideQuestion, Outcome, behind, order, places, settled, way_to
from scripts.core.templates import template_renderer
from scripts.render.contacts import own_number, phone_link
from scripts.render.macro import Context
from scripts.render.situations import questions

render_template = template_renderer(__file__)


def render_node(context: Context, key: str) -> str:
    """[[vagledning:key]]: one question with its choices as links, or one outcome."""
    guide = context.registers.guide
    here = guide.nodes[key]
    asked, last = places(guide), behind(guide, key)
    t = context.gettext
    return render_template(
        "node",
        here=here,
        guide=guide,
        context=context,
        way=way_to(guide, key),
        place=f"{asked[key]} {t('av högst')} {max(asked.values())}" if key in asked else "",
        last=context.home("vagledning", last) if last else "",
        is_question=isinstance(here, GuideQuestion),
        calls=list(_calls(context, here)) if isinstance(here, Outcome) else [],
        left=_left(context, here) if isinstance(here, Outcome) else "",
        t=t,
    )


def _left(context: Context, here: Outcome) -> str:
    """Return, as Markdown, what the answer's first page asks that not every way here has settled;
    "" where nothing is left to ask."""
    page = here.more[0].page.partition("#")[0]
    left = set(context.content.situations_at(page)) - settled(context.registers.guide, here.key)
    return questions(context, left, page) if left else ""


def _calls(context: Context, here: Outcome) -> Iterator[tuple[str, str, str]]:
    """Yield (whom to call, the way to who has no number, for whom and when); the publisher's own
    number first."""
    slots = context.extra.site.numbers
    first = next(iter(slots), "")
    own = own_number(context, first) if here.call else ""
    if own:
        yield f"{slots[first].text}, {own}", "", ""
    for key in here.call:
        if own and key == first:
            continue
        contact = context.registers.contacts[key]
        card = "" if contact.phone else context.home("kontakter", contact.group[0], key=key)
        hours = f" {contact.hours.rstrip('.')}." if contact.hours else ""
        number = phone_link(contact)
        who = f"{contact.called}, {number}" if number else contact.name
        yield who, card, f". {contact.for_whom}.{hours}"


def render_whole(context: Context, _: str) -> str:
    """[[hela-vagledningen]]: the tree as text, with every answer in full."""
    guide = context.registers.guide
    keys = order(guide)
    questions = [guide.questions[key] for key in keys if key in guide.questions]
    return render_template(
        "whole",
        guide=guide,
        context=context,
        questions=questions,
        outcomes=[guide.outcomes[key] for key in keys if key in guide.outcomes],
        number={question.key: place for place, question in enumerate(questions, 1)},
        t=context.gettext,
    )
