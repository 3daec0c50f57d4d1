"""The same source, built by what could follow MkDocs: the day it must move, it can.

Each canary has an environment of its own in .build/, from a lock with hashes beside this file.
"""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from scripts import steps
from scripts.content.config import read_config
from scripts.content.content import Content
from scripts.core import environment
from scripts.publish import mkdocs
from scripts.publish.built import BuiltSite
from tests.canaries.pages import Difference, differences, unlike
from tests.conftest import ROOT

pytestmark = pytest.mark.slow

HERE = Path(__file__).parent
KNOWN = yaml.safe_load((HERE / "zensical.yml").read_text(encoding="utf-8"))
FINDING = "finding"  # of a build's steps on Zensical's pages


def run(canary: str, cwd: Path, *arguments: str | Path) -> None:
    """Run a canary's command. Where it can't be installed the test fails and says why."""
    with environment.only_one("canary"):
        python = environment.ensure(HERE / f"{canary}.txt", environment.WORK / canary)
    environ = {**os.environ, "PYTHONPATH": str(ROOT), "NO_MKDOCS_2_WARNING": "1"}
    command = [python, "-m", canary, "build", *arguments]
    done = subprocess.run(command, cwd=cwd, env=environ, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def ours(tmp_path_factory) -> Path:
    target = tmp_path_factory.mktemp("mkdocs")
    assert mkdocs.render(read_config(ROOT), target, Content.read(ROOT / "docs")) == []
    return target


@pytest.fixture(scope="module")
def zensical(tmp_path_factory) -> Path:
    root = tmp_path_factory.mktemp("zensical")  # it writes beside its source
    for name in ("docs", "overrides"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "mkdocs.yml", root)
    run("zensical", root, "--strict", "-f", "mkdocs.yml")
    return root / "site"


def test_properdocs_builds_the_same_site(ours, tmp_path):
    run("properdocs", ROOT, "--strict", "--quiet", "-d", tmp_path)
    assert unlike(set(differences(ours, tmp_path)), set()) == ""


def test_zensical_builds_the_same_site_but_for_what_is_listed(ours, zensical):
    known = {Difference(*row) for item in KNOWN for row in item["differences"]}
    assert unlike(set(differences(ours, zensical)), {d for d in known if d.kind != FINDING}) == ""


def test_the_rest_of_the_build_takes_zensicals_pages(zensical):
    """Search, frames, redirects, paper, feed, copy; then the validator and the promise."""
    config, content = read_config(ROOT, pdf=False), Content.read(ROOT / "docs")
    built = BuiltSite(zensical, config.site_url)
    pages = (*steps.BEFORE_SHEETS, steps.add_handouts, *steps.AFTER_SHEETS)
    faults = [fault for step in pages for fault in step(content, built, config)]
    built.save()
    faults += [fault for step in steps.TO_FILES for fault in step(content, built, config)]
    faults += steps.judge(built, content, config, faults)
    known = {Difference(*row) for item in KNOWN for row in item["differences"]}
    found = {Difference(FINDING, str(f.path), "+", f.rule) for f in faults}
    assert unlike(found, {d for d in known if d.kind == FINDING}) == ""


def test_what_zensical_does_otherwise_has_its_reason():
    for item in KNOWN:
        assert item["why"].strip() and item["differences"]


PAGE = """\
<!doctype html><html lang="sv"><head><title>Prov</title>
<link rel="canonical" href="https://example.se/a/"></head><body>
<h1 id="prov">Prov</h1><p>Text.<sup class="cite"><a href="#kalla-x">1</a></sup></p>
<p><a href="../b/">Vidare</a></p>
<ul class="check-rows"><li id="ring"><input id="kryss-ring">Ring.</li><li id="vanta"><input>Vänta.</li></ul>
</body></html>"""


@pytest.fixture
def pair(tmp_path) -> Iterator[tuple[Path, Path]]:
    """Two sites alike."""
    for name in ("one", "other"):
        page = tmp_path / name / "a/index.html"
        page.parent.mkdir(parents=True)
        page.write_text(PAGE, encoding="utf-8")
    return tmp_path / "one", tmp_path / "other"


@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [
        ("title", "<title>Prov", "<title>Annan"),
        ("head", "se/a/", "se/b/"),
        ("id", 'id="prov"', 'id="annan"'),
        ("link", "../b/", "../../b/"),
        ("link", "Vidare", "Tillbaka"),
        ("citation", "#kalla-x", "#kalla-y"),
        ("citation", ">1<", ">2<"),
        ("row", "Ring.", "Vänta."),
        ("row", "<li id=", "<li data-id="),
        ("text", "Text.", "Texten."),
        ("language", ' lang="sv"', ""),
    ],
)
def test_a_planted_difference_is_seen(pair, kind, old, new):
    ours, theirs = pair
    assert not set(differences(ours, theirs))
    page = theirs / "a/index.html"
    page.write_text(page.read_text("utf-8").replace(old, new), encoding="utf-8")
    found = set(differences(ours, theirs))
    assert kind in {difference.kind for difference in found}
    assert {difference.sign for difference in found if difference.kind == kind} == {"-", "+"}
    assert "new:" in unlike(found, set())


def test_order_and_how_it_is_written_are_no_difference_but_a_row_out_of_place_is(pair):
    ours, theirs = pair
    page = theirs / "a/index.html"
    page.write_text(page.read_text("utf-8").replace("\n", "\n\n   "), encoding="utf-8")
    assert not set(differences(ours, theirs))
    rows = '<li id="ring"><input id="kryss-ring">Ring.</li>', '<li id="vanta"><input>Vänta.</li>'
    page.write_text(PAGE.replace("".join(rows), "".join(rows[::-1])), encoding="utf-8")
    assert {difference.kind for difference in differences(ours, theirs)} == {"row"}


def test_pages_and_files_that_only_one_has_are_told_but_not_the_themes(pair):
    ours, theirs = pair
    (ours / "a/index.html").unlink()
    for name in ("robots.txt", "assets/stylesheets/main.css"):
        (theirs / name).parent.mkdir(parents=True, exist_ok=True)
        (theirs / name).write_text("x", encoding="utf-8")
    found = set(differences(ours, theirs))
    assert found == {Difference("page", "a/", "+"), Difference("file", "robots.txt", "+")}
    (ours / "robots.txt").write_text("y", encoding="utf-8")
    (theirs / "a/index.html").unlink()
    assert {d.value for d in differences(ours, theirs)} == {"its content"}


def test_of_xml_what_it_says_counts(pair):
    ours, theirs = pair
    (ours / "sitemap.xml").write_text("<a><b>https://x/</b></a>", encoding="utf-8")
    (theirs / "sitemap.xml").write_text("<a>\n<b>https:&#x2f;&#x2f;x/</b></a>", encoding="utf-8")
    assert not set(differences(ours, theirs))
    (theirs / "sitemap.xml").write_text("<a><b>https://y/</b></a>", encoding="utf-8")
    assert set(differences(ours, theirs))


def test_the_hour_in_a_compressed_file_is_no_difference(pair):
    for hour, site in enumerate(pair):
        (site / "sitemap.xml.gz").write_bytes(gzip.compress(b"<a>x</a>", mtime=hour))
    assert not set(differences(*pair))
    (pair[1] / "sitemap.xml.gz").write_bytes(gzip.compress(b"<a>y</a>"))
    assert set(differences(*pair))


def test_a_listed_difference_that_is_gone_fails():
    listed = Difference("file", "search.json", "+")
    assert unlike({listed}, {listed}) == ""
    assert "take it off the list" in unlike(set(), {listed})


def test_a_canary_that_cannot_be_installed_fails_with_the_reason(monkeypatch, tmp_path):
    def ensure(*_: Path) -> Path:
        raise environment.EnvironmentFailedError("Paketen kunde inte installeras.")

    monkeypatch.setattr(environment, "ensure", ensure)
    with pytest.raises(environment.EnvironmentFailedError, match="kunde inte installeras"):
        run("properdocs", tmp_path)
