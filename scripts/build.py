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


MAX_LISTED = 5  # new addresses in a reminder


def build(root: Path, site: Path, *, pdf: bool = True, accept: bool = False) -> int:
    """Check the project in ``root``, build it in a temporary folder and validate its links. Without
    errors and warnings, replace the folder ``site`` and print what is due. Return the exit code.

    Args:
        pdf: whether to typeset the handouts.
        accept: whether to register new addresses as permalinks, when there are no errors.
    """
    from scripts import pipeline
    from scripts.content.config import has_placeholder_host
    from scripts.content.project import Project
    from scripts.core.findings import ContentError, is_fault
    from scripts.site.permalinks import PermalinkContract, missing_redirect_rows
    from scripts.site.swap import build_dir, recover, swap

    started = time.monotonic()
    today = dt.date.today()
    recover(site)  # if the last build was killed
    gc.set_threshold(*pipeline.GC_THRESHOLDS)
    try:
        project = Project.load(root, pdf=pdf)
    except ContentError as error:
        return report_failure("Inget byggdes.", list(error.findings), site)
    if not any(docs.is_dir() for docs in project.content.roots):
        log(f"I mappen {relative_path(root)} saknas docs. {missing_docs_cure(root)}")
        return 2
    log("Kontrollerar innehållet …")
    findings = project.relevant(pipeline.check_project(project, today))
    if not pipeline.can_build(findings):
        return report_failure("Inget byggdes.", list(filter(is_fault, findings)), site)
    contract = PermalinkContract.from_content(project.content)
    site_url = project.config.site_url
    # before the site has a public URL, nobody has got an address to keep
    if accept and not contract.registered and has_placeholder_host(site_url):
        log(f"Löftet börjar när sajten har en adress på nätet. SITE_URL är {site_url}")
        return 2
    target = build_dir(site) / f"site-{os.getpid()}"
    try:
        log("Bygger sidorna …")
        result = pipeline.run_pipeline(project, target, findings)
        findings += project.relevant(result.findings)
        faults = list(filter(is_fault, findings))
        if not result.has_pages or result.mkdocs_findings or faults:
            # MkDocs' findings are printed only if we have none: ours are more precise
            faults = faults or result.mkdocs_findings
            rows = missing_redirect_rows(contract)
            return report_failure("Bygget stoppades.", faults, site, redirect_rows=rows)
        if accept:
            log(f"Nya adresser utlovade: {contract.register_new()}.")
        swap(target, site)
    finally:
        shutil.rmtree(target, ignore_errors=True)
    for finding in findings:  # only notes: anything else has stopped the build
        log(str(finding))
    for line in reminders(project, today):
        log(line)
    if not accept:
        for line in permalink_reminders(contract, project.config):
            log(line)
    print_summary(project, site, time.monotonic() - started)
    return 0


def print_summary(project: Project, site: Path, seconds: float) -> None:
    """Print the number of pages in ``site``, the build's time, and how to look at the pages: in the
    preview, or unpacked from the zip."""
    from scripts.delivery.offline import zip_name

    page_count = sum(1 for _ in site.rglob("*.html"))
    log(f"Klart: {page_count} sidor i {relative_path(site)} på {seconds:.1f} sekunder.")
    log(f"Titta: kör  python3 scripts/build.py --serve{site_option(project.root)}")
    # Not site/ itself: its links lead to folders, which a browser without a server lists.
    archive = f"{relative_path(site)}{zip_name(project.config)}"
    log(f"Utan server: packa upp {archive} och öppna index.html i den.")


def missing_docs_cure(root: Path) -> str:
    """Return an instruction, in Swedish, for when the project in ``root`` has no docs/: fetch this
    project again, or give another folder its pages."""
    if root == ROOT:
        return "Hämta hela projektet igen (git clone)."
    return f"Skriv den, ärv en med INHERIT, eller börja en ny sajt: --new {relative_path(root)}"


def site_option(root: Path) -> str:
    """Return the option that makes a command use the project in ``root``: " --sajt ../kommun"; ""
    for this project."""
    return "" if root == ROOT else f" --sajt {os.path.relpath(root)}"


def report_failure(outcome: str, faults: list[Finding], site: Path, redirect_rows: str = "") -> int:
    """Print the findings that stop a build, and last its outcome; return the exit code.

    Args:
        outcome: sentence about how far the build came, in Swedish.
        faults: errors and warnings, at least one.
        site: folder of the last built site, which stays.
        redirect_rows: rows to paste into redirects.yml, with an instruction, or "".
    """
    from scripts.core.findings import report

    assert faults, "what stops a build is a finding"
    report(faults)
    if redirect_rows:
        log(redirect_rows)
    unchanged = "Den förra versionen i site/ är orörd. " if site.exists() else ""
    log(f"{outcome} {unchanged}Rätta felen ovan och kör igen.")
    return 1


def permalink_reminders(contract: PermalinkContract, config: Config) -> Iterator[str]:
    """Yield a reminder, in Swedish, if the site has addresses that aren't registered as permalinks,
    or if it has a public URL but no registered address at all."""
    from scripts.content.config import has_placeholder_host

    if not contract.registered:
        if not has_placeholder_host(config.site_url):
            yield "Ingen adress är utlovad än. Löftet börjar när du bygger med --accept."
        return
    new = list(contract.unregistered)
    if new:
        listed = ", ".join(new[:MAX_LISTED])
        others = f" och {len(new) - MAX_LISTED} till" if len(new) > MAX_LISTED else ""
        yield f"Nya adresser: {listed}{others}. Lova dem när du publicerar: --accept"


def reminders(project: Project, today: dt.date) -> Iterator[str]:
    """Yield lines, in Swedish, about maintenance that is due but never stops a build: language,
    overdue reviews, the card's languages, unread statutes, accessibility, security.txt."""
    from scripts.checks import card, readings, reviews
    from scripts.delivery.security import expiry_reminder

    yield from language_reminders(project)
    content = project.content
    overdue = list(reviews.check(content, today))
    if overdue:
        command = f"python3 scripts/check.py reviews{site_option(project.root)}"
        yield f"{len(overdue)} sidor har passerat sin granskning: {command}"
    yield from card.describe_unpublished_languages(content)
    unread = readings.unread_sections(content)
    if unread and not project.national:  # a municipality's folder inherits those statutes
        yield (
            f"{len(unread)} paragrafer i law/ saknar märke, bland dem {unread[0]}. När de är "
            f"lästa: python3 scripts/check.py readings --new{site_option(project.root)}"
        )
    yield from accessibility_reminder(project, today)
    expiry = expiry_reminder(project.config, today)
    if expiry:
        yield expiry


def language_reminders(project: Project) -> Iterator[str]:
    """Yield the long sentences, and the texts that lack a translation, each under a heading.

    A municipality gets only those of its own files.
    """
    from scripts.checks import language

    findings = language.long_sentences(project.content)
    # as notes: ``relevant`` leaves out notes on files that a municipality can't change
    long_sentences = project.relevant(replace(finding, severity="note") for finding in findings)
    if long_sentences:
        yield "Långa meningar att dela när du kan:"
        yield from (f"  {finding}" for finding in long_sentences)
    untranslated = project.relevant(language.untranslated(project.content))
    if untranslated:
        yield "Det här står på svenska på sidor på andra språk:"
        yield from (f"  {finding}" for finding in untranslated)


def accessibility_reminder(project: Project, today: dt.date) -> Iterator[str]:
    """Yield a line if accessibility was assessed over a year ago: by the publisher, whose date is
    in mkdocs.yml, or else by us, whose date is in the register."""
    register = project.content.registers.accessibility
    publishers_day = project.config.extra.accessibility.assessed_on
    day = publishers_day or (register and register.assessed_on)
    if day and today - day > dt.timedelta(days=365):
        file = "accessibility i mkdocs.yml" if publishers_day else "docs/_data/accessibility.yml"
        yield f"Pröva tillgängligheten igen, och ändra {file}: {day}."


def relative_path(folder: Path) -> str:
    """Return a folder's path from the current one, as the user would type it: "site/"."""
    return f"{os.path.relpath(folder)}/"


def create_site(folder: Path, kind: str) -> int:
    """Copy a small, commented site to ``folder``, which must be outside this project, and empty but
    for hidden files; return the exit code.

    ``kind``: "sajt", or "kommun": a site that inherits this project, which gets an example of a
    municipality's own lines, too.
    """
    if folder.resolve().is_relative_to(ROOT):
        log(f"{folder} ligger i det här projektet. Välj en mapp utanför det.")
        return 2
    try:
        if folder.exists() and any(not file.name.startswith(".") for file in folder.iterdir()):
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


def parse_arguments(argv: list[str]) -> argparse.Namespace:
    """Parse the command line; exit with a message if it is wrong."""
    command = parser("scripts/build.py", __doc__)
    add = command.add_argument
    add("--serve", action="store_true", help="visa sidan på den här datorn och bygg om vid ändring")
    add("--pdf", action="store_true", help="med --serve: gör också PDF-filerna")
    add("--no-pdf", action="store_true", help="hoppa över PDF-filerna")
    add("--accept", action="store_true", help="lova de nya adresserna, när allt stämmer")
    add("--port", type=as_port, default=8000, help="port för --serve")
    add("--sajt", type=as_folder, default=ROOT, metavar="MAPP", help="bygg sajten i en annan mapp")
    add("--new", type=as_folder, metavar="MAPP", help="börja en ny sajt där, med en liten mall")
    municipality = (
        "börja en mapp för er kommun: texten här, med egna rader, sidor, nummer och färger"
    )
    add("--new-kommun", type=as_folder, metavar="MAPP", help=municipality)
    args = command.parse_args(argv)
    if args.serve and args.accept:
        command.error("--serve visar bara sajten. Kör --accept för sig.")
    return args


def main(argv: list[str]) -> int:
    """Build, preview or begin a site, as the arguments say; return the exit code."""
    args = parse_arguments(argv)
    if args.new:
        return create_site(args.new, "sajt")
    if args.new_kommun:
        return create_site(args.new_kommun, "kommun")
    root = args.sajt.resolve()
    if args.serve:
        from scripts.preview import serve

        return serve(root, args.port, pdf=args.pdf)
    # Lock the clone's cache and the folder's site, since two clones may build the same folder. If
    # the folder doesn't exist, nothing is written: build() reports that.
    folders = {environment.WORK, root / environment.WORK.name} if root.is_dir() else set()
    with contextlib.ExitStack() as locks:
        for folder in sorted(folders):  # always in the same order, against deadlock
            locks.enter_context(environment.lock("build", folder))
        return build(root, root / "site", pdf=not args.no_pdf, accept=args.accept)


if __name__ == "__main__":
    parse_arguments(sys.argv[1:])  # --help needs no packages
    environment.reexec_in_venv()
    raise SystemExit(environment.run_main(main, sys.argv[1:]))
