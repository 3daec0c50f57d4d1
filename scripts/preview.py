"""The preview: the site built at each saved change, and shown on this machine.

The same steps as in a build. A page whose text has changed is shown at once, in the frame that it
had; then the whole site, and what would stop a build: the terminal and each page tell of it.
Changes in scripts/ need a new start.
"""

from __future__ import annotations

import datetime as dt
import gc
import os
import shutil
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from scripts import steps
from scripts.content.config import Config
from scripts.content.content import Content
from scripts.content.folder import ADDED, Folder
from scripts.core.environment import ROOT, WORK, only_one, say, why
from scripts.core.findings import ContentError, Finding, is_fault, report
from scripts.publish import mkdocs
from scripts.publish.around import add_around
from scripts.publish.built import BuiltSite, put_instead
from scripts.publish.live import Live, start

FOLDER = WORK / "preview"
EMPTY = (
    '<!doctype html><html lang="sv"><title>Förhandsvisning</title><body><h1>Inget att visa än</h1>'
)
WATCHED = ("docs", "overrides", "mkdocs.yml", ADDED)
CHANGES = ("created", "modified", "moved", "deleted")
REST = 0.1  # seconds of stillness: an editor's save is several events


class Preview:
    """Builds of the project in ``root``, each into a folder of its own, shown by ``live``."""

    def __init__(self, root: Path, live: Live, pdf: bool) -> None:
        self.root, self.live = root, live
        self.pdf = pdf
        self.built: tuple[BuiltSite, Content] | None = None  # last, and of what
        self.number, self.begun = 0, time.time()  # of builds; when the last one began
        gc.set_threshold(*steps.GARBAGE)
        shutil.rmtree(FOLDER, ignore_errors=True)
        first = FOLDER / "0"
        first.mkdir(parents=True)
        for name in ("index.html", "404.html"):
            (first / name).write_text(EMPTY, encoding="utf-8")
        live.show(first)

    def update(self) -> None:
        """Build and show what the files say now, then tell what would stop a build."""
        saved, today = self.saved(), dt.date.today()
        folder = Folder.read(self.root, today)
        if folder.faults:
            return self.tell(folder.faults, stale=True)
        content = Content.read(folder.root / "docs", folder.own / "docs")
        if content.faults:
            return self.tell(folder.placed(content.faults), stale=True)
        try:
            config = steps.read_settings(folder.root, pdf=self.pdf)
        except ContentError as fault:
            return self.tell(folder.placed(fault.findings), stale=True)
        if self.show_texts(content, config):
            say(f"Visas efter {time.time() - saved:.1f} sekunder; resten följer.")
        self.number += 1
        target, told = FOLDER / str(self.number), steps.check_content(content, today)
        made = steps.Made([], [])
        for made in steps.make(content, config, target, told):
            if made.site is None:
                return self.tell(made.words, stale=True)
            self.live.show(target)
        self.built = (made.site, content) if made.site else None
        say(f"Hela sajten efter {time.time() - saved:.1f} sekunder.")
        faults = folder.placed([*config.faults, *told, *made.findings])
        self.tell([fault for fault in faults if is_fault(fault)] or made.words)
        shutil.rmtree(FOLDER / str(self.number - 2), ignore_errors=True)

    def saved(self) -> float:
        """Return when what is to be built was saved: the first change since the last time, for that
        is what an editor waits for; now where nothing says."""
        files = (file.stat() for file in self.root.glob("docs/**/*.*"))
        now, before = time.time(), self.begun
        self.begun = now
        return min((s.st_mtime for s in files if before < s.st_mtime < now), default=now)

    def show_texts(self, content: Content, config: Config) -> bool:
        """Show pages whose text alone has changed in the frames of the last build, with what they
        load there; return False where more has changed, or nothing."""
        if self.built is None:
            return False
        site, before = self.built
        if content.files != before.files or content.pages.keys() != before.pages.keys():
            return False
        own = [p for path, p in content.pages.items() if p.source != before.pages[path].source]
        if not own:
            return False
        scratch = FOLDER / "one"
        shutil.rmtree(scratch, ignore_errors=True)
        mkdocs.render(config, scratch, content, own)
        texts = BuiltSite(scratch, config.site_url)
        add_around(content, texts, config)
        for page in texts.pages.values():
            old = site.pages[page.address]
            put_instead(old.content, page.content.html or "")
            site.file(page.address).write_text(old.html(), encoding="utf-8")
        self.live.show(site.root, f"-{time.monotonic_ns()}")
        return True

    def tell(self, findings: Sequence[Finding | str], stale: bool = False) -> None:
        """Say in the terminal and on the pages what is wrong, or that nothing is."""
        faults = [finding for finding in findings if isinstance(finding, Finding)]
        report(faults) if faults or not findings else print("\n".join(map(str, findings)))
        self.live.tell(sorted(set(faults)) or findings, stale)


class _Watcher(FileSystemEventHandler):
    def __init__(self, roots: list[Path], changed: threading.Event) -> None:
        self.watched = [root / name for root in roots for name in WATCHED]
        self.changed = changed

    def on_any_event(self, event: FileSystemEvent) -> None:
        path = Path(os.fsdecode(event.src_path))
        if event.event_type in CHANGES and any(map(path.is_relative_to, self.watched)):
            self.changed.set()


def serve(root: Path, port: int, pdf: bool = False) -> int:
    """Show the project in ``root`` on this machine until Ctrl+C; return the exit code."""
    address = f"http://127.0.0.1:{port}/"
    os.environ["SITE_URL"] = address
    live, changed, observer = Live(), threading.Event(), Observer()
    with only_one("preview"):
        preview = Preview(root, live, pdf)
        try:
            server = start(live, port)
        except (OSError, OverflowError) as error:
            say(f"Porten {port} kan inte användas ({error}). Välj en annan: --port 8001")
            return 2
        roots = list({root, ROOT, Folder.read(root, dt.date.today()).base or root})
        watcher: Any = _Watcher(roots, changed)
        for place in (*roots, *watcher.watched):
            if place.is_dir():
                observer.schedule(watcher, str(place), recursive=place not in roots)
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
