"""A municipality's folder, laid over the national site: what a build reads, and where it was
written.

The folder's mkdocs.yml says INHERIT, and then its own settings. tillagg/ has its own lines, docs/,
if it is there, its own pages and rows. Laid together they are a project like any other, in
.build/laid/ in the folder, and what reads docs/ knows nothing of folders. A folder adds: what is
national is never changed by it, so an update never conflicts.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any

from scripts.content import additions
from scripts.content.additions import Addition
from scripts.content.config import CONFIG, ENV, own_numbers
from scripts.content.content import Content
from scripts.content.files import DATA, KEPT, listed
from scripts.content.layers import Place, over
from scripts.content.missing import near_page
from scripts.content.yaml_file import RegisterFile, parse_yaml, read_text
from scripts.core.findings import ContentError, Finding, is_fault

DOCS, ADDED, LAID = "docs", "tillagg", ".build/laid"


@dataclass
class Folder:
    """What a build reads, and where it was written."""

    own: Path  # where the site's own is: its promise, site/ and .build/
    root: Path  # the project as it is read: docs/ and mkdocs.yml
    base: Path  # the national project; ``own`` for a site that has none
    faults: list[Finding] = field(default_factory=list)
    # Of the files that are made of several, the place of each line.
    places: dict[PurePosixPath, list[Place]] = field(default_factory=dict)
    additions: list[Addition] = field(default_factory=list)

    @staticmethod
    def read(own: Path, today: dt.date) -> Folder:
        """Return the folder ``own``, laid over what its mkdocs.yml inherits, if it does. ``today``
        judges the additions' dates. Raises OSError; what an editor can mend is in its faults."""
        own = own.resolve()
        try:
            text = read_text(own / CONFIG, CONFIG)
            given = parse_yaml(ENV.sub("", text), CONFIG)
        except ContentError:  # who reads the settings tells of it
            return Folder(own, own, own)
        if "INHERIT" not in given:
            return Folder(own, own, own)
        inherited = (own / str(given["INHERIT"])).resolve()
        found = Folder(own, own / LAID, inherited.parent)
        shutil.rmtree(found.root, ignore_errors=True)
        (found.root / DOCS).mkdir(parents=True)
        with _gathered(found.faults):
            settings = RegisterFile(CONFIG, text, given)
            if not inherited.is_file():
                message = f'"{given["INHERIT"]}" finns inte. Skriv vägen till den nationella filen.'
                raise ContentError(Finding(CONFIG, settings.line("INHERIT"), "no-base", message))
            sender = found._lay_settings(inherited, settings)
            found._lay_files()
            for file in sorted((own / ADDED).rglob("*")):
                with _gathered(found.faults):
                    if file.is_file() and not file.name.startswith("."):
                        found._hang(file, sender, today)
        found.faults.sort()
        return found

    def place(self, finding: Finding) -> Finding:
        """Return a finding where an editor can mend it."""
        path, line = finding.path, finding.line
        if rows := self.places.get(path):
            path, line = rows[min(line, len(rows)) - 1]
        elif self.base != self.own and path.parts[0] == DOCS and path.name not in KEPT:
            path = path if (self.own / path).is_file() else _way(self.own, self.base) / path
        return replace(finding, path=path, line=line)

    def placed(self, findings: Iterable[Finding]) -> list[Finding]:
        """Return findings where an editor can mend them; of what is only to be tidied away, or when
        there is time, what is in the folder."""
        found = map(self.place, findings)
        if self.base == self.own:
            return list(found)
        way = _way(self.own, self.base)
        return [f for f in found if is_fault(f) or not f.path.is_relative_to(way)]

    def notes(self, content: Content, today: dt.date) -> Iterator[Finding]:
        """Yield what of the additions somebody should read again."""
        return additions.notes(self.additions, content, self.places, today)

    def _write(self, path: PurePosixPath, text: str, places: list[Place]) -> None:
        (self.root / path).write_text(text, encoding="utf-8", newline="\n")
        self.places[path] = places

    def _lay_settings(self, inherited: Path, own: RegisterFile) -> str:
        """Write mkdocs.yml; return the sender's name. Raises ContentError."""
        shown = _way(self.own, inherited)
        base = RegisterFile(shown, read_text(inherited, shown))
        if "INHERIT" in parse_yaml(ENV.sub("", base.text), shown):
            message = "ärver i sin tur. Skriv vägen till den nationella mkdocs.yml i er egen."
            raise ContentError(Finding(shown, 1, "no-base", message))
        derived = RegisterFile(CONFIG, f"extra: {{site: {{apart: {apart(own.value)}}}}}\n")
        own = replace(own, text=re.sub(r"^INHERIT:.*$", "", own.text, flags=re.M))
        text, places = over(base, derived, own, settings=True)
        self._write(CONFIG, text, places)
        made = parse_yaml(ENV.sub("", text), CONFIG)
        return str(((made.get("extra") or {}).get("sender") or {}).get("name", ""))

    def _lay_files(self) -> None:
        """Copy docs/ of both, with the rows of both. Raises ContentError."""
        faults, docs = list[Finding](), self.root / DOCS
        for home in {self.base, self.own}:
            way = _way(self.own, home)
            faults += [replace(one, path=way / one.path) for one in listed(home / DOCS)[1]]
        if faults:
            raise ContentError(*faults)
        if self.base != self.own and (self.base / DOCS).is_dir():
            kept = shutil.ignore_patterns(*KEPT)  # what others have promised
            shutil.copytree(self.base / DOCS, docs, ignore=kept, dirs_exist_ok=True)
        for file in sorted((self.own / DOCS).rglob("*")):
            path = PurePosixPath(file.relative_to(self.own).as_posix())
            there = self.root / path
            if file.is_dir() or any(part.startswith(".") for part in path.parts):
                continue
            with _gathered(faults):
                if not there.exists():
                    there.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copy2(file, there)
                elif path.parts[1] == DATA and path.suffix == ".yml":
                    shown = _way(self.own, self.base / path)
                    national = RegisterFile(shown, read_text(there, shown))
                    self._write(path, *over(national, RegisterFile(path, read_text(file, path))))
                else:
                    message = (
                        "finns redan nationellt. En egen mapp lägger till, och ersätter inget: "
                        f"skriv raderna i {ADDED}/, eller byt namn på filen."
                    )
                    faults.append(Finding(path, 1, "national", message))
        if faults:
            raise ContentError(*faults)

    def _hang(self, file: Path, name: str, today: dt.date) -> None:
        """Put the lines of a file in tillagg/ after their sections. Raises ContentError."""
        shown = _way(self.own, file)
        page = shown.relative_to(ADDED)
        path = PurePosixPath(DOCS) / page
        there = self.root / path
        if page.suffix != ".md" or not there.is_file():
            docs = self.root / DOCS
            known = [PurePosixPath(one.relative_to(docs)) for one in docs.rglob("*.md")]
            near = near_page(page, known)
            message = (
                f"{page} finns inte i den ärvda docs/."
                + (f' Menade du "{near}"?' if near else "")
                + " Rader till en sida ligger i en fil med sidans namn. Är sidan borttagen: välj "
                "en annan sida för raderna."
            )
            raise ContentError(Finding(shown, 1, "unknown-page", message))
        found = additions.read(read_text(file, shown), page, shown, today)
        home = _way(self.own, self.base / path)
        lines = read_text(there, home).split("\n")
        rows = [(line, (home, number)) for number, line in enumerate(lines, 1)]
        rows = additions.hung(rows, found, name)
        self._write(path, "\n".join(text for text, _ in rows), [place for _, place in rows])
        self.additions += found


def _way(own: Path, there: Path) -> PurePosixPath:
    """Return a file or folder as findings in the folder ``own`` name it."""
    return PurePosixPath(Path(os.path.relpath(there, own)).as_posix())


def begin(own: Path, base: Path, today: dt.date) -> PurePosixPath:
    """Let the new folder ``own`` inherit ``base``, and hang an example on the first section of its
    start page; return the example's file."""
    settings = (own / CONFIG).read_text(encoding="utf-8")
    inherits = f"INHERIT: {_way(own, base / CONFIG)}"
    text = re.sub(r"^INHERIT:.*$", lambda _: inherits, settings, flags=re.M)
    text = text.replace("#   jour:", f"#   {next(iter(own_numbers(base)), 'jour')}:")
    (own / CONFIG).write_text(text, encoding="utf-8", newline="\n")
    page = Content.read(base / DOCS).pages[PurePosixPath("index.md")]
    section, words = next(iter(page.headings.items()))
    file = own / ADDED / page.path
    file.parent.mkdir(parents=True, exist_ok=True)
    text = additions.example(words, section, today)
    file.write_text(text, encoding="utf-8", newline="\n")
    return _way(own, file)


@contextlib.contextmanager
def _gathered(faults: list[Finding]) -> Iterator[None]:
    try:
        yield
    except ContentError as error:
        faults += error.findings


def apart(given: Mapping[str, Any]) -> str:
    """Return what stands in names that others keep, of a site's own address: two sites on one host
    never share it. ``given``: the folder's mkdocs.yml. Raises ContentError."""
    told = given.get("site_url")
    url = str(told[-1] if isinstance(told, list) and told else told or "")
    if not (name := re.sub(r"[^a-z0-9]+", "-", url.partition("//")[2].lower()).strip("-")):
        message = (
            "site_url saknas. Skriv var er sajt ska ligga: "
            'site_url: !ENV [SITE_URL, "https://kommun.example/stod/"]'
        )
        raise ContentError(Finding(CONFIG, 1, "no-site-url", message))
    return name
