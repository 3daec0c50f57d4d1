"""The step: a site in, its index, engine and texts out."""

from __future__ import annotations

import gzip
import json

import pytest

from scripts.site.html_site import HtmlSite
from scripts.site.search.pages import read_site
from scripts.site.search.write import ENGINE, INDEX, PARTS, add_search
from tests.conftest import page_with, run_step
from tests.site.search.test_pages import HTML

BUDGET = 52  # bytes, gzip, a section: unpacked lists, which a reader of the code can follow


@pytest.fixture
def write(docs, tmp_path):
    """Return a function that writes the search of a site of one page, or more, into it."""

    for part in PARTS:
        file = tmp_path / f"site/assets/search-{part}.js"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"/* {part} */\n", "utf-8")

    def run(*names, words=None):
        for name in ("index.html", *names):
            (tmp_path / "site" / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / "site" / name).write_text(HTML, "utf-8")
        return run_step(add_search, docs(words or {}), tmp_path / "site")

    return run


def test_a_hit_can_show_its_sentences(write, tmp_path):
    assert write("betanketid/index.html") == []
    text = (tmp_path / "site/sok/betanketid.js").read_text("utf-8")
    assert text.startswith(
        'searchText("betanketid/",{"":"Ett tillstånd i 30 dagar.","vem":"Hör till'
    )
    assert text.endswith("});\n") and (tmp_path / "site/sok/index.js").is_file()


def test_the_index_is_a_script(write, tmp_path):
    write()
    text = (tmp_path / "site" / INDEX).read_text("utf-8")
    assert text.startswith("self.searchIndex={") and text.endswith("};\n")
    index = json.loads(text.removeprefix("self.searchIndex=").removesuffix(";\n"))
    assert index["pages"].startswith("\n")


def test_index_and_engine_are_light(site):
    """As built: the shell may put a checksum in the names."""
    files = [f for n in ("index", "engine") for f in site.glob(f"assets/search-{n}*.js")]
    assert len(files) == 2
    size = sum(len(gzip.compress(file.read_bytes(), 9)) for file in files)
    sections = sum(len(page.units) for page in read_site(HtmlSite(site)))
    assert size <= BUDGET * sections, f"{size / sections:.1f} byte per avsnitt"


def test_engine_is_one_file_with_its_parts_in_order(write, tmp_path):
    write()
    engine = (tmp_path / "site" / ENGINE).read_text("utf-8")
    assert engine == "".join(f"/* {part} */\n" for part in PARTS)


def test_a_section_that_is_gone_is_told(write):
    (fault,) = write(words={"index.md": page_with("section_kinds:\n  borta: gör\n")})
    assert str(fault).startswith('docs/index.md:9: section_kinds: avsnittet "borta" finns inte')
