"""The command: a site in, its index, engine and texts out."""

from __future__ import annotations

import gzip
import json

from scripts.content.content import Content
from scripts.publish.search.pages import read_site
from scripts.publish.search.write import ENGINE, INDEX, PARTS, engine_of, main, write
from tests.conftest import ROOT
from tests.publish.search.test_pages import HTML

BUDGET = 81  # bytes, gzip, a section: unpacked lists, which a reader of the code can follow


def test_a_hit_can_show_its_text(tmp_path):
    (tmp_path / "betanketid").mkdir()
    for name in ("index.html", "betanketid/index.html"):
        (tmp_path / name).write_text(HTML, "utf-8")
    write(tmp_path, None)
    text = (tmp_path / "sok/betanketid.js").read_text("utf-8")
    assert text.startswith('searchText("betanketid/",{"":"Ett tillstånd i 30 dagar.","vem":')
    assert text.endswith("});\n") and (tmp_path / "sok/index.js").is_file()


def test_the_command_writes_the_index_and_says_where(tmp_path, capsys):
    (tmp_path / "index.html").write_text(HTML, "utf-8")
    assert main([str(tmp_path)]) == 0
    file = tmp_path / "assets/search-index.js"
    assert str(file) in capsys.readouterr().out
    text = file.read_text("utf-8")
    assert text.startswith("self.searchIndex={") and text.endswith("};\n")
    assert json.loads(text.removeprefix("self.searchIndex=").removesuffix(";\n"))[
        "pages"
    ].startswith("\n")
    assert main([str(tmp_path / "saknas")]) == 2
    assert "finns inte" in capsys.readouterr().err


def test_two_builds_give_the_same_bytes(site, tmp_path):
    """The whole site, not in the order of the disk."""
    pages = sorted(site.rglob("*.html"))
    for name, order in (("one", pages), ("two", pages[::-1])):
        for page in order:
            target = tmp_path / name / page.relative_to(site)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(page.read_bytes())
    for name in ("one", "two"):
        assert write(tmp_path / name, Content.read(ROOT / "docs")) == []
    one, two = ((tmp_path / n / INDEX).read_bytes() for n in ("one", "two"))
    assert one == two
    texts = [sorted((tmp_path / n / "sok").rglob("*.js")) for n in ("one", "two")]
    assert len(texts[0]) == len(read_site(site))
    assert [f.read_bytes() for f in texts[0]] == [f.read_bytes() for f in texts[1]]


def test_index_and_engine_are_light(site):
    """As built: the shell may put a checksum in the names."""
    files = [f for n in ("index", "engine") for f in site.glob(f"assets/search-{n}*.js")]
    assert len(files) == 2
    size = sum(len(gzip.compress(file.read_bytes(), 9)) for file in files)
    sections = sum(len(page.units) for page in read_site(site))
    assert size <= BUDGET * sections, f"{size / sections:.1f} byte per avsnitt"


def test_the_engine_is_one_file(tmp_path):
    assets = tmp_path / "assets"
    assets.mkdir()
    for part in PARTS:
        (assets / f"search-{part}.js").write_text(f"/* {part} */\n", "utf-8")
    (tmp_path / "index.html").write_text(HTML, "utf-8")
    write(tmp_path, None)
    whole = (tmp_path / ENGINE).read_text("utf-8")
    assert whole == engine_of(assets) == "".join(f"/* {part} */\n" for part in PARTS)


def test_a_fault_in_a_register_is_told(docs, tmp_path, capsys):
    (tmp_path / "index.html").write_text(HTML, "utf-8")
    folder = docs({"_data/kinds.yml": "a/: gör\n"})
    assert main([str(tmp_path), "--docs", str(folder)]) == 0
    assert 'kinds.yml:1: avsnittet "a/" finns inte' in capsys.readouterr().out
