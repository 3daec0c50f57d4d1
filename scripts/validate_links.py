"""Hittar trasiga länkar i en färdigbyggd webbplats (en mapp med HTML).

Kontrollerar sidor, ankare, bilder, skript, stilmallar, id, PDF:er, sitemap och adressernas form.
Utan --external anropas aldrig nätet. Fungerar på vilken statisk webbplats som helst; finns
Markdown-källor pekar felen dit.

Utgång: 0 inga fel, 1 fel hittades, 2 kunde inte köras.
"""

from __future__ import annotations

import argparse
import datetime as dt
import io
import ipaddress
import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from scripts.core.findings import Finding, is_fault
from scripts.links import baseline
from scripts.links.changed import changed_since
from scripts.links.exceptions import EXCEPTIONS, accept
from scripts.links.external.answers import MOST
from scripts.links.formats.document import is_html
from scripts.links.report import FORMATS
from scripts.links.resolve import is_origin, mask
from scripts.links.rules import EXTERNAL, RULES
from scripts.links.validate import validate

STATE = "_data/link-state.json"


def select(
    findings: Iterable[Finding],
    only: Sequence[str],
    skip: Sequence[str],
    changed: set[str] | None,
) -> list[Finding]:
    """Return the findings that were asked for."""
    return [
        finding
        for finding in findings
        if (not only or finding.rule in only)
        and finding.rule not in skip
        and (changed is None or str(finding.path) in changed)
    ]


def parser() -> argparse.ArgumentParser:
    """Return the command line."""
    this = argparse.ArgumentParser(
        prog="python -m scripts.validate_links",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    this.add_argument("dir", type=Path, metavar="DIR", help="mappen med den byggda webbplatsen")
    this.add_argument("--site-url", default="", help="adressen där den ska ligga, med sökväg")
    this.add_argument("--docs", type=Path, help="mappen med Markdown-källorna, om de finns")
    this.add_argument("--format", choices=FORMATS, default="text", help="hur fynden skrivs ut")
    this.add_argument("--orphans", action="store_true", help="visa sidor som ingen väg leder till")
    rules = this.add_mutually_exclusive_group()
    rules.add_argument("--only", action="append", default=[], metavar="REGEL", help="bara regeln")
    rules.add_argument("--skip", action="append", default=[], metavar="REGEL", help="inte regeln")
    this.add_argument(
        "--changed-since", metavar="REV", help="bara fel i källor som ändrats sedan REV i git"
    )
    this.add_argument("--exceptions", type=Path, metavar="FIL", help=f"i stället för {EXCEPTIONS}")
    this.add_argument(
        "--baseline",
        type=Path,
        metavar="FIL",
        help="visa inte fynd ur FIL (--format json)",
    )
    this.add_argument("--today", type=day, default=dt.date.today(), metavar="DAG")
    net = this.add_argument_group("andra webbplatser")
    net.add_argument("--external", action="store_true", help="fråga andra webbplatser, inget annat")
    net.add_argument(
        "--contact",
        default=os.environ.get("LINK_CONTACT", ""),
        help="adress som de frågade kan nå dig på; annars miljövariabeln LINK_CONTACT",
    )
    net.add_argument("--state", type=Path, metavar="FIL", help=f"minnet; annars {STATE} i --docs")
    net.add_argument("--fix", action="store_true", help="skriv in nya adresser i sources.yml")
    net.add_argument("--most", type=int, default=MOST, metavar="N", help="sidor per värd och gång")
    tape = net.add_mutually_exclusive_group()
    tape.add_argument("--record", type=Path, metavar="FIL", help="spela in svaren")
    tape.add_argument("--replay", type=Path, metavar="FIL", help="inspelade svar, inte nätet")
    net.add_argument("--allow", action="append", default=[], metavar="NÄT", help="inre nät att nå")
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
    if not any(
        is_html(name) for _, _, names in os.walk(args.dir, followlinks=True) for name in names
    ):
        return f'Mappen "{args.dir}" innehåller inga HTML-sidor. Bygg webbplatsen först.'
    if args.exceptions and not args.exceptions.is_file():
        return f'Filen "{args.exceptions}" finns inte.'
    if args.baseline and not args.baseline.is_file():
        return f'Filen "{args.baseline}" finns inte. Skriv den med --format json > {args.baseline}'
    if args.most < 1:
        return "--most ska vara minst 1."
    if args.site_url and not is_origin(args.site_url):
        return f'"{mask(args.site_url)}" är ingen adress. Skriv https://…'
    for rule in [*args.only, *args.skip]:
        if rule not in RULES:
            return f'Regeln "{rule}" finns inte. Välj bland: {", ".join(RULES)}.'
    if not args.external:
        for name in ("state", "fix", "record", "replay", "allow"):
            if getattr(args, name):
                return f"--{name} hör till --external."
    if args.fix and not args.docs:
        return "--fix skriver i _data/sources.yml. Ange --docs."
    for network in args.allow:
        try:
            ipaddress.ip_network(network)
        except ValueError:
            return f'"{network}" är inget nät. Skriv som 10.0.0.0/8.'
    return ""


def main(argv: Sequence[str] | None = None) -> int:
    args = parser().parse_args(argv)
    if why := refusal(args):
        print(why, file=sys.stderr)
        return 2
    changed = None
    if args.changed_since:
        docs = args.docs or args.dir
        try:
            changed = changed_since(args.changed_since, docs)
        except ValueError as error:
            print(f'git kan inte jämföra med "{args.changed_since}": {error}', file=sys.stderr)
            return 2
    try:
        if args.external:
            findings = ask(args)
        else:
            findings = validate(
                args.dir,
                args.site_url,
                args.docs,
                with_orphans=args.orphans,
                today=args.today,
                accepted=args.exceptions,
            )
        if args.baseline:
            findings = baseline.new(findings, baseline.read(args.baseline))
    except OSError as error:
        print(f"Kan inte läsa eller skriva {error.filename}: {error.strerror}.", file=sys.stderr)
        return 2
    except ValueError as error:
        print(f"Kan inte köras: {error}.", file=sys.stderr)
        return 2
    except KeyboardInterrupt as stopped:
        print(f"\n{stopped}" if stopped.args else "\nAvbrutet.", file=sys.stderr)
        return 2
    return show(select(findings, args.only, args.skip, changed), args.format)


def ask(args: argparse.Namespace) -> list[Finding]:
    """Return what other hosts say of the addresses that lead to them. Raises ValueError."""
    from scripts.links.external.command import Settings, external

    if not args.contact and not args.replay:
        raise ValueError("den som frågas ska kunna nå dig. Ange --contact (en adress)")
    settings = Settings(
        args.dir, args.site_url, args.docs, args.state, args.contact, args.record,
        args.replay, args.fix, tuple(args.allow), args.most,
    )  # fmt: skip
    findings = external(settings, args.today, progress=sys.stderr)
    return sorted(accept(findings, args.docs, args.exceptions, args.today, EXTERNAL))


def show(findings: Sequence[Finding], form: str) -> int:
    """Print the findings and return the exit code: what is only worth knowing is no fault."""
    text = FORMATS[form](findings)
    if isinstance(sys.stdout, io.TextIOWrapper):  # names of files and terminals may be in any code
        sys.stdout.reconfigure(encoding=None if form == "text" else "utf-8", errors="replace")
    try:
        if text:
            print(text, flush=True)
    except BrokenPipeError:  # "| head": whoever reads has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 1 if any(map(is_fault, findings)) else 0


if __name__ == "__main__":
    raise SystemExit(main())
