"""The preview: builds the site at each saved change and serves it on this machine.

The steps are those of a build, without the PDF files unless they are asked for. The findings that
would stop a build are in the terminal and on each page, above the last pages that could be built.
Changes in scripts/ need a new start.
"""

from __future__ import annotations

import datetime as dt
import gc
import itertools
import os
import shutil
import time
from collections.abc import Iterable
from pathlib import Path

from scripts import pipeline
from scripts.content.project import Project
from scripts.content.settings_files import national_root
from scripts.content.supplements import SUPPLEMENTS_FOLDER
from scripts.core.environment import ROOT, WORK, lock, log, print_result, record_error
from scripts.core.findings import ContentError, Finding, is_fault, report
from scripts.site.preview_server import PreviewState, start

FOLDER = WORK / "preview"
EMPTY_PAGE = (
    '<!doctype html><html lang="sv"><title>Förhandsvisning</title><body><h1>Inget att visa än</h1>'
    "</body></html>"
)
WATCHED = ("docs", "overrides", "mkdocs.yml", SUPPLEMENTS_FOLDER)
INTERVAL = 0.5  # seconds between two looks at the watched files
MAX_FINDINGS = 8  # on a page; the terminal lists all of them


class Preview:
    """Builds the project in ``root``, each time into a new folder, and sets that as the root of
    ``state``, which the server shows."""

    def __init__(self, root: Path, *, pdf: bool) -> None:
        self.root = root
        self.pdf = pdf
        self.build_numbers = itertools.count(1)
        shutil.rmtree(FOLDER, ignore_errors=True)
        empty = FOLDER / "0"
        empty.mkdir(parents=True)
        (empty / "404.html").write_text(EMPTY_PAGE, encoding="utf-8")
        self.state = PreviewState(empty)

    def update(self) -> None:
        """Build the site as the files are now. Show its pages, or still those of the last build if
        not all could be written, and the findings that would stop scripts/build.py. Delete the
        folders of builds that are no longer shown."""
        started = time.monotonic()
        root_before = self.state.root
        try:
            findings = self.build()
        except Exception as error:  # such as of a half-saved file: the next build may read it whole
            messages = [record_error(error)]
            print_result(messages[0])
        else:
            messages = [str(finding) for finding in sorted(set(findings))]
            report(findings)
        is_stale = self.state.root == root_before
        self.state.message = page_message(messages, is_stale=is_stale)
        if not is_stale:
            log(f"Byggd på {time.monotonic() - started:.1f} sekunder.")
        for folder in FOLDER.iterdir():
            if folder != self.state.root:
                shutil.rmtree(folder, ignore_errors=True)

    def build(self) -> list[Finding]:
        """Build the site into a new folder, and show that if all pages were written; return the
        findings that would stop scripts/build.py."""
        try:
            project = Project.load(self.root, pdf=self.pdf)
        except ContentError as error:
            return list(error.findings)
        if project.findings:
            return list(project.findings)
        # Findings of the checks don't stop this build: the editor sees the page meanwhile.
        content_findings = pipeline.check_project(project, dt.date.today())
        target = FOLDER / str(next(self.build_numbers))
        result = pipeline.run_pipeline(project, target, content_findings)
        if result.has_pages:
            self.state.root = target
        # MkDocs' findings are shown only if we have none: ours are more precise
        faults = list(filter(is_fault, [*content_findings, *result.findings]))
        return faults or result.mkdocs_findings


def page_message(messages: list[str], *, is_stale: bool) -> str:
    """Return the text that every page shows about findings: a heading and the first MAX_FINDINGS
    of their ``messages``; "" if there are none.

    ``is_stale``: whether the pages are those of an earlier build.
    """
    if not messages:
        return ""
    heading = "Den förra versionen visas. Rätta:" if is_stale else "Bygget skulle stoppas. Rätta:"
    lines = [heading, *messages[:MAX_FINDINGS]]
    if len(messages) > MAX_FINDINGS:
        lines.append(f"… och {len(messages) - MAX_FINDINGS} till, i terminalen")
    return "\n".join(lines)


def watched_places(root: Path) -> list[Path]:
    """Return the files and folders that a preview of the project in ``root`` is built from: those
    of the project itself, of the national one that it may inherit, and of this clone (ROOT), whose
    templates are used."""
    roots = {root, ROOT}
    national = national_root(root)
    if national:
        roots.add(national)
    return [folder / name for folder in roots for name in WATCHED]


def file_times(places: Iterable[Path]) -> dict[Path, int]:
    """Return the time of the last change, in nanoseconds, of each of ``places`` and of every file
    and folder below. A place that doesn't exist is left out."""
    times: dict[Path, int] = {}
    for place in places:
        for path in (place, *place.rglob("*")):
            try:
                times[path] = path.stat().st_mtime_ns
            except OSError:  # removed in the meantime
                continue
    return times


def serve(root: Path, port: int, *, pdf: bool = False) -> int:
    """Show the project in ``root`` on this machine, built anew at each saved change, until Ctrl+C;
    return the exit code."""
    url = f"http://127.0.0.1:{port}/"
    os.environ["SITE_URL"] = url  # for mkdocs.yml: absolute links lead to the preview
    gc.set_threshold(*pipeline.GC_THRESHOLDS)
    with lock("preview"):
        preview = Preview(root, pdf=pdf)
        try:
            server = start(preview.state, port)
        except OSError as error:
            log(f"Porten {port} kan inte användas ({error}). Välj en annan: --port 8001")
            return 2
        places = watched_places(root)
        try:
            while True:
                built_times = file_times(places)  # before the build: a save during it isn't lost
                preview.update()
                log(f"Visar sidan på {url} (avsluta med Ctrl+C)")
                while file_times(places) == built_times:
                    time.sleep(INTERVAL)
        except KeyboardInterrupt:
            return 0
        finally:
            server.shutdown()
            server.server_close()
            shutil.rmtree(FOLDER, ignore_errors=True)
