"""Lists that need more than a template: law changes, short addresses, and the date form's data."""

from __future__ import annotations

import dataclasses
import json

from scripts.content.field_types import STATUSES
from scripts.content.sources import affected_keys, effective_date_key
from scripts.core.templates import template_renderer
from scripts.render.macro import Context

render_template = template_renderer(__file__)
FOLD_ABOVE = 10  # a longer list of pages is folded


def render_law_changes(context: Context, _: str) -> str:
    """Render [[lagandringar]]: law changes by status and day, each with the pages that use the
    statutes and statute sections that it affects, but for the page with this list."""
    registers = context.registers
    pages_by_source = context.content.pages_by_source
    changes = sorted(registers.law_changes.values(), key=effective_date_key)
    pages = {}  # key of a change → pages, sorted by path
    for change in changes:
        affected = affected_keys(change, pages_by_source, registers.sources)
        # by path: a page that uses several of the sources comes once
        citing = {page.path: page for key in affected for page in pages_by_source[key]}
        pages[change.key] = [
            page for _, page in sorted(citing.items()) if not page.has_macro("lagandringar")
        ]
    return render_template(
        "law_changes", statuses=STATUSES, changes=changes, pages=pages, fold_above=FOLD_ABOVE
    )


def render_short_addresses(context: Context, _: str) -> str:
    """Render [[kortadresser]]: the short addresses of pages and handouts, each with its target.

    A short address whose target is missing or hidden is left out; checks report a missing target.
    """
    pages = {f"/{page.address}": page for page in context.content.pages.values()}
    targets = {key: f"/{handout.page}" for key, handout in context.registers.handouts.items()}
    targets |= context.content.shortcuts
    rows = []  # (key of the short address, page, fragment: "#id" or "")
    for key, target in sorted(targets.items()):
        address, hash_sign, anchor = target.partition("#")
        page = pages.get(address)
        if page and not context.extra.hides(page.path):
            rows.append((key, page, hash_sign + anchor))
    return render_template("short_addresses", rows=rows)


def render_dates(context: Context, _: str) -> str:
    """Render [[datumhjalp]]: the slot of the date form, with dates.yml as JSON for dates.js. In the
    JSON each day has the words of its fact in ``time``, and a link on the page in ``rule``."""
    dates = context.registers.dates
    facts = context.registers.facts
    assert dates is not None, "macro_error refuses the macro without dates.yml"
    days = []
    for rule in dates.days.values():
        day = dataclasses.asdict(rule)
        day["time"] = facts[rule.time].value_in_digits if rule.time in facts else ""
        day["rule"] = f"#{rule.rule}"
        days.append(day)
    data = dataclasses.asdict(dates)
    data["fields"] = [dataclasses.asdict(field) for field in dates.fields.values()]
    data["days"] = days
    # default=str: a date in ISO 8601
    return render_template("dates", rules=json.dumps(data, ensure_ascii=False, default=str))
