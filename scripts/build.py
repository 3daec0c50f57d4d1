#!/usr/bin/env python3
"""Bygger och kontrollerar hela webbplatsen. Resultatet läggs i mappen site/.

Behöver bara Python: paketen installeras i projektets egen miljö (.venv) första gången.
Allt byggs och kontrolleras i en tillfällig mapp. Först när allt stämmer byts site/ ut.

Utgång: 0 byggd, 1 fel i innehållet, 2 kunde inte köras.
"""

from __future__ import annotations

import argparse
import ctypes
import datetime as dt
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path[0] = str(ROOT)  # run as a file, Python puts scripts/ there

from scripts.core import environment  # noqa: E402
from scripts.core.environment import WORK, say  # noqa: E402

if TYPE_CHECKING:  # bare Python runs this file first, and has none of our packages
    from scripts.core.findings import Finding

REQUIREMENTS = ROOT / "requirements.txt"
DEFAULT_PORT = 8000


def check_content(docs: Path) -> list[Finding]:
    """Return the findings of every content check, in order."""
    from scripts import check
    from scripts.content.content import Content
    from scripts.publish import feed

    today = dt.date.today()
    content = Content.read(docs)
    found = check.check_content(content, today)
    return sorted({*found, *([] if content.faults else feed.check_docs(docs, today))})


def mkdocs_environment(docs: Path) -> dict[str, str]:
    """Return the environment MkDocs runs in: same input, same bytes, whatever the day."""
    from scripts.content.content import read_pages

    newest = max(page.meta["last_reviewed_on"] for page in read_pages(docs))
    noon = dt.datetime.combine(newest, dt.time(12), dt.UTC)
    return {
        **os.environ,
        "SOURCE_DATE_EPOCH": str(int(noon.timestamp())),
        # Material's notice about MkDocs 2; README says when its maintenance ends, and the way out.
        "NO_MKDOCS_2_WARNING": "1",
        "PYTHONHASHSEED": "0",
    }


def run_mkdocs(root: Path, target: Path) -> tuple[bool, list[str]]:
    """Build into ``target``; return whether it succeeded and MkDocs' own warnings."""
    done = subprocess.run(
        # Never -q: with it, --strict lets warnings pass (MkDocs 1.6.1).
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(target)],
        cwd=root,
        env=mkdocs_environment(root / "docs"),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    )
    lines = done.stdout.splitlines()
    warnings = [line for line in lines if line.startswith(("WARNING", "ERROR"))]
    return done.returncode == 0, warnings or lines[-15:]


def add_files(docs: Path, target: Path, site_url: str) -> list[Finding]:
    """Add what is made after MkDocs: the search index, what sends a reader on, checklists as text.
    Then assets get their names, when all that name them are there. Return findings."""
    from scripts.content.content import Content
    from scripts.publish.assets import build_assets
    from scripts.publish.redirects import add_redirects
    from scripts.publish.search import write as write_search
    from scripts.render.checklists import plain_text, text_address

    faults = write_search(target, docs)
    faults += add_redirects(docs, target, site_url, dt.date.today())
    build_assets(target)
    content = Content.read(docs)
    for name, checklist in content.registers.checklists.items():
        file, text = target / text_address(content, name), plain_text(checklist)
        file.write_text(text, encoding="utf-8", newline="\n")
    return faults


def swap(new: Path, site: Path) -> None:
    """Put ``new`` in the place of ``site``; at no moment is there a half-made site.

    On Linux in one step (renameat2 with RENAME_EXCHANGE). Elsewhere in two renames; ``recover``
    finishes the job if the process dies between them.
    """
    old = WORK / "site-old"
    shutil.rmtree(old, ignore_errors=True)
    if not site.exists():
        new.rename(site)
        return
    if sys.platform == "linux":
        exchange = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
        # -100: AT_FDCWD, 2: RENAME_EXCHANGE (renameat2(2))
        if exchange and exchange(-100, os.fsencode(new), -100, os.fsencode(site), 2) == 0:
            shutil.rmtree(new, ignore_errors=True)
            return
    site.rename(old)
    new.rename(site)
    shutil.rmtree(old, ignore_errors=True)


def recover(site: Path) -> None:
    """Undo what a killed build left: a site moved aside, half-made folders."""
    old = WORK / "site-old"
    if old.is_dir() and not site.exists():
        old.rename(site)
    for left in WORK.glob("site-*"):
        shutil.rmtree(left, ignore_errors=True)


def build(
    root: Path,
    site: Path,
    pdf: bool = True,
    same: Sequence[str] = (),
    accept: bool = False,
) -> int:
    """Check, build, validate and swap in the site of ``root``; return the exit code.

    ``same``: promised addresses whose heading has got other words of the same meaning. ``accept``:
    promise the new addresses, when all else is right. See permalinks.py.
    """
    from mkdocs.exceptions import MkDocsException

    from scripts import permalinks
    from scripts.checks import reviews
    from scripts.content.content import Content, read_pages
    from scripts.core.config import Config, check_config, read_config
    from scripts.core.findings import report
    from scripts.paper import typeset
    from scripts.paper.handouts import add_handouts
    from scripts.paper.slides import FOLDER as SLIDES
    from scripts.paper.slides import add_slides
    from scripts.publish.assets import compress
    from scripts.publish.catalogue import add_catalogue
    from scripts.publish.embeds import add_embeds
    from scripts.publish.feed import add_feed
    from scripts.publish.offline import PACK, add_offline
    from scripts.publish.redirects import copy_files
    from scripts.publish.security import add_security_txt, expiry_reminder
    from scripts.publish.servers.folder import add_server_files
    from scripts.validate_links import validate

    started = time.monotonic()
    recover(site)
    docs = root / "docs"
    if not docs.is_dir():
        say('Mappen "docs" finns inte. Hämta hela projektet igen (git clone).')
        return 2
    if pdf and (missing := typeset.missing_library()):
        say(missing)
        return 2
    say("Kontrollerar innehållet …")
    # First: MkDocs reads the registers with mkdocs.yml, and blames that file for their faults.
    findings = check_content(docs)
    try:
        config = Config(root / "mkdocs.yml", "") if findings else read_config(root)
    except MkDocsException as problem:
        say(f"mkdocs.yml kan inte läsas. {kept(site)} MkDocs säger:\n{problem}")
        return 1
    if findings := findings or check_config(config):
        report(findings)
        say(f"Inget byggdes. {kept(site)} Rätta felen ovan och kör igen.")
        return 1

    site_url = config.site_url
    target = WORK / f"site-{os.getpid()}"
    try:
        say("Bygger sidorna …")
        built, warnings = run_mkdocs(root, target)
        faults: list[Finding] = []
        # --strict stops after the last page. Without all of them MkDocs died, and says why.
        files = (target / page.address / "index.html" for page in read_pages(docs))
        whole = built or all(file.is_file() for file in files)
        no_slides: list[Finding] = []
        if whole:
            no_slides = add_slides(docs, target, site_url)
            faults += no_slides if built else []  # a page with a fault: one message is enough
            faults += add_embeds(docs, target)
            faults += add_files(docs, target, site_url)
        if built:
            say("Gör utskrifterna …")
            faults += add_handouts(docs, target, site_url, pdf)
        if whole:  # else pages that name these files would have dead links, too
            add_catalogue(docs, target, site_url)
            add_feed(docs, target, site_url)
            faults += copy_files(docs, target, dt.date.today())
            add_offline(target, site_url)
            add_security_txt(target, config)
            add_server_files(docs, target, site_url, config.frame_ancestors)
            say("Kontrollerar länkar, ankare och filer …")
            contract = permalinks.compare(target, docs, dt.date.today(), pdf=pdf)
            if same:
                if wrong := permalinks.same(contract, same):
                    say(f"Ingenting skrevs. Varken löftet eller sajten har: {', '.join(wrong)}")
                contract = permalinks.compare(target, docs, dt.date.today(), pdf=pdf)
            faults += [
                finding
                for finding in validate(target, site_url, docs, "site", with_orphans=True)
                # a page that says what is gone is for those who have its address
                if finding.rule != "orphan-page" or finding.target not in contract.register.retired
                if not no_slides or SLIDES not in finding.target  # every page's menu links there
            ]
        if built:
            faults += contract.findings()
        if faults or not built:
            # Our own findings say more than MkDocs'; its words only where we have none.
            report(faults) if faults else print("\n".join(warnings))
            say(f"Bygget stoppades. {kept(site)} Rätta felen ovan och kör igen.")
            return 1
        if accept:
            say(f"Nya adresser utlovade: {permalinks.accept(contract)}.")
        compress(target)
        pages = sum(1 for _ in target.rglob("*.html"))
        swap(target, site)
    finally:
        shutil.rmtree(target, ignore_errors=True)
    if overdue := list(reviews.check(Content.read(docs), dt.date.today())):
        say(f"{len(overdue)} sidor har passerat sin granskning: python -m scripts.check reviews")
    if old := old_assessment(docs, dt.date.today()):
        say(old)
    if expiry := expiry_reminder(config, dt.date.today()):
        say(expiry)
    if (new := len(contract.new())) and not accept:
        say(f"Nya adresser att skriva in när du publicerar: {new} (build.py --accept)")
    say(f"Klart: {pages} sidor i {shown(site)} på {time.monotonic() - started:.1f} sekunder.")
    say("Titta: kör  python3 scripts/build.py --serve")
    # Opened as a file, a link to a folder shows a list of files.
    say(f"Utan server: packa upp {shown(site)}{PACK} och öppna index.html i den.")
    return 0


def old_assessment(docs: Path, today: dt.date) -> str:
    """Return a reminder when the accessibility statement rests on an assessment over a year old."""
    from scripts.content.content import read_registers

    assessed = read_registers(docs).accessibility.get("assessed_on")
    if assessed is None or today - assessed <= dt.timedelta(days=365):
        return ""
    return (
        f"Tillgängligheten bedömdes senast {assessed}. Pröva sajten igen och ändra "
        "docs/_data/accessibility.yml."
    )


def kept(site: Path) -> str:
    return "Den förra versionen i site/ är orörd." if site.exists() else ""


def shown(site: Path) -> str:
    """Return the folder as the reader would type it."""
    try:
        return f"{site.relative_to(Path.cwd())}/"
    except ValueError:
        return f"{site}/"


def serve(root: Path, port: int) -> int:
    """Show the site on this machine and rebuild it at each saved change, faults and all."""
    from scripts.core.findings import report

    if findings := check_content(root / "docs"):
        report(findings)
    say(f"Visar sidan på http://127.0.0.1:{port}/ (avsluta med Ctrl+C)")
    address = f"127.0.0.1:{port}"
    try:
        return subprocess.run(
            [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", address],
            cwd=root,
            env={**mkdocs_environment(root / "docs"), "SITE_URL": f"http://{address}/"},
        ).returncode
    except KeyboardInterrupt:
        return 0


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="python3 scripts/build.py",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--serve", action="store_true", help="visa sidan på den här datorn och bygg om vid ändring"
    )
    parser.add_argument(
        "--no-pdf", action="store_true", help="hoppa över PDF-filerna (de behöver Pango)"
    )
    parser.add_argument(
        "--same",
        nargs="+",
        default=[],
        metavar="ADRESS",
        help="utlovade adresser vars rubrik har fått andra ord med samma betydelse",
    )
    parser.add_argument(
        "--accept", action="store_true", help="lova de nya adresserna, när allt stämmer"
    )
    parser.add_argument("--port", type=int, default=DEFAULT_PORT, help="port för --serve")
    args = parser.parse_args(argv)
    code = environment.enter(Path(__file__).resolve(), REQUIREMENTS, argv)
    if code is not None:
        return code
    if args.serve:
        return serve(ROOT, args.port)
    with environment.only_one("build"):
        return build(ROOT, ROOT / "site", not args.no_pdf, args.same, args.accept)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
