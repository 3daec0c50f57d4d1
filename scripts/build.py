#!/usr/bin/env python3
"""Bygger och kontrollerar hela webbplatsen. Resultatet läggs i mappen site/.

Behöver bara Python: paketen installeras i projektets egen miljö (.venv) första gången.
Allt byggs och kontrolleras i en tillfällig mapp. Först när allt stämmer byts site/ ut.

Utgång: 0 byggd, 1 fel i innehållet, 2 kunde inte köras.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import gc
import os
import shutil
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if __name__ == "__main__":  # started as a file, Python looks in scripts/ for modules
    sys.path[0] = str(Path(__file__).resolve().parents[1])

from scripts.core import environment
from scripts.core.arguments import as_folder, as_port, parser
from scripts.core.environment import ROOT, log

if TYPE_CHECKING:  # bare Python runs this file first, and has none of our packages
    from collections.abc import Iterator

    from scripts.content.config import Config
    from scripts.content.project import Project
    from scripts.core.findings import Finding
    from scripts.site.permalinks import PermalinkContract


def build(root: Path, site: Path, pdf: bool = True, accept: bool = False) -> int:
    """Check, build, validate and swap in the site of the project in ``root``; return the exit code.

    ``accept``: add the new addresses to the permalinks, when all else is right.
    """
    from scripts import pipeline
    from scripts.content.config import is_placeholder_host
    from scripts.content.project import Project
    from scripts.core.findings import ContentError, is_fault, unused_rows
    from scripts.delivery.offline import pack_name
    from scripts.site.permalinks import PermalinkContract, missing_redirect_rows
    from scripts.site.swap import build_dir, recover, swap

    started, today = time.monotonic(), dt.date.today()
    recover(site)
    gc.set_threshold(*pipeline.GC_THRESHOLDS)
    try:
        project = Project.load(root, pdf=pdf)
    except ContentError as error:
        return stopped("Inget byggdes.", list(error.findings), site)
    content, config = project.content, project.config
    if not any(docs.is_dir() for docs in content.roots):
        other = f"Skriv den, ärv en med INHERIT, eller börja en ny sajt: --new {shown(root)}"
        cure = "Hämta hela projektet igen (git clone)." if root == ROOT else other
        log(f"I mappen {shown(root)} saknas docs. {cure}")
        return 2
    log("Kontrollerar innehållet …")
    findings = project.relevant(pipeline.check_project(project, today))
    if not pipeline.can_build(findings):
        return stopped("Inget byggdes.", list(filter(is_fault, findings)), site)
    contract = PermalinkContract.of(content)
    if accept and not contract.registered and is_placeholder_host(config.site_url):
        log(f"Löftet börjar när sajten har en adress på nätet. SITE_URL är {config.site_url}")
        return 2
    target = build_dir(site) / f"site-{os.getpid()}"
    try:
        log("Bygger sidorna …")
        results = pipeline.run_pipeline(project, target, findings)
        result = next(results)
        if result.site is not None:
            log("Lägger till det som servrar läser, och kontrollerar länkar …")
            result = next(results)
        findings += project.relevant(result.findings)
        faults = list(filter(is_fault, findings))
        if result.site is None or result.mkdocs_findings or faults:
            # MkDocs' own findings are shown only where we have none: ours say more
            rows = missing_redirect_rows(contract)
            return stopped("Bygget stoppades.", faults or result.mkdocs_findings, site, rows)
        if accept:
            log(f"Nya adresser utlovade: {contract.register_new()}.")
        pages = sum(1 for _ in target.rglob("*.html"))
        swap(target, site)
    finally:
        shutil.rmtree(target, ignore_errors=True)
    notes = [str(one) for one in findings if one.severity == "note"]
    for reminder in (*notes, *reminders(project, today), *unused_rows(findings)):
        log(reminder)
    if not accept:
        for reminder in unpromised(contract, config):
            log(reminder)
    log(f"Klart: {pages} sidor i {shown(site)} på {time.monotonic() - started:.1f} sekunder.")
    other = f" --sajt {os.path.relpath(root)}" if root != ROOT else ""
    log(f"Titta: kör  python3 scripts/build.py --serve{other}")
    # Opened as a file, a link to a folder shows a list of files.
    log(f"Utan server: packa upp {shown(site)}{pack_name(config)} och öppna index.html i den.")
    return 0


def stopped(what: str, faults: list[Finding], site: Path, rows: str = "") -> int:
    """Say why nothing was put in place, and ``what`` wasn't; return the exit code. ``rows``: what
    redirects.yml lacks."""
    from scripts.core.findings import report

    assert faults, "what stops a build is a finding"
    report(faults)
    if rows:
        log(rows)
    kept = "Den förra versionen i site/ är orörd. " if site.exists() else ""
    log(f"{what} {kept}Rätta felen ovan och kör igen.")
    return 1


def unpromised(contract: PermalinkContract, config: Config) -> Iterator[str]:
    """Yield which addresses nobody has been promised, of a site that others may link to."""
    from scripts.content.config import is_placeholder_host

    if contract.registered and (new := list(contract.unregistered)):
        more = f" och {len(new) - 5} till" if len(new) > 5 else ""
        yield f"Nya adresser: {', '.join(new[:5])}{more}. Lova dem när du publicerar: --accept"
    if not contract.registered and not is_placeholder_host(config.site_url):
        yield "Ingen adress är utlovad än. Löftet börjar när du bygger med --accept."


def reminders(project: Project, today: dt.date) -> Iterator[str]:
    """Yield what to mend when there is time: it never stops a build."""
    from scripts.checks import card, language, readings, reviews
    from scripts.delivery.security import expiry_reminder

    content, config = project.content, project.config
    notes = (replace(one, severity="note") for one in language.long_sentences(content))
    if long := project.relevant(notes):
        yield "Långa meningar att dela när du kan:"
        yield from (f"  {finding}" for finding in long)
    if swedish := project.relevant(language.untranslated(content)):
        yield "Det här står på svenska på sidor på andra språk:"
        yield from (f"  {finding}" for finding in swedish)
    more = f" --sajt {os.path.relpath(project.root)}" if project.root != ROOT else ""
    if overdue := list(reviews.check(content, today)):
        command = f"python3 scripts/check.py reviews{more}"
        yield f"{len(overdue)} sidor har passerat sin granskning: {command}"
    yield from card.taken_off(content)
    if (new := readings.unread(content)) and not project.national:
        yield (
            f"{len(new)} paragrafer i law/ saknar märke, bland dem {new[0]}. När de är lästa: "
            f"python3 scripts/check.py readings --new{more}"
        )
    statement, own = content.registers.accessibility, config.extra.accessibility.assessed_on
    day = own or (statement and statement.assessed_on)
    if day and today - day > dt.timedelta(days=365):
        where = "accessibility i mkdocs.yml" if own else "docs/_data/accessibility.yml"
        yield f"Pröva tillgängligheten igen, och ändra {where}: {day}."
    if expiry := expiry_reminder(config, today):
        yield expiry


def shown(site: Path) -> str:
    """Return the folder as the reader would type it."""
    return f"{os.path.relpath(site)}/"


def begin(folder: Path, kind: str) -> int:
    """Put a small, commented site in ``folder``, which must be empty and outside the project;
    return the exit code.

    ``kind``: "sajt", or "kommun", which inherits this one.
    """
    if folder.resolve().is_relative_to(ROOT):
        log(f"{folder} ligger i det här projektet. Välj en mapp utanför det.")
        return 2
    try:
        if folder.exists() and any(not one.name.startswith(".") for one in folder.iterdir()):
            log(f"{folder} är inte tom. Välj en tom mapp.")
            return 2
        shutil.copytree(ROOT / f"scripts/starter/{kind}", folder, dirs_exist_ok=True)
    except OSError as error:
        log(f"{folder} kan inte skrivas ({error.strerror or error}). Välj en annan mapp.")
        return 2
    if kind == "kommun":
        from scripts.content.new_folder import write_examples

        file = write_examples(folder.resolve(), ROOT, dt.date.today())
        log(f"Skrev {file}: ett exempel. Byt ut det.")
    log(f"Klart. Bygg den: python3 scripts/build.py --sajt {folder}")
    return 0


def arguments(argv: list[str]) -> argparse.Namespace:
    """Parse the command line."""
    command = parser("scripts/build.py", __doc__)
    add = command.add_argument
    add("--serve", action="store_true", help="visa sidan på den här datorn och bygg om vid ändring")
    add("--pdf", action="store_true", help="med --serve: gör också PDF-filerna")
    add("--no-pdf", action="store_true", help="hoppa över PDF-filerna")
    add("--accept", action="store_true", help="lova de nya adresserna, när allt stämmer")
    add("--port", type=as_port, default=8000, help="port för --serve")
    add("--sajt", type=as_folder, default=ROOT, metavar="MAPP", help="bygg sajten i en annan mapp")
    add("--new", type=as_folder, metavar="MAPP", help="börja en ny sajt där, med en liten mall")
    own = "börja en mapp för er kommun: texten här, med egna rader, sidor, nummer och färger"
    add("--new-kommun", type=as_folder, metavar="MAPP", help=own)
    args = command.parse_args(argv)
    if args.serve and args.accept:
        command.error("--serve visar bara sajten. Kör --accept för sig.")
    return args


def main(argv: list[str]) -> int:
    args = arguments(argv)
    if args.new or args.new_kommun:
        return begin(args.new or args.new_kommun, "sajt" if args.new else "kommun")
    root = args.sajt.resolve()
    if args.serve:
        from scripts.preview import serve

        return serve(root, args.port, args.pdf)
    # The clone's cache and the folder's site: two clones may build one folder. In one order, so
    # that nobody waits for somebody who waits for them.
    folders = {environment.WORK, root / environment.WORK.name} if root.is_dir() else set()
    with contextlib.ExitStack() as locks:
        for folder in sorted(folders):
            locks.enter_context(environment.lock("build", folder))
        return build(root, root / "site", not args.no_pdf, args.accept)


if __name__ == "__main__":
    arguments(sys.argv[1:])  # --help needs no packages
    environment.reexec_in_venv()
    raise SystemExit(environment.run_main(main, sys.argv[1:]))
