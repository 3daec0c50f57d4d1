"""A small site whose addresses have been promised, for the tests of that promise."""

from __future__ import annotations

import datetime as dt
import shutil

import pytest

from scripts import permalinks
from scripts.publish.contract import CONTRACT

TODAY = dt.date(2026, 11, 24)


def page(title, *rest):
    return f"<!doctype html><html lang=sv><title>{title}</title><main><h1 id=x>{title}</h1>{''.join(rest)}</main>"


SITE = {
    "index.html": page("Start"),
    "a/index.html": page("A", "<h2 id=ett>Ett</h2>", "<h2 id=två>Två saker</h2>"),
    "b/index.html": page("B", "<h2 id=tre>Tre</h2>"),
    "fil.pdf": "",
}


@pytest.fixture
def made(tmp_path, docs):
    """Return a function that writes a site and its docs, records it, and gives a run of main."""
    folder = docs({"_data/sources.yml": "{}\n", "a.md": "## Ett {#ett}\n\n## Två saker {#två}\n"})
    site = tmp_path / "site"

    def write(files):
        shutil.rmtree(site, ignore_errors=True)
        for name, text in files.items():
            (site / name).parent.mkdir(parents=True, exist_ok=True)
            (site / name).write_text(text, encoding="utf-8")

    def run(*arguments):
        return permalinks.main(
            [str(site), "--docs", str(folder), "--today", str(TODAY), *arguments]
        )

    write(SITE)
    assert run("--accept") == 0
    run.write, run.docs, run.site = write, folder, site
    run.lines = lambda: (folder / CONTRACT).read_text("utf-8").split("\n")
    return run
