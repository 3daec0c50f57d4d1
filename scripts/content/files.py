"""The files of docs/: pages, registers and a logo are allowed; anything else would be published
unseen."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from scripts.core.findings import Finding
from scripts.core.swedish import nearest

DATA = "_data"
PICTURES = (".jpeg", ".jpg", ".png", ".webp")  # a logo, and a favicon
NO_PICTURES = "Bilder används inte än: en bildfil kan berätta var och när den togs."
# Files beside the registers that the permalinks and the link validator write.
PERMALINKS = "permalinks.txt"
GENERATED_FILES = (PERMALINKS, "link-state.json")
LAW = "law"  # a folder beside them: the statute sections that the site cites, verbatim
AUDIT = "audit"  # a folder beside them: budgets and queries, which scripts.audit alone reads
SCHEMAS = "schemas"  # a folder beside them: made from the fields' types, see checks/schemas.py
NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\.[a-z]+")  # "logga.png", "utl.md"
MIN_NAME_LENGTH = 4  # letters of a page's name; a shorter one is a typing error from any other


@dataclass(frozen=True)
class SourceFile:
    """A file to read. It is part of a cache key: a changed file differs in ``modified``."""

    file: Path
    path: PurePosixPath  # in its folder, docs/ or tillagg/: "odla/tomat.md"
    display_path: PurePosixPath  # as findings name it
    modified: int  # nanoseconds
    size: int  # bytes


def display_path(file: Path, root: Path) -> PurePosixPath:
    """Return a file or folder as findings in the project ``root`` name it: "docs/a.md", or
    "../nationell/docs/a.md"."""
    return PurePosixPath(Path(os.path.relpath(file, root)).as_posix())


def source_file(file: Path, folder: Path, root: Path) -> SourceFile:
    """Return a file of ``folder``, in the project ``root``, as it is now."""
    status = file.stat()
    path = PurePosixPath(file.relative_to(folder).as_posix())
    return SourceFile(file, path, display_path(file, root), status.st_mtime_ns, status.st_size)


def visible_files(folder: Path) -> Iterator[Path]:
    """Yield the files and folders in ``folder``, sorted, without those that begin with a full stop
    and what is in them: MkDocs, too, leaves them alone."""
    for file in sorted(folder.rglob("*")):
        if not any(part.startswith(".") for part in file.relative_to(folder).parts):
            yield file


def list_docs(docs: Path, root: Path) -> tuple[list[SourceFile], list[Finding]]:
    """Return the pages, registers and statutes of the folder ``docs``, sorted, and a finding for
    each file that may not be there. ``root``: the project's folder."""
    sources: list[SourceFile] = []
    findings: dict[Path, Finding] = {}
    for file in visible_files(docs):
        path = file.relative_to(docs)
        if path.parts[:2] == (DATA, SCHEMAS) or any(folder in findings for folder in file.parents):
            continue
        error = _placement_error(path, file.is_dir())
        if error:
            findings[file] = Finding(display_path(file, root), 1, "unknown-file", error)
        elif file.suffix in (".md", ".yml"):
            sources.append(source_file(file, docs, root))
    return sources, list(findings.values())


def picture_files(docs: Path) -> list[Path]:
    """Return the pictures in ``docs``, sorted."""
    return [file for file in sorted(docs.rglob("*")) if file.suffix in PICTURES]


def unused_pictures(docs: Path, used: Collection[str], root: Path) -> list[Finding]:
    """Return a finding for each picture of ``docs``, in the project ``root``, that is neither the
    logo nor the favicon, whose paths in docs/ are ``used``.

    Nothing takes out what a camera writes in a picture, and that would be published.
    """
    message = (
        f"{NO_PICTURES} Ta bort filen. Är det en logga? Skriv dess namn som logo eller favicon, "
        "under theme i mkdocs.yml."
    )
    return [
        Finding(display_path(file, root), 1, "picture", message)
        for file in picture_files(docs)
        if file.relative_to(docs).as_posix() not in used
    ]


def _placement_error(path: Path, is_folder: bool) -> str:
    """Return why a file or folder may not be at ``path`` in docs/, in Swedish; "" if it may."""
    if is_folder:
        has_dot = "." in path.name
        return "en mapp kan inte heta så. Ta bort punkten ur namnet." if has_dot else ""
    if path.parts[0] == DATA:
        if _belongs_to_data(path):
            return ""
        return f"hör inte hemma här: mappen {DATA} har bara register (.yml). Ta bort filen."
    if path.suffix == ".md":
        return ""
    if path.suffix not in PICTURES:
        kinds = f"sidor (.md) och en logga ({', '.join(PICTURES)})"
        return f"skulle publiceras för alla. Här får bara {kinds} ligga. Flytta filen."
    if not NAME.fullmatch(path.name):
        return f'"{path.name}" blir en adress: skriv små bokstäver a–z, siffror och bindestreck.'
    return ""


def _belongs_to_data(path: Path) -> bool:
    """Whether a file may be in docs/_data/: a register, a generated file, a statute, or a file of
    the audit."""
    is_statute = path.parts[1] == LAW and path.suffix == ".md" and NAME.fullmatch(path.name)
    is_register = path.suffix == ".yml" or path.name in GENERATED_FILES
    return bool(is_register or is_statute or path.parts[1] == AUDIT)


def find_similar_page(path: PurePosixPath, pages: Iterable[PurePosixPath]) -> str:
    """Return the page that ``path`` probably means: the only one with that name in another folder,
    or the one whose name differs by a typing error; "" if there is none."""
    others = [page for page in pages if page.stem != "index"]
    same_name = [page for page in others if page.name == path.name]
    if len(same_name) == 1:
        return str(same_name[0])
    if len(path.stem) < MIN_NAME_LENGTH:
        return ""
    by_name = {page.stem: page for page in others}
    near = nearest(path.stem, by_name)
    return str(by_name[near]) if near else ""
