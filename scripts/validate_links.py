"""Hittar trasiga länkar i en webbplats som scripts/build.py har byggt.

Kontrollerar sidor, ankare, bilder, skript, stilmallar, id, PDF:er, sitemap och adressernas form.
Utan --external anropas aldrig nätet. Finns Markdown-källorna pekar felen dit.

Utgång: 0 inga fel, 1 fel hittades, 2 kunde inte köras.
"""

from __future__ import annotations

import argparse
import datetime as dt
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from scripts.content.content import Content
from scripts.core.findings import Finding, is_fault
from scripts.links.exceptions import EXCEPTIONS, accept
from scripts.links.report import EXTERNAL, FORMATS, RULES
from scripts.links.resolve import is_origin, mask
from scripts.links.state import MOST, STATE
from scripts.links.validate import validate


def parser() -> argparse.ArgumentParser:
    """Return the command line."""
    this = argparse.ArgumentParser(
        prog="python -m scripts.validate_links",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = this.add_argument
    add("dir", type=Path, metavar="DIR", help="mappen med den byggda webbplatsen")
    add("--site-url", default="", help="adressen där den ska ligga, med sökväg")
    add("--docs", type=Path, help="mappen med Markdown-källorna, om de finns")
    add("--format", choices=FORMATS, default="text", help="hur fynden skrivs ut")
    add("--orphans", action="store_true", help="visa sidor som ingen väg leder till")
    add("--only", action="append", default=[], metavar="REGEL", help="bara regeln")
    add("--skip", action="append", default=[], metavar="REGEL", help="inte regeln")
    add("--exceptions", type=Path, metavar="FIL", help=f"i stället för {EXCEPTIONS}")
    add("--today", type=day, default=dt.date.today(), metavar="DAG", help="ÅÅÅÅ-MM-DD")
    add = this.add_argument_group("andra webbplatser").add_argument
    add("--external", action="store_true", help="fråga andra webbplatser, inget annat")
    contact = "adress som de frågade kan nå dig på; annars miljövariabeln LINK_CONTACT"
    add("--contact", default=os.environ.get("LINK_CONTACT", ""), help=contact)
    add("--state", type=Path, metavar="FIL", help=f"minnet; annars {STATE} i --docs")
    add("--fix", action="store_true", help="skriv in nya adresser i sources.yml")
    add("--most", type=int, default=MOST, metavar="N", help="sidor per värd och gång")
    return this


def day(text: str) -> dt.date:
    """Return the date that ``text`` is."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f'"{text}" är inget datum. Skriv ÅÅÅÅ-MM-DD.') from error


def refusal(args: argparse.Namespace) -> str:
    """Return why the command can't be run as it is written, or ""."""
    for folder in filter(None, (args.dir, args.docs)):
        if not folder.is_dir():
            what = "är ingen mapp" if folder.exists() else "finns inte"
            more = " Bygg webbplatsen först." if folder == args.dir else ""
            return f'Mappen "{folder}" {what}.{more}'
    if not any(args.dir.rglob("*.[hH][tT][mM]*")):
        return f'Mappen "{args.dir}" innehåller inga HTML-sidor. Bygg webbplatsen först.'
    if args.exceptions and not args.exceptions.is_file():
        return f'Filen "{args.exceptions}" finns inte.'
    if args.site_url and not is_origin(args.site_url):
        return f'"{mask(args.site_url)}" är ingen adress. Skriv https://…'
    for rule in [*args.only, *args.skip]:
        if rule not in RULES:
            return f'Regeln "{rule}" finns inte. Välj bland: {", ".join(RULES)}.'
    if args.most < 1:
        return "--most ska vara minst 1."
    if not args.external and (args.state or args.fix):
        return f"--{'state' if args.state else 'fix'} hör till --external."
    if args.external and not args.contact:
        return "Den som frågas ska kunna nå dig. Ange --contact (en adress)."
    if args.fix and not args.docs:
        return "--fix skriver i _data/sources.yml. Ange --docs."
    return ""


def main(argv: Sequence[str] | None = None) -> int:
    args = parser().parse_args(argv)
    if why := refusal(args):
        print(why, file=sys.stderr)
        return 2
    try:
        findings = ask(args) if args.external else read(args)
    except OSError as error:
        print(f"Kan inte läsa eller skriva {error.filename}: {error.strerror}.", file=sys.stderr)
        return 2
    except ValueError as error:
        print(f"Kan inte köras: {error}.", file=sys.stderr)
        return 2
    except KeyboardInterrupt as stopped:
        print(f"\n{stopped}" if stopped.args else "\nAvbrutet.", file=sys.stderr)
        return 2
    wanted = [f for f in findings if f.rule in (args.only or RULES) and f.rule not in args.skip]
    return show(wanted, args.format)


def read(args: argparse.Namespace) -> list[Finding]:
    """Return what is wrong inside the site. Raises OSError."""
    # of a register that can't be read the build tells
    contacts = Content.read(args.docs).registers.contacts.values() if args.docs else ()
    numbers = {contact.tel for contact in contacts if contact.phone}
    return validate(
        *(args.dir, args.site_url, args.docs), with_orphans=args.orphans, today=args.today,
        accepted=args.exceptions, numbers=numbers,
    )  # fmt: skip


def ask(args: argparse.Namespace) -> list[Finding]:
    """Return what other hosts say of the addresses that lead to them. Raises OSError, ValueError,
    KeyboardInterrupt."""
    from scripts.links import net, outside

    asks = net.session(f"link-check/1 (+{args.contact})")
    findings = outside.external(
        *(args.dir, args.site_url, args.docs, asks, args.today), state=args.state,
        most=args.most, fix=args.fix, out=sys.stderr,
    )  # fmt: skip
    return sorted(accept(findings, args.docs, args.exceptions, args.today, EXTERNAL))


def show(findings: Sequence[Finding], form: str) -> int:
    """Print the findings and return the exit code: what is only worth knowing is no fault."""
    text = FORMATS[form](findings)
    if isinstance(sys.stdout, io.TextIOWrapper):  # names of files and terminals may be in any code
        sys.stdout.reconfigure(encoding=None if form == "text" else "utf-8", errors="replace")
    try:
        print(text, flush=True)
    except BrokenPipeError:  # "| head": whoever reads has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 1 if any(map(is_fault, findings)) else 0


if __name__ == "__main__":
    raise SystemExit(main())
