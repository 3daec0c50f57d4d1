"""An edition: the same bytes each time, with the sums of its files, and the name the site says."""

from __future__ import annotations

import hashlib
import json
import re

import pytest

from scripts.content.config import read_config
from scripts.publish.edition import SUMS, make
from tests.conftest import ROOT


def test_the_same_site_gives_the_same_bytes(garden, tmp_path):
    made = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "left from before").touch()
        make(garden.site, read_config(garden.root), tmp_path / name)
        made.append({file.name: file.read_bytes() for file in (tmp_path / name).iterdir()})
    assert made[0] == made[1]
    sums = made[0].pop(SUMS).decode()
    assert sums == "".join(
        f"{hashlib.sha256(made[0][name]).hexdigest()}  {name}\n" for name in sorted(made[0])
    )
    sheets = {sheet.name for sheet in garden.site.rglob("*.pdf")}
    assert sheets and made[0].keys() - sheets == {
        "kolonilotten-2026-12.zip",
        "kolonilotten-2026-12.cdx.json",
    }
    lock = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    locked = dict(re.findall(r"^([\w.-]+)==([^\s;]+)", lock, re.M))
    parts = json.loads(made[0]["kolonilotten-2026-12.cdx.json"])["components"]
    assert {part["name"]: part["version"] for part in parts} == locked and len(locked) > 30


@pytest.mark.parametrize("stands", ["2026-12", "ingen"])
def test_another_name_than_the_site_says_makes_none(own_garden, capsys, stands):
    if stands == "ingen":
        file = own_garden.root / "mkdocs.yml"
        file.write_text(re.sub("  edition: .*", "", file.read_text("utf-8")), encoding="utf-8")
    assert own_garden.build(edition="2026-1") == 1
    told = f'mkdocs.yml:1: utgåvan ska heta som i edition under extra: this: "2026-1". Där står {stands}.'
    assert told in capsys.readouterr().out
    assert not own_garden.site.exists()


def test_the_site_says_which_it_is_and_the_next(garden):
    assert "Utgåva 2026-12, nästa: våren." in garden.page("odla/tomat")
