#!/usr/bin/env python3
"""Hittar trasiga länkar i en färdigbyggd webbplats (en mapp med HTML).

Kontrollerar sidor, ankare, bilder, skript, stilmallar, id, PDF:er, flöden, sitemap och adressernas
form.
Utan --external anropas aldrig nätet. Finns Markdown-källorna pekar felen dit.

Utgång: 0 inga fel, 1 fel hittades, 2 kunde inte köras.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

if __name__ == "__main__":  # started as a file, on any Python: what follows needs the packages
    sys.path[0] = str(Path(__file__).resolve().parents[1])
    from scripts.core.environment import enter

    enter()

from scripts.content.content import Content
from scripts.core.arguments import as_day, as_folder, parser
from scripts.core.environment import run, say, show
from scripts.core.findings import Finding, as_text, is_fault, one_line
from scripts.links.resolve import is_origin, mask
from scripts.links.rules import EXTERNAL, RULES, accept
from scripts.links.validate import validate

NAMED = 5  # places of one and the same fault in a row


def as_markdown(findings: Sequence[Finding]) -> str:
    """Return a report to read or to post: a table for each rule, a row for each fault."""
    if not findings:
        return "Inga fel."
    tables: dict[str, dict[str, list[str]]] = {}
    for f in sorted(findings, key=lambda f: (f.rule, f)):
        # A fault of a template stands on every page, with as many "../" as each is deep.
        rows = tables.setdefault(f.rule, {})
        same = re.sub(r"(?:\.\./)+", "", f.message) if f.page else str(f)
        first = rows.setdefault(same, [_cell(f.message)])
        first.append(one_line(f"{f.path}:{f.line}"))
    lines = [f"{len(findings)} fynd", ""]
    for rule, rows in tables.items():
        lines += [f"### {RULES.get(rule, rule)} (`{rule}`)", "", "| plats | fynd |", "|---|---|"]
        for message, *places in rows.values():
            more = f" och {len(places) - NAMED} till" if len(places) > NAMED else ""
            lines.append(f"| {', '.join(places[:NAMED])}{more} | {message} |")
        lines.append("")
    return "\n".join(lines).rstrip()


def _cell(text: str) -> str:
    return re.sub(r"[|<>`*_\[\]\\]", r"\\\g<0>", one_line(text))


FORMATS: dict[str, Callable[[Sequence[Finding]], str]] = {"text": as_text, "markdown": as_markdown}


def arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    """Return what the command line says."""
    command = parser("scripts/validate_links.py", __doc__)
    add = command.add_argument
    add("dir", type=as_folder, metavar="DIR", help="mappen med den byggda webbplatsen")
    add("--site-url", default="", help="adressen där den ska ligga, med sökväg")
    add("--docs", type=as_folder, default=Path("docs"), help="mappen med Markdown-källorna")
    add("--format", choices=FORMATS, default="text", help="hur fynden skrivs ut")
    add("--today", type=as_day, default=dt.date.today(), metavar="ÅÅÅÅ-MM-DD")
    add = command.add_argument_group("andra webbplatser").add_argument
    add("--external", action="store_true", help="fråga andra webbplatser, inget annat")
    contact = "adress som de frågade kan nå dig på; annars miljövariabeln LINK_CONTACT"
    add("--contact", default=os.environ.get("LINK_CONTACT", ""), help=contact)
    return command.parse_args(argv)


def refusal(args: argparse.Namespace) -> str:
    """Return why the command can't be run as it is written, or ""."""
    if not any(args.dir.rglob("*.[hH][tT][mM]*")):
        return f'Mappen "{args.dir}" har inga HTML-sidor. Bygg webbplatsen först.'
    if not args.docs.is_dir():
        return f'Mappen "{args.docs}" finns inte.'
    if args.site_url and not is_origin(args.site_url):
        return f'"{mask(args.site_url)}" är ingen adress. Skriv https://…'
    if args.external and not args.contact:
        return "Den som frågas ska kunna nå dig. Ange --contact (en adress)."
    return ""


def main(argv: Sequence[str] | None = None) -> int:
    args = arguments(argv)
    if why := refusal(args):
        say(why)
        return 2
    try:
        findings = ask(args) if args.external else read(args)
    except ValueError as error:
        say(f"Kan inte köras: {error}.")
        return 2
    show(FORMATS[args.format](findings))
    return 1 if any(map(is_fault, findings)) else 0  # what is only worth knowing is no fault


def read(args: argparse.Namespace) -> list[Finding]:
    """Return what is wrong inside the site. Raises OSError."""
    # of a register that can't be read the build tells
    contacts = Content.read(args.docs).registers.contacts.values()
    numbers = {contact.tel for contact in contacts if contact.phone}
    return validate(args.dir, args.docs, args.site_url, today=args.today, numbers=numbers)


def ask(args: argparse.Namespace) -> list[Finding]:
    """Return what other hosts say of the addresses that lead to them. Raises OSError, ValueError,
    and KeyboardInterrupt when the answers so far are kept."""
    from scripts.links import net, outside

    asks = net.session(f"link-check/1 (+{args.contact})")
    findings = outside.external(args.dir, args.site_url, args.docs, asks, args.today, sys.stderr)
    return sorted(accept(findings, args.docs, args.today, EXTERNAL))


if __name__ == "__main__":
    raise SystemExit(run(main, sys.argv[1:]))
