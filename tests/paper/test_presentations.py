from __future__ import annotations

import pytest
import yaml

from scripts.paper.slides import add_slides
from tests.conftest import PAGE, run_step
from tests.paper.test_slides import ROWS as ROW
from tests.paper.test_slides import site  # noqa: F401


def run(tmp_path, row):
    (tmp_path / "docs/_data").mkdir(parents=True)
    (tmp_path / "docs/_data/slides.yml").write_text(yaml.safe_dump(row), encoding="utf-8")
    (tmp_path / "skriv-ut").mkdir()
    (tmp_path / "docs/skriv-ut.md").write_text(PAGE + "[[bilder]]\n", encoding="utf-8")
    (tmp_path / "skriv-ut/index.html").write_text('<span class="slides">Bilder</span>', "utf-8")
    return [str(fault) for fault in run_step(add_slides, tmp_path / "docs", tmp_path)]


@pytest.mark.usefixtures("site")
def test_both_decks_are_there_and_the_list_links_to_them(tmp_path):
    assert run(tmp_path, ROW) == []
    listing = (tmp_path / "skriv-ut/index.html").read_text("utf-8")
    assert '<a href="presentation/">Bilder</a> (3 bilder)' in listing
    assert '<a href="presentation-kort/">Korta</a> (2 bilder)' in listing
    for name in ("presentation", "presentation-kort"):
        assert (tmp_path / f"skriv-ut/{name}/index.html").is_file()


@pytest.mark.usefixtures("site")
def test_a_section_that_is_not_there_stops_the_build(tmp_path):
    assert run(tmp_path, {**ROW, "slides": [{"show": "#borta"}]}) == [
        "docs/_data/slides.yml:1: rubriken #borta finns inte på sidan start. (slides)"
    ]
