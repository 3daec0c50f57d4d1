from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from scripts.content.statutes import read_statutes
from tests.conftest import run_check
from tests.examples import statute

FOLDER = Path(__file__).parents[1] / "content/lagtext"
THEIRS = read_statutes(FOLDER, dt.date(2026, 4, 1))
ACTS = {"2001:1": "påhittslagen", "2002:2": "provförordningen", "2003:3": "annanlagen"}
SOURCES = {
    name.replace("å", "a")[:4]: {
        "name": name,
        "sfs": sfs,
        "as_of": "2026-03-01",
        "read_on": "2026-04-01",
    }
    for sfs, name in ACTS.items()
}


def wording(sfs: str, place: str, said: str) -> str:
    """Return ours: the words themselves, or of what it is amended by, the folder's where it has
    that one."""
    theirs = THEIRS[sfs].sections.get(place) if sfs in THEIRS else None
    if theirs and theirs.amended_by == said:
        return theirs.text
    return said if " " in said else "Ord." if said == sfs else f"Ord. Lag ({said})."


@pytest.fixture
def told(docs, capsys):
    """Return a function that compares ours, act → place → what it is amended by, with the folder:
    (exit code, lines, stderr)."""

    def run(ours: dict, *more: str, folder: Path = FOLDER, sources=SOURCES, **pages: str):
        files = {f"{name}.md": text for name, text in pages.items()}
        for sfs, rows in ours.items():
            own = {f"p{p.replace('-', '_')}": wording(sfs, p, said) for p, said in rows.items()}
            files[f"_data/law/{sfs[-1]}.md"] = statute(sfs, **own)
        where = docs({"_data/sources.yml": sources, "a.md": "Text.\n", **files})
        code = run_check("statutes", where, str(folder), "--on", "2026-04-01", *more)
        out, err = capsys.readouterr()
        return code, out.splitlines(), err

    return run


def test_statutes_same_text_has_no_finding(told):
    ours = {"2001:1": {"1-1": "2001:1", "1-1a": "2020:20"}, "2002:2": {"5": "2024:24"}}
    assert told(ours) == (0, ["Inga fel."], "")


# Fault → (place, what ours is amended by or says, the rule, what is told)
CASES = {
    "changed": ("1-1a", "2010:10", "statute-changed", "1 kap. 1 a § påhittslagen: lydelsen är nu enligt SFS 2020:20 (hos oss 2010:10)."),
    "amended for the first time": ("1-1a", "2001:1", "statute-changed", "1 kap. 1 a § påhittslagen: lydelsen är nu enligt SFS 2020:20 (hos oss 2001:1)."),
    "other words": ("1-1", "Den här lagen, är påhittad.", "statute-changed", "1 kap. 1 § påhittslagen: SFS 2001:1, men orden är inte desamma som hos oss."),
    "more words": ("1-1", "Den här lagen.", "statute-changed", "1 kap. 1 § påhittslagen: SFS 2001:1, men orden är inte desamma som hos oss."),
    "read before its day": ("1-2", "2026:26", "statute-changed", "1 kap. 2 § påhittslagen: lydelsen är nu enligt SFS 2019:19 (hos oss 2026:26). Paragrafen ändras 2026-07-01."),
    "not in a whole act": ("1-99", "2001:1", "statute-gone", "1 kap. 99 § påhittslagen: paragrafen finns inte i lagen längre."),
    "not in an act's chapters": ("9-1", "2001:1", "statute-gone", "9 kap. 1 § påhittslagen: paragrafen finns inte i lagen längre."),
    "repealed": ("1-3", "2001:1", "statute-gone", "1 kap. 3 § påhittslagen: upphävd genom lag (2022:22)."),
    "not yet": ("1-5", "2026:30", "statute-gone", "1 kap. 5 § påhittslagen: gäller inte än. Paragrafen träder i kraft 2026-09-01."),
    "no longer": ("1-6", "2023:23", "statute-gone", "1 kap. 6 § påhittslagen: gäller inte längre."),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_statutes_change_has_its_line_and_pages(told, name):
    place, said, rule, words = CASES[name]
    ours = {"2001:1": {place: said}, "2002:2": {"5": "2024:24"}}
    code, lines, _ = told(ours, b=f"Text.[@pahi-{place}]\n", c="Text.[@pahi]\n")
    assert code == 1
    assert lines == [
        f"docs/_data/law/1.md:3: {words} Används på: docs/b.md. ({rule})",
        "Ett fel.",
    ]


def test_statutes_same_place_in_two_has_own_line(told):
    _, lines, _ = told({"2001:1": {"1-1": "2001:1", "1-99": "2001:1"}, "2002:2": {"6": "2002:2"}})
    assert [line.split(": ")[0] for line in lines if "§" in line] == [
        *("docs/_data/law/1.md:7", "docs/_data/law/2.md:3")
    ]


@pytest.mark.parametrize(
    ("ours", "words"),
    [
        ({"2003:3": {"1": "2003:3"}}, "3.md:3: 1 § annanlagen: SFS 2003:3 finns inte i mappen."),
        ({"2002:2": {"7": "2002:2"}}, "2.md:3: 7 § provförordningen: filen har bara en del av lagen, utan paragrafen."),
    ],
)  # fmt: skip
def test_statutes_missing_in_folder_is_noted(told, ours, words):
    code, lines, _ = told(ours)
    assert (code, lines[0]) == (0, f"docs/_data/law/{words} (statute-missing)")


def test_statutes_repealed_section_is_reported(told):
    code, lines, _ = told({"2002:2": {"5": "2024:24", "6": "2002:2"}})
    assert (code, lines[-1]) == (1, "Ett fel.")
    assert "6 § provförordningen: upphävd genom förordning (2024:25)." in lines[0]


def test_statutes_future_wording_is_noted(told):
    ours = {"2001:1": {"1-2": "2019:19", "1-4": "2021:21"}}
    code, lines, _ = told(ours)
    assert code == 0
    assert lines[:2] == [
        "docs/_data/law/1.md:3: 1 kap. 2 § påhittslagen: Paragrafen ändras 2026-07-01. "
        "(statute-coming)",
        "docs/_data/law/1.md:7: 1 kap. 4 § påhittslagen: Paragrafen ändras den dag som "
        "regeringen bestämmer. (statute-coming)",
    ]
    code, lines, _ = told(ours, "--on", "2026-07-01")
    assert code == 1 and "nu enligt SFS 2026:26 (hos oss 2019:19)" in lines[0]


def test_statutes_older_folder_is_mentioned(told):
    ours = {"2001:1": {"1-1a": "2026:5"}}
    newer = {"pahi": {**SOURCES["pahi"], "as_of": "2026-03-20"}}
    assert (
        "Mappens text är äldre (2026-03-01) än vår (2026-03-20)." in told(ours, sources=newer)[1][0]
    )
    assert "äldre" not in told(ours)[1][0]


def test_statutes_users_include_registers(told, docs):
    row = {"group": ["akut"], "source": "pahi-1-3"}
    docs({"_data/contacts.yml": {"sos": row, "mer": row}})
    _, lines, _ = told({"2001:1": {"1-3": "2001:1"}}, b="[[kontakter:akut]]\n")
    assert "Används på: docs/b.md, docs/_data/contacts.yml." in lines[0]


def test_statutes_without_readable_folder_exit_2(told, tmp_path):
    ours = {"2001:1": {"1-1": "2001:1"}}
    empty = tmp_path / "tom"
    code, _, err = told(ours, folder=empty)
    assert code == 2 and f'Mappen "{empty}" finns inte.' in err
    empty.mkdir()
    (empty / "innehall.md").write_text("# Ingen lag\n", encoding="utf-8")
    code, _, err = told(ours, folder=empty)
    assert code == 2 and "har ingen lag" in err
    shutil.copytree(FOLDER, empty, dirs_exist_ok=True)
    (empty / "trasig.md").write_bytes(b"\xff")
    code, _, err = told(ours, folder=empty)
    assert code == 2 and '"trasig.md" är inte UTF-8' in err
