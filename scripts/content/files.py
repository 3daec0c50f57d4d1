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
# Files in docs/_data/ that the permalinks and the link validator write.
PERMALINKS = "permalinks.txt"
GENERATED_FILES = (PERMALINKS, "link-state.json")
# Folders in docs/_data/.
LAW = "law"  # the statute sections that the site cites, verbatim
AUDIT = "audit"  # budgets and queries, which scripts.audit alone reads
SCHEMAS = "schemas"  # made from the fields' types, see checks/schemas.py
# The name of a picture or a statute's file: "logga.png", "utl.md".
NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\.[a-z]+")
# Letters of a page's name; a shorter name is a typing error away from too many others.
MIN_NAME_LENGTH = 4


@dataclass(frozen=True)
class SourceFile:
    """A file to read. It is part of a cache key: a changed file differs in ``modified``."""

    file: Path
    path: PurePosixPath  # in its folder, docs/ or tillagg/: "odla/tomat.md"
    display_path: PurePosixPath  # as findings name it
    modified: int  # nanoseconds
    size: int  # bytes


def display_path(file: Path, root: Path) -> PurePosixPath:
    """Return the path of a file or folder as findings in the project ``root`` name it: "docs/a.md",
    or "../nationell/docs/a.md" for a file of the national project."""
    return PurePosixPath(Path(os.path.relpath(file, root)).as_posix())


def source_file(file: Path, folder: Path, root: Path) -> SourceFile:
    """Return the paths, size and time of change of a file in ``folder`` of the project ``root``."""
    status = file.stat()
    path = PurePosixPath(file.relative_to(folder).as_posix())
    return SourceFile(file, path, display_path(file, root), status.st_mtime_ns, status.st_size)


def visible_paths(folder: Path) -> Iterator[Path]:
    """Yield the files and folders in ``folder``, sorted. Names that begin with a full stop are left
    out, with everything in such a folder: MkDocs ignores these, too."""
    for file in sorted(folder.rglob("*")):
        if not any(part.startswith(".") for part in file.relative_to(folder).parts):
            yield file


def list_docs(docs: Path, root: Path) -> tuple[list[SourceFile], list[Finding]]:
    """Return the pages, registers and statutes of the folder ``docs``, sorted, and a finding for
    each file or folder that docs/ may not have. ``root``: the project's folder."""
    sources: list[SourceFile] = []
    findings: dict[Path, Finding] = {}
    for file in visible_paths(docs):
        path = file.relative_to(docs)
        if path.parts[:2] == (DATA, SCHEMAS):
            continue  # the project's own, never an editor's
        if any(folder in findings for folder in file.parents):
            continue  # the folder's finding is enough
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
    """Return a finding for each picture of ``docs``, in the project ``root``, whose path in docs/
    isn't ``used``: a picture that is neither the logo nor the favicon.

    A camera writes the place and the time in a picture, and the build wouldn't remove them.
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
    """Return why a file or folder may not be at ``path`` in docs/, in Swedish; "" if it may.

    Names of pages are for checks/pages.py to judge, and pictures for ``unused_pictures``.
    """
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
    """Return the page that an editor probably meant by ``path``: the only page with the same file
    name, in another folder, or else the page whose name differs by a typing error; "" if there is
    none. All are paths in docs/."""
    named = [page for page in pages if page.stem != "index"]  # every folder has an index.md
    same_name = [page for page in named if page.name == path.name]
    if len(same_name) == 1:
        return str(same_name[0])
    if len(path.stem) < MIN_NAME_LENGTH:
        return ""
    page_by_name = {page.stem: page for page in named}
    similar_name = nearest(path.stem, page_by_name)
    return str(page_by_name[similar_name]) if similar_name else ""
