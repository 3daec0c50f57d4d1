"""The steps after MkDocs, on the small site."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from scripts import steps
from scripts.content.content import Content
from scripts.core.config import read_config
from scripts.core.findings import ContentError
from scripts.publish import contract, mkdocs
from scripts.publish.built import BuiltSite
from tests.conftest import ROOT

pytestmark = pytest.mark.slow

GARDEN = ROOT / "tests/other_subject"
LINK = '<a href="../borta/">'


PLAIN = "site_name: x\ntheme: mkdocs\nplugins: []\n"
RUNS = "!!python/object/apply:pathlib.Path.touch [!!python/object/apply:pathlib.Path [ran]]"


@pytest.mark.parametrize(
    ("text", "line", "rule"),
    [
        (f"site_name: x\nplugins: {RUNS}\n", 2, "bad-yaml"),
        (f"site_name: !ENV {RUNS}\n", 1, "bad-yaml"),
        (f"%TAG !e! tag:yaml.org,2002:python/\n---\nx: {RUNS}\n", 3, "bad-yaml"),
        ("%TAG ! tag:yaml.org,2002:python/name:os.\n---\nx: y\n", 1, "settings-code"),
        ("site_name: x\nhooks: [x.py]\n", 2, "settings-code"),
        ('site_name: x\n"hooks": [x.py]\n', 2, "settings-code"),
        ("site_name: x\nsite_name: y\n", 2, "bad-yaml"),
        ("- x\n", 1, "bad-yaml"),
    ],
)
def test_settings_run_nothing_though_mkdocs_would(tmp_path, monkeypatch, text, line, rule):
    """Nor do those that they are made of (INHERIT)."""
    monkeypatch.chdir(tmp_path)
    for name, more in (("mkdocs.yml", text), ("grund.yml", text)):
        (tmp_path / name).write_text(more, encoding="utf-8")
        with pytest.raises(ContentError) as caught:
            steps.read_settings(tmp_path)
        fault = caught.value.finding
        assert (str(fault.path), fault.line, fault.rule) == (name, line, rule)
        (tmp_path / "mkdocs.yml").write_text(f"INHERIT: grund.yml\n{PLAIN}", encoding="utf-8")
    assert not (tmp_path / "ran").exists()


def test_settings_may_ask_the_environment_and_inherit(tmp_path, monkeypatch):
    monkeypatch.setenv("SITE_URL", "https://odla.example/")
    (tmp_path / "docs").mkdir()
    (tmp_path / "grund.yml").write_text(f"{PLAIN}site_url: !ENV [SITE_URL, x]\n", encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text("INHERIT: grund.yml\nsite_name: y\n", encoding="utf-8")
    config = steps.read_settings(tmp_path)
    assert (config.name, config.site_url) == ("y", "https://odla.example/")


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
    text = site.pages["odla/tomat/"].html()
    site.add("odla/tomat/", text.replace("</h1>", f"</h1>{LINK}x</a>", 1))
    faults, _ = steps.judge(site, content, config, words=[])
    assert [fault.rule for fault in faults] == ["missing-page"]
