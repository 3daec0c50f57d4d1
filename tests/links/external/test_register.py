from __future__ import annotations

from scripts.links.external.register import register_statutes, rewrite
from tests.links.external.test_run import LAW, STATUTE


def test_the_register_gives_each_paragraph_with_its_line(tmp_path):
    register = tmp_path / "docs/_data/sources.yml"
    register.parent.mkdir(parents=True)
    assert register_statutes(register) == {}
    register.write_text(
        "annan: {url: https://a.se, kind: annan}\nlag:\n  title: L\n  name: provlagen\n"
        f"  url: {LAW}\n  sfs: '1975:1'\n  paragraphs:\n    1-2: {{in_force: okant}}\n"
        "    1-1: {amended_by: '2014:655'}\n"
    )
    assert register_statutes(register) == STATUTE
    register.write_text("a: [\n")
    assert register_statutes(register) == {}


def test_addresses_are_rewritten_in_their_one_home_and_nothing_else():
    text = (
        "a:\n  url: https://a.se/x\n  note: https://a.se/x\n"
        'b:\n  url: "https://a.se/x"  # kommentar\nc:\n  url: https://a.se/xy\n'
    )
    new, count = rewrite(text, {"https://a.se/x": "https://a.se/ny sida"})
    assert count == 2
    assert new == (
        "a:\n  url: https://a.se/ny%20sida\n  note: https://a.se/x\n"
        'b:\n  url: "https://a.se/ny%20sida"  # kommentar\nc:\n  url: https://a.se/xy\n'
    )
