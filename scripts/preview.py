"""The preview: builds the site at each saved change and serves it on this machine.

The steps are those of a build. A page whose text has changed is shown at once, inside the last
built page; the whole site follows, with the findings that would stop a build, in the terminal and
on each page. A process of its own builds the whole site, and a newer change ends it: an editor who
saves never waits for it. Changes in scripts/ need a new start.
"""

from __future__ import annotations

import datetime as dt
import gc
import multiprocessing
import os
import shutil
import signal
import threading
import time
from collections.abc import Iterator, Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TypeAlias

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from scripts import pipeline
from scripts.content.content import Content
from scripts.content.project import Project
from scripts.content.settings_files import national_root
from scripts.content.supplements import SUPPLEMENTS_FOLDER as SUPPLEMENTS
from scripts.core.environment import ROOT, WORK, explain, lock, log, print_result
from scripts.core.findings import ContentError, Finding, is_fault, report
from scripts.site import mkdocs
from scripts.site.html_site import HtmlPage, HtmlSite, replace_with_html
from scripts.site.page_chrome import decorate_pages
from scripts.site.preview_server import PreviewState, start

FOLDER = WORK / "preview"
EMPTY_PAGE = (
    '<!doctype html><html lang="sv"><title>Förhandsvisning</title><body><h1>Inget att visa än</h1>'
)
WATCHED = ("docs", "overrides", "mkdocs.yml", SUPPLEMENTS)
CHANGES = ("created", "modified", "moved", "deleted")
QUIET_TIME = 0.1  # seconds without an event: one save of an editor is several events

# A result of the pipeline as one process sends it to another: whether the pages can be shown, the
# faults so far, and MkDocs' findings.
Sent: TypeAlias = tuple[bool, list[Finding], list[Finding]]


def build(results: Connection, root: Path, target: Path, pdf: bool) -> None:
    """Build the project in ``root`` into ``target``, and send each result of the pipeline."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C ends the preview, and that ends this
    gc.set_threshold(*pipeline.GC_THRESHOLDS)
    project = Project.load(root, pdf=pdf)
    known = pipeline.check_project(project, dt.date.today())
    for result in pipeline.run_pipeline(project, target, known):
        faults = list(filter(is_fault, [*known, *result.findings]))
        results.send((result.site is not None, faults, result.mkdocs_findings))


class Preview(FileSystemEventHandler):
    """Builds of the project in ``root``, each into a folder of its own, and served by ``live``.
    Receives the events of the files in ``watched``."""

    def __init__(self, root: Path, live: PreviewState, pdf: bool) -> None:
        self.root = root
        self.live = live
        self.pdf = pdf
        self.built: Content | None = None  # the content of the folder that is served
        self.changed = threading.Event()  # set while a file is newer than the build
        self.number = 0  # of builds
        self.first_save = 0.0  # when the oldest change that isn't built was saved
        # also the national project, and the one whose overrides/ are used
        roots = {root, ROOT, national_root(root) or root}
        self.watched = [place / name for place in roots for name in WATCHED]
        shutil.rmtree(FOLDER, ignore_errors=True)
        first = FOLDER / "0"
        first.mkdir(parents=True)
        for name in ("index.html", "404.html"):
            (first / name).write_text(EMPTY_PAGE, encoding="utf-8")
        live.show(first)

    def update(self) -> None:
        """Build and show the site as the files are now, then the findings that would stop a
        build."""
        saved = self.first_save or time.time()
        self.first_save = 0.0
        try:
            project = Project.load(self.root, pdf=self.pdf)
        except ContentError as error:
            return self.show_findings(error.findings, stale=True)
        if project.findings:
            return self.show_findings(project.findings, stale=True)
        if self.show_changed_pages(project):
            log(f"Visas efter {time.time() - saved:.1f} sekunder; resten följer.")
        self.number += 1
        target = FOLDER / str(self.number)
        findings: list[Finding] = []
        for has_pages, faults, mkdocs_findings in self.build_site(target):
            findings = faults or mkdocs_findings
            if not has_pages:
                return self.show_findings(findings, stale=True)
            self.live.show(target)
            self.built = project.content
        if self.changed.is_set():
            return
        log(f"Hela sajten efter {time.time() - saved:.1f} sekunder.")
        self.show_findings(findings)
        for old in FOLDER.iterdir():
            if old != target:
                shutil.rmtree(old, ignore_errors=True)

    def build_site(self, target: Path) -> Iterator[Sent]:
        """Yield each result that ``build`` sends from a process of its own, until a file changes.
        Raises EOFError where the process dies; its traceback is in the terminal."""
        process = multiprocessing.get_context("spawn")  # there are threads here: no fork
        receiver, sender = process.Pipe(duplex=False)
        arguments = (sender, self.root, target, self.pdf)
        builder = process.Process(target=build, args=arguments, daemon=True)
        builder.start()
        sender.close()
        try:
            for _ in range(2):
                while not receiver.poll(QUIET_TIME):
                    if self.changed.is_set():
                        return
                yield receiver.recv()
        finally:
            builder.kill()
            builder.join()

    def show_changed_pages(self, project: Project) -> bool:
        """Show the pages whose text alone has changed inside those of the last build, with what
        these load. Return False where more has changed, or nothing."""
        content, config = project.content, project.config
        if self.built is None or self.live.root is None:
            return False
        before, shown = self.built, self.live.root
        if content.files != before.files or content.pages.keys() != before.pages.keys():
            return False
        changed = [
            page
            for path, page in content.pages.items()
            if page.markdown != before.pages[path].markdown
        ]
        if not changed:
            return False
        scratch = FOLDER / "one"
        shutil.rmtree(scratch, ignore_errors=True)
        mkdocs.render(config, scratch, content, only={page.path for page in changed})
        rendered = HtmlSite(scratch, config.site_url)
        decorate_pages(content, rendered, config)
        for page in changed:
            new = rendered.pages[page.address]
            file = shown / new.file
            old = HtmlPage(new.address, file.read_bytes())
            replace_with_html(old.content, new.content.html or "")
            file.write_text(old.html(), encoding="utf-8")
        self.live.show(shown, f"-{time.monotonic_ns()}")
        return True

    def show_findings(self, findings: Sequence[Finding], stale: bool = False) -> None:
        """Show findings in the terminal and on the pages, or that there are none. ``stale``: the
        served pages are from before them."""
        report(findings)
        self.live.set_findings(sorted(set(findings)), stale)

    def show_error(self, message: str) -> None:
        """Show why a build failed that no finding explains."""
        print_result(message)
        self.live.set_findings([message], stale=True)

    def on_any_event(self, event: FileSystemEvent) -> None:
        path = Path(os.fsdecode(event.src_path))
        if event.event_type in CHANGES and any(map(path.is_relative_to, self.watched)):
            self.first_save = self.first_save or time.time()
            self.changed.set()


def serve(root: Path, port: int, pdf: bool = False) -> int:
    """Show the project in ``root`` on this machine until Ctrl+C; return the exit code."""
    address = f"http://127.0.0.1:{port}/"
    os.environ["SITE_URL"] = address
    live = PreviewState()
    observer = Observer()
    with lock("preview"):
        preview = Preview(root, live, pdf)
        changed = preview.changed
        try:
            server = start(live, port)
        except (OSError, OverflowError) as error:
            log(f"Porten {port} kan inte användas ({error}). Välj en annan: --port 8001")
            return 2
        for place in {*preview.watched, *(watched.parent for watched in preview.watched)}:
            if place.is_dir():
                observer.schedule(preview, str(place), recursive=place in preview.watched)
        observer.start()
        try:
            while True:
                try:
                    preview.update()
                except Exception as error:  # of a half-written file: the next may be whole
                    preview.show_error(explain(error))
                log(f"Visar sidan på {address} (avsluta med Ctrl+C)")
                changed.wait()
                while changed.is_set():  # until nothing more is written
                    changed.clear()
                    time.sleep(QUIET_TIME)
        except KeyboardInterrupt:
            return 0
        finally:
            observer.stop()
            server.shutdown()
            shutil.rmtree(FOLDER, ignore_errors=True)
