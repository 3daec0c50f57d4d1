from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from scripts.content.statutes import parse_statute, read_statutes

FOLDER = Path(__file__).parents[1] / "content/lagtext"
SPRING = dt.date(2026, 4, 1)


def statute_on(day: str = "2026-04-01"):
    """Return the statute 2001:1 as it is in force on a day."""
    return read_statutes(FOLDER, dt.date.fromisoformat(day))["2001:1"]


def test_section_amended_by_is_the_last_statute_after_its_text():
    numbers = {place: p.amended_by for place, p in statute_on().sections.items()}
    assert numbers["1-1a"] == "2020:20", "neither the statute it refers to nor its own"
    assert numbers["1-1"] == "2001:1", "its own statute's if there is none"
    assert "rubrik" not in statute_on().sections["1-1"].text
    assert "1900:1" not in numbers.values(), "transitional provisions are no sections"


@pytest.mark.parametrize(
    ("place", "day", "number"),
    [
        ("1-2", "2026-06-30", "2019:19"),
        ("1-2", "2026-07-01", "2026:26"),
        ("1-7", "2026-05-31", "2018:18"),
        ("1-7", "2026-06-01", "2026:6"),  # from one day to another
        ("1-7", "2026-08-01", "2026:8"),
    ],
)
def test_section_has_the_wording_in_force(place, day, number):
    assert statute_on(day).sections[place].amended_by == number


def test_limit_without_a_date_has_not_come():
    late = statute_on("2099-01-01")
    assert late.sections["1-4"].amended_by == "2021:21"
    assert late.future_changes == {"1-4": "ändras den dag som regeringen bestämmer"}


def test_sections_not_in_force_and_future_changes_have_reasons():
    assert statute_on().not_in_force == {
        "1-3": "upphävd genom lag (2022:22)",
        "1-5": "gäller inte än",
        "1-6": "gäller inte längre",
    }
    assert statute_on().future_changes == {
        "1-2": "ändras 2026-07-01",
        "1-4": "ändras den dag som regeringen bestämmer",
        "1-5": "träder i kraft 2026-09-01",
        "1-7": "ändras 2026-06-01",
    }
    assert statute_on("2026-01-01").future_changes["1-6"] == "upphör 2026-02-01"
    assert "1-5" in statute_on("2026-09-01").sections


def test_repealed_section_with_a_new_wording_is_in_force():
    text = (
        "- **SFS-nummer:** 2001:1\n### 1 §\n\nHar upphävts genom lag (2022:22).\n\n"
        "### 1 §\n\n**[Träder i kraft 2026-06-01]**\n\nÅter. Lag (2026:1).\n"
    )
    before, after = (parse_statute(text, dt.date(2026, month, 1)) for month in (5, 6))
    assert before.not_in_force == {"1": "upphävd genom lag (2022:22)"} and not before.sections
    assert after.sections["1"].amended_by == "2026:1" and not after.not_in_force


def test_heading_in_plain_text_hides_no_amending_statute():
    text = "- **SFS-nummer:** 2001:1\n### 1 §\n\nText. Lag (2020:939).\n\nUppehållskort m.m.\n"
    found = parse_statute(text, SPRING)
    assert found.sections["1"].amended_by == "2020:939"


def test_read_statutes_skips_other_files():
    statutes = read_statutes(FOLDER, SPRING)
    assert list(statutes) == ["2001:1", "2002:2"]
    assert [one.is_complete for one in statutes.values()] == [True, False]
    assert [one.updated for one in statutes.values()] == ["2026-03-01", ""]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"- **SFS-nummer:** 2003:3\n\n# Tom\n", "ingen rubrik"),
        ("### 1 §\n\nÅ".encode("latin-1"), "är inte UTF-8"),
        (b"- **SFS-nummer:** 2002:2\n### 1 \xc2\xa7\n\nText.\n", "står i två filer"),
    ],
)
def test_read_statutes_names_a_broken_file(tmp_path, content, says):
    shutil.copytree(FOLDER, tmp_path, dirs_exist_ok=True)
    (tmp_path / "trasig.md").write_bytes(content)
    with pytest.raises(ValueError, match=says) as error:
        read_statutes(tmp_path, SPRING)
    assert '"trasig.md"' in str(error.value)
