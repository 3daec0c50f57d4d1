"""Reports that need more than their form: changes of the law, short addresses, and what dates are
counted with."""

from __future__ import annotations

import dataclasses
import json

from scripts.content.field_types import STATUSES
from scripts.content.sources import affected, by_date
from scripts.core.templates import template_renderer
from scripts.render.macro import Context

render_template = template_renderer(__file__)
FOLD = 10  # pages that rest on a change; more of them open at a touch


def render_law_changes(context: Context, _: str) -> str:
    """[[lagandringar]]: changes of the law by how sure they are, with the pages that rest on it."""
    registers, used = context.registers, context.content.pages_by_source
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
    return render_template(
        "law_changes", statuses=STATUSES, changes=changes, pages=pages, fold=FOLD
    )


def render_short_addresses(context: Context, _: str) -> str:
    """[[kortadresser]]: each short address that leads somewhere, the handouts' too."""
    pages = {f"/{page.address}": page for page in context.content.pages.values()}
    listed = {key: f"/{handout.page}" for key, handout in context.registers.handouts.items()}
    rows = []
    for key, to in sorted((listed | context.content.shortcuts).items()):
        address, mark, place = to.partition("#")
        page = pages.get(address)  # of one that leads nowhere the checks report
        if page and not context.extra.hides(page.path):
            rows.append((key, page, mark + place))
    return render_template("short_addresses", rows=rows)


def render_dates(context: Context, _: str) -> str:
    """[[datumhjalp]]: the form that counts dates, with its register as dates.js reads it."""
    dates, facts = context.registers.dates, context.registers.facts
    assert dates is not None, "rendered() has asked"
    days = [
        {
            **dataclasses.asdict(rule),
            "time": facts[rule.time].counted if rule.time in facts else "",
            "rule": f"#{rule.rule}",
        }
        for rule in dates.days.values()
    ]
    fields = [dataclasses.asdict(field) for field in dates.fields.values()]
    rules = {**dataclasses.asdict(dates), "fields": fields, "days": days}
    return render_template("dates", rules=json.dumps(rules, ensure_ascii=False, default=str))
