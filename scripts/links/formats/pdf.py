"""A PDF file's links and named places (ISO 32000-2)."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from scripts.links.formats.document import Document, Use


def read_pdf(data: bytes) -> Document:
    """Read a PDF: its links, its named destinations (as ids), links inside it to no place."""
    import pikepdf  # here: few sites have PDFs, and it takes its time

    document = Document()
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            document.ids = sorted(_destinations(pdf.Root))
            document.ids += [f"page={number}" for number in range(1, len(pdf.pages) + 1)]
            for page in pdf.pages:
                for entry in page.obj.get("/Annots", ()):
                    if entry.get("/Subtype") == "/Link":
                        document.uses += _pdf_link(entry, document.ids)
    except pikepdf.PasswordError:
        document.unreadable = "är låst med ett lösenord"
    except Exception as error:  # qpdf's own have no class in common that is public
        # It names the object read from, with an address that is never the same.
        text = re.sub(r"(?:stream )?<[^>]*>:? ?", "", str(error))
        document.unreadable = f"kan inte läsas som PDF ({text or type(error).__name__})"
    return document


def _destinations(root: Any) -> set[str]:
    """Return the names that places in a PDF go by: the old dictionary and the name tree."""
    import pikepdf

    names = {key.removeprefix("/") for key in root.get("/Dests", {}).keys()}  # noqa: SIM118
    tree = root.get("/Names", {}).get("/Dests")
    return names | (set(map(str, pikepdf.NameTree(tree))) if tree is not None else set())


def _pdf_link(entry: Any, known: list[str]) -> Iterator[Use]:
    """Yield what a link annotation leads to (ISO 32000-2, 12.5.6.5 and 12.6.4)."""
    import pikepdf

    action = entry.get("/A", {})
    if "/URI" in action:
        yield Use("page", str(action["/URI"]))
    elif action.get("/S") == "/GoToR":
        file = action.get("/F")
        if isinstance(file, pikepdf.Dictionary):
            file = file.get("/UF", file.get("/F"))
        if file is not None:
            yield Use("frame", str(file))
    else:
        goal = action.get("/D", entry.get("/Dest"))
        if isinstance(goal, (pikepdf.String, pikepdf.Name)):  # an array names its page itself
            name = str(goal).removeprefix("/")
            if name not in known:
                yield Use("ref", name)
