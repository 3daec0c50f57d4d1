"""How often a build reads and parses what: python -m tests.trace [SITE], in a new process.

Builds this project, without PDF files, into the folder SITE, or one that is taken away again. Counts opens of docs/**/*.md with an audit hook, and parsed pages at the parsers' doors. Prints JSON:
what → how often → how many files, and the total of each.
"""

from __future__ import annotations

import collections
import json
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
OPENED: collections.Counter[str] = collections.Counter()


def hook(event: str, arguments: tuple[Any, ...]) -> None:
    """Count what is opened to be read. Not to be taken away again: see sys.addaudithook."""
    if event == "open" and isinstance(arguments[0], str | os.PathLike):
        path, mode = str(Path(arguments[0]).absolute()), str(arguments[1] or "r")
        own = f"{os.sep}docs{os.sep}" in path and f"{os.sep}starter{os.sep}" not in path
        if path.endswith(".md") and own and "w" not in mode:
            OPENED[path] += 1


def counted(counter: collections.Counter[str], name: Callable[..., str], call: Any) -> Any:
    """Return ``call``, counting its calls by what ``name`` makes of their arguments."""

    def counting(*arguments: Any, **named: Any) -> Any:
        counter[name(*arguments, **named)] += 1
        return call(*arguments, **named)

    return counting


def trace(site: Path) -> dict[str, dict[str, int]]:
    """Build the project into ``site``, without PDF files; return the counts."""
    from scripts import build
    from scripts.links import html
    from scripts.paper import sections
    from scripts.publish import built

    pages: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    built.BuiltPage.parse = counted(  # type: ignore[method-assign]
        pages["parsed by the steps"], lambda address, _: address, built.BuiltPage.parse
    )
    sections.SitePage = counted(  # type: ignore[misc]
        pages["parsed for paper"], lambda _, address: address, sections.SitePage
    )
    html.LexborHTMLParser = counted(
        pages["parsed by the validator"], lambda data: str(hash(data)), html.LexborHTMLParser
    )
    if code := build.build(ROOT, site, pdf=False):
        raise SystemExit(code)
    counts = {"pages of docs/ opened": OPENED, **pages}
    return {
        what: {
            **{f"{n} times": of for n, of in sorted(collections.Counter(found.values()).items())},
            "total": sum(found.values()),
        }
        for what, found in counts.items()
    }


if __name__ == "__main__":
    sys.addaudithook(hook)
    with tempfile.TemporaryDirectory(dir=ROOT / ".build") as folder:
        target = sys.argv[1] if len(sys.argv) > 1 else f"{folder}/site"
        print(json.dumps(trace(Path(target)), indent=1, ensure_ascii=False))
