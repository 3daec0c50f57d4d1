"""What a hostile or a huge site costs: time in proportion to its size, memory within bounds."""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest

from scripts.links.place import Lines, Sources
from scripts.links.validate import validate
from tests.conftest import ROOT

pytestmark = pytest.mark.slow

N = 20_000
PAGES = {
    "links to nowhere": lambda n: "".join(f'<a href="x{i}/">x</a>' for i in range(n)),
    "places that aren't there": lambda n: "".join(f'<a href="#x{i}">x</a>' for i in range(n)),
    "places on another page": lambda n: "".join(f'<a href="b.html#x{i}">x</a>' for i in range(n)),
    "places that are there": lambda n: "".join(f'<a href="b.html#y{i}">x</a>' for i in range(n)),
    "an id twice": lambda n: "".join(f'<b id="y{i % (n // 2)}">x</b>' for i in range(n)),
    "one tag": lambda n: "<a " + " ".join(f'a{i}="x"' for i in range(n)) + ">",
    "unclosed comments": lambda n: '<a href="x/">' + "<!-- " * n,
    "empty links": lambda n: '<a href="">x</a>' + "<a '" * n,
}


@pytest.mark.parametrize("name", PAGES)
def test_time_grows_no_faster_than_a_page(tmp_path: Path, name: str):
    ids = "".join(f'<b id="y{i}">x</b>' for i in range(N))
    (tmp_path / "b.html").write_text("<p>" + (ids if "place" in name else ""))
    (tmp_path / "index.html").write_text(PAGES[name](N))
    started = time.process_time()
    found = validate(tmp_path, processes=1)
    assert time.process_time() - started < 10, "they took minutes"
    assert bool(found) is (name != "places that are there")


@pytest.mark.parametrize(
    "text",
    [
        "](" + " " * N,
        "](" * N,
        "[" * N + "](x)",
        "](((" * N,
        'href = "' * N,
        "<https:" * N,
        " " * N + "[a",
        "/a.md" * N,
        "{#" * N,
        "=\"'" * N,
    ],
    ids=lambda text: text.strip()[:6] or "space",
)
def test_no_line_of_a_source_takes_long(tmp_path: Path, text: str):
    (tmp_path / "_data").mkdir()
    (tmp_path / "index.md").write_text(text)
    (tmp_path / "_data/x.yml").write_text(text)
    started = time.process_time()
    sources = Sources(tmp_path)
    for rule in ("missing-page", "duplicate-id"):
        assert sources.find("index.html", "borta/", rule, 0)
    Lines(text).line("borta", "missing-page")
    Lines(text).line("", "empty-link")
    assert time.process_time() - started < 5


@pytest.mark.skipif(sys.platform != "linux", reason="limits memory as Linux does")
@pytest.mark.parametrize("name", ["a.html", "a.json"])
def test_a_huge_file_is_told_of_and_not_read(tmp_path: Path, name: str):
    (tmp_path / "index.html").write_text(f'<a href="{name}">x</a>')
    with (tmp_path / name).open("wb") as file:
        file.write(b"<a x='")
        file.truncate(100_000_000)

    def small() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (1_000_000_000, 1_000_000_000))

    done = subprocess.run(
        [sys.executable, "-m", "scripts.validate_links", str(tmp_path)],
        cwd=ROOT, preexec_fn=small, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    assert f"{name} är för stor för att läsas" in done.stdout
    assert "(unreadable-file)" in done.stdout and "Ett fel." in done.stdout
