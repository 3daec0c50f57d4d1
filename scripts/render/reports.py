"""Reports that need more than their form: short addresses, and what dates are counted with."""

from __future__ import annotations

import re

from scripts.core.forms import forms
from scripts.render.macro import Context, MacroError

FORM = forms(__file__)
LIMIT = re.compile(r"\d+ (?:dagar|veckor|månader|år)")  # what dates.js can count with


def render_short_addresses(context: Context, _: str) -> str:
    """[[kortadresser]]: each short address, the handouts' too. Raises MacroError."""
    pages = {f"/{page.address}": page for page in context.pages}
    listed = {key: f"/{handout.page}" for key, handout in context.registers.handouts.items()}
    rows = []
    for key, to in sorted((listed | context.registers.shortcuts).items()):
        address, mark, place = to.partition("#")
        if (page := pages.get(address)) is None:
            raise MacroError(f'kortadressen "{key}" leder till "{to}", som inte finns')
        rows.append((key, page, mark + place))
    return FORM("short_addresses", rows=rows)


def render_dates(context: Context, argument: str) -> str:
    """[[datumhjalp: fact,fact]]: the form that counts dates. Its limits are those facts' values.
    Raises MacroError."""
    facts, limits = context.registers.facts.facts, []
    for key in filter(None, argument.split(",")):
        if key not in facts or not LIMIT.fullmatch(facts[key].value):
            raise MacroError(
                f'[[datumhjalp]] räknar med uppgiften "{key}", som i facts.yml ska ha ett värde '
                'som "3 veckor" eller "6 månader".'
            )
        limits.append((key, facts[key].value))
    return FORM("dates", limits=limits)
