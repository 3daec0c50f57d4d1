"""The steps after MkDocs, on the small site."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from scripts import steps
from scripts.content.content import Content
from scripts.core.config import read_config
from scripts.publish import contract, mkdocs
from scripts.publish.built import BuiltSite
from tests.conftest import ROOT

pytestmark = pytest.mark.slow

GARDEN = ROOT / "tests/other_subject"
LINK = '<a href="../borta/">'


@pytest.fixture
def garden(tmp_path, monkeypatch):
    """The small site after MkDocs: its content, pages and settings."""
    monkeypatch.setenv("OVERRIDES", str(ROOT / "overrides"))
    folder = Path(shutil.copytree(GARDEN, tmp_path / "garden"))
    content, config = Content.read(folder / "docs"), read_config(folder, pdf=False)
    mkdocs.render(config, tmp_path / "site", content)
    return content, BuiltSite(tmp_path / "site", config.site_url), config


def run(garden, *, clean: bool):
    pages, files = steps.in_order(clean)
    faults = [fault for step in pages for fault in step(*garden)]
    garden[1].save()
    return [*faults, *(fault for step in files for fault in step(*garden))]


def test_the_steps_make_a_whole_site(garden):
    content, site, config = garden
    assert steps.check_content(content, dt.date(2026, 11, 24)) == []
    assert run(garden, clean=True) == []
    faults, beside = steps.judge(site, content, config, words=[])
    assert faults == [] and "/odla/tomat/" in beside.addresses
    for made in ("katalog.json", "kolonilotten.zip", ".htaccess"):
        assert (site.root / made).is_file(), made


def test_pages_with_other_faults_than_links_break_no_promise(garden):
    content, site, config = garden
    contract.write_contract(content.docs, {"/odla/gurka/": "Gurka"})
    assert run(garden, clean=False) == []
    lost = ["lost-address"]
    for words, told in (([], lost), (["x contains a link to y"], lost), (["x is wrong"], [])):
        faults, _ = steps.judge(site, content, config, words)
        assert [fault.rule for fault in faults] == told, words


def test_a_link_to_nowhere_is_told(garden):
    content, site, config = garden
    run(garden, clean=True)
    page = site.root / "odla/tomat/index.html"
    text = page.read_text(encoding="utf-8").replace("</h1>", f"</h1>{LINK}x</a>", 1)
    page.write_text(text, encoding="utf-8")
    faults, _ = steps.judge(site, content, config, words=[])
    assert [fault.rule for fault in faults] == ["missing-page"]
