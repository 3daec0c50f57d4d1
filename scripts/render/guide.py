"""The decision tree in docs/_data/guide.yml as pages, and as one page with all of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from scripts.content.guide import (
    GuideQuestion,
    Outcome,
    decisive_questions,
    depths,
    previous_question,
    settled_situations,
    topological_order,
)
from scripts.core.templates import template_renderer
from scripts.render.contacts import own_number, phone_link
from scripts.render.macro import Context
from scripts.render.situations import render_situations

render_template = template_renderer(__file__)


def render_node(context: Context, key: str) -> str:
    """Render [[vagledning:key]]: a question with its choices as links, or an outcome with the
    contacts to call and the situations that no answer has settled."""
    guide = context.registers.guide
    node = guide.nodes[key]
    depth_by_key = depths(guide)
    gettext = context.gettext
    progress = ""
    if key in depth_by_key:
        progress = f"{depth_by_key[key]} {gettext('av högst')} {max(depth_by_key.values())}"
    previous = previous_question(guide, key)
    calls: list[Call] = []
    open_situations = ""
    if isinstance(node, Outcome):
        calls = list(_calls(context, node))
        open_situations = _open_situations(context, node)
    return render_template(
        "node",
        node=node,
        guide=guide,
        context=context,
        answered=decisive_questions(guide, key),
        progress=progress,
        back_link=context.link_to("vagledning", previous) if previous else "",
        is_question=isinstance(node, GuideQuestion),
        calls=calls,
        open_situations=open_situations,
        t=gettext,
    )


def _open_situations(context: Context, outcome: Outcome) -> str:
    """Return, as Markdown, the situations that an outcome's first page asks about and that some
    path to the outcome leaves unanswered; "" if there are none."""
    page = context.content.page_of_link(outcome.more[0].page)
    if page is None:
        return ""
    asked = set(context.content.situations_by_page.get(page.address, ()))
    unanswered = asked - settled_situations(context.registers.guide, outcome.key)
    return render_situations(context, unanswered, page.link) if unanswered else ""


class Call(NamedTuple):
    """A contact to call, as an outcome lists it. All texts are Markdown."""

    who: str  # name and number; the name alone if the contact has no number
    card: str  # link to the contact's card if it has no number, else ""
    why: str  # for whom and when; "" for the publisher's own number


def _calls(context: Context, outcome: Outcome) -> Iterator[Call]:
    """Yield the contacts of an outcome, the first of the publisher's own numbers before them. None
    for an outcome without contacts.

    The own number replaces the contact with the same key.
    """
    if not outcome.call:
        return
    slots = context.extra.site.numbers  # the numbers that a publisher may have of its own
    own_key = next(iter(slots), "")
    own = own_number(context, own_key)
    if own:
        yield Call(who=f"{slots[own_key].text}, {own}", card="", why="")
    for key in outcome.call:
        if own and key == own_key:  # shown above
            continue
        contact = context.registers.contacts[key]
        hours = f" {contact.hours.rstrip('.')}." if contact.hours else ""
        why = f". {contact.for_whom}.{hours}"
        if contact.phone:
            who = f"{contact.name_without_number}, {phone_link(contact)}"
            yield Call(who=who, card="", why=why)
        else:
            card = context.link_to("kontakter", contact.group[0], key=key)
            yield Call(who=contact.name, card=card, why=why)


def render_whole(context: Context, _: str) -> str:
    """Render [[hela-vagledningen]]: all questions and outcomes on one page."""
    guide = context.registers.guide
    keys = topological_order(guide)
    questions = [guide.questions[key] for key in keys if key in guide.questions]
    return render_template(
        "whole",
        guide=guide,
        context=context,
        questions=questions,
        outcomes=[guide.outcomes[key] for key in keys if key in guide.outcomes],
        numbers={question.key: number for number, question in enumerate(questions, 1)},
        t=context.gettext,
    )
