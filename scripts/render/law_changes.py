"""The macro ``[[lagandringar]]``: docs/_data/law_changes.yml as a page."""

from __future__ import annotations

from scripts.content.kinds import STATUSES
from scripts.content.sources import affected, by_date
from scripts.core.forms import forms
from scripts.render.macro import Context

FORM = forms(__file__)
FOLD = 10


def render_law_changes(context: Context, _: str) -> str:
    """[[lagandringar]]: changes of the law by how sure they are, with the pages that rest on it."""
    registers, used = context.registers, context.content.resting
    changes = sorted(registers.law_changes.values(), key=by_date)
    pages = {}
    for change in changes:
        found = {
            page.path: page
            for source in affected(change, used, registers.sources)
            for page in used[source]
            if all(name != "lagandringar" for _, name, _ in page.macros())
        }
        pages[change.key] = [found[path] for path in sorted(found)]
    return FORM("all", statuses=STATUSES, changes=changes, pages=pages, fold=FOLD)
