"""The preview: the site built at each saved change, and shown on this machine.

The same steps as in a build. A page whose text has changed is shown at once, in the frame that it
had; then the whole site, and what would stop a build: the terminal and each page tell of it. The
whole is built by a process of its own, which a newer change ends: who saves never waits for it.
Changes in scripts/ need a new start.
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

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from scripts import pipeline
from scripts.content.content import Content
from scripts.content.project import Project
from scripts.content.settings_files import inherited_root
from scripts.content.supplements import FOLDER as SUPPLEMENTS
from scripts.core.environment import ROOT, WORK, only_one, say, show, why
from scripts.core.findings import ContentError, Finding, is_fault, report
from scripts.site import mkdocs
from scripts.site.html_site import HtmlPage, HtmlSite, replace_with_html
from scripts.site.page_chrome import decorate_pages
from scripts.site.preview_server import PreviewState, start

FOLDER = WORK / "preview"
EMPTY = (
    '<!doctype html><html lang="sv"><title>Förhandsvisning</title><body><h1>Inget att visa än</h1>'
)
WATCHED = ("docs", "overrides", "mkdocs.yml", SUPPLEMENTS)
CHANGES = ("created", "modified", "moved", "deleted")
REST = 0.1  # seconds of stillness: an editor's save is several events


def build(results: Connection, root: Path, target: Path, pdf: bool) -> None:
    """Build the project in ``root`` into ``target``. Send each result of the pipeline: whether it
    can be shown, the faults so far, and MkDocs' findings."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C ends the preview, and that ends this
    gc.set_threshold(*pipeline.GC_THRESHOLDS)
    project = Project.load(root, pdf=pdf)
    found = pipeline.check_content(project.content, dt.date.today())
    for result in pipeline.run_pipeline(project, target, found):
        faults = list(filter(is_fault, [*found, *result.findings]))
        results.send((result.site is not None, faults, result.mkdocs_findings))


class Preview(FileSystemEventHandler):
    """Builds of the project in ``root``, each into a folder of its own, shown by ``live``; hears
    of what is saved in ``watched``."""

    def __init__(self, root: Path, live: PreviewState, pdf: bool) -> None:
        self.root, self.live = root, live
        self.pdf = pdf
        self.built: Content | None = None  # of what the folder that is shown was built
        self.changed = threading.Event()  # something is newer than what is built
        self.number = 0  # of builds
        self.since = 0.0  # when the first of what is newer was saved: an editor waits from then
        # the national project's, too, where this one inherits it, and ours
        roots = {root, ROOT, inherited_root(root) or root}
        self.watched = [place / name for place in roots for name in WATCHED]
        shutil.rmtree(FOLDER, ignore_errors=True)
        first = FOLDER / "0"
        first.mkdir(parents=True)
        for name in ("index.html", "404.html"):
            (first / name).write_text(EMPTY, encoding="utf-8")
        live.show(first)

    def update(self) -> None:
        """Build and show what the files say now, then tell what would stop a build."""
        saved, self.since = self.since or time.time(), 0.0
        try:
            project = Project.load(self.root, pdf=self.pdf)
        except ContentError as error:
            return self.tell(error.findings, stale=True)
        if project.findings:
            return self.tell(project.findings, stale=True)
        if self.show_texts(project):
            say(f"Visas efter {time.time() - saved:.1f} sekunder; resten följer.")
        self.number += 1
        target = FOLDER / str(self.number)
        told = list[Finding | str]()
        for shows, faults, words in self.whole(target):
            told = [*faults] or [*words]
            if not shows:
                return self.tell(told, stale=True)
            self.live.show(target)
            self.built = project.content
        if self.changed.is_set():
            return
        say(f"Hela sajten efter {time.time() - saved:.1f} sekunder.")
        self.tell(told)
        for old in FOLDER.iterdir():
            if old != target:
                shutil.rmtree(old, ignore_errors=True)

    def whole(self, target: Path) -> Iterator[tuple[bool, list[Finding], list[str]]]:
        """Yield what comes of the whole site, as ``build`` tells it, until something has changed.
        Raises EOFError where it dies; its own words are in the terminal."""
        process = multiprocessing.get_context("spawn")  # there are threads here: no fork
        here, there = process.Pipe(duplex=False)
        given = (there, self.root, target, self.pdf)
        builder = process.Process(target=build, args=given, daemon=True)
        builder.start()
        there.close()
        try:
            for _ in range(2):
                while not here.poll(REST):
                    if self.changed.is_set():
                        return
                yield here.recv()
        finally:
            builder.kill()
            builder.join()

    def show_texts(self, project: Project) -> bool:
        """Show pages whose text alone has changed in the frames of the last build, with what they
        load there; return False where more has changed, or nothing."""
        content, config = project.content, project.config
        if self.built is None or self.live.root is None:
            return False
        before, shown = self.built, self.live.root
        if content.files != before.files or content.pages.keys() != before.pages.keys():
            return False
        own = [p for path, p in content.pages.items() if p.markdown != before.pages[path].markdown]
        if not own:
            return False
        scratch = FOLDER / "one"
        shutil.rmtree(scratch, ignore_errors=True)
        mkdocs.render(config, scratch, content, own)
        texts = HtmlSite(scratch, config.site_url)
        decorate_pages(content, texts, config)
        for page in texts.pages.values():
            file = shown / page.file
            old = HtmlPage(page.address, file.read_bytes())
            replace_with_html(old.content, page.content.html or "")
            file.write_text(old.html(), encoding="utf-8")
        self.live.show(shown, f"-{time.monotonic_ns()}")
        return True

    def tell(self, findings: Sequence[Finding | str], stale: bool = False) -> None:
        """Say in the terminal and on the pages what is wrong, or that nothing is."""
        faults = [finding for finding in findings if isinstance(finding, Finding)]
        report(faults) if faults or not findings else show("\n".join(map(str, findings)))
        self.live.set_findings(sorted(set(faults)) or findings, stale)

    def on_any_event(self, event: FileSystemEvent) -> None:
        path = Path(os.fsdecode(event.src_path))
        if event.event_type in CHANGES and any(map(path.is_relative_to, self.watched)):
            self.since = self.since or time.time()
            self.changed.set()


def serve(root: Path, port: int, pdf: bool = False) -> int:
    """Show the project in ``root`` on this machine until Ctrl+C; return the exit code."""
    address = f"http://127.0.0.1:{port}/"
    os.environ["SITE_URL"] = address
    live, observer = PreviewState(), Observer()
    with only_one("preview"):
        preview = Preview(root, live, pdf)
        changed = preview.changed
        try:
            server = start(live, port)
        except (OSError, OverflowError) as error:
            say(f"Porten {port} kan inte användas ({error}). Välj en annan: --port 8001")
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
                    preview.tell([why(error)], stale=True)
                say(f"Visar sidan på {address} (avsluta med Ctrl+C)")
                changed.wait()
                while changed.is_set():  # until nothing more is written
                    changed.clear()
                    time.sleep(REST)
        except KeyboardInterrupt:
            return 0
        finally:
            observer.stop()
            server.shutdown()
            shutil.rmtree(FOLDER, ignore_errors=True)
