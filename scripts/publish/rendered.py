"""What MkDocs wrote last time, kept in .build/: only pages whose own text is other are made again.

Safe to delete. A page shows more of other pages than their text: titles, headings, where macros
stand, which sources are used where. When any of that is other, all pages are made again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from scripts.content.config import Config
from scripts.content.content import Content
from scripts.content.page import Page
from scripts.publish import mkdocs
from scripts.publish.unchanged import fingerprint, folder_digest, text_of


def outline(page: Page) -> str:
    """Return what other pages show of a page, or are decided by."""
    macros = [(name, argument) for _, name, argument in page.macros()]
    sources = [key for _, key in page.citations()]
    return json.dumps([page.front, list(page.headings.items()), macros, sources])


class Rendered:
    """MkDocs' pages in ``folder``, and beside it a file that says what they were made of."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.mark = folder.with_suffix(".json")

    def update(self, config: Config, content: Content, *settings: str) -> list[str]:
        """Bring the folder up to date; return what MkDocs complains of. Raises OSError.

        ``settings``: what decides the pages besides the project's files.
        """
        rest = fingerprint(config.file.parent, content, *settings, says=outline)
        now = {str(path): _hash(text_of(page)) for path, page in content.pages.items()}
        before = self._read()
        self.mark.unlink(missing_ok=True)  # until all is there: whoever kills this leaves no lie
        changed = None
        if before.get("rest") == rest and before.get("folder") == folder_digest(self.folder):
            known = before["pages"]
            changed = [p for path, p in content.pages.items() if known[str(path)] != now[str(path)]]
        words = mkdocs.render(config, self.folder, content, changed)
        if mkdocs.whole(self.folder, content):
            # MkDocs says it once: a page that it complains of is made again until it is right.
            good = {p: known for p, known in now.items() if not any(p in word for word in words)}
            if len(good) < len(now) or not words:
                told: dict[str, Any] = {"rest": rest, "folder": folder_digest(self.folder)}
                told["pages"] = {path: good.get(path, "") for path in now}
                half = self.mark.with_suffix(".half")
                half.write_text(json.dumps(told), encoding="utf-8")
                half.replace(self.mark)
        return words

    def _read(self) -> Mapping[str, Any]:
        try:
            found = json.loads(self.mark.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
