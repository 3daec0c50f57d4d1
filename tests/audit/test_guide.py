"""The audit's rules for the guide: each breach is a finding, and so is a rule that names nothing."""

from __future__ import annotations

import pytest

from scripts.audit import guide
from scripts.content.content import Content
from scripts.core.findings import ContentError
from tests.conftest import GARDEN

RULES = (GARDEN / "docs/_data/audit/guide.toml").read_text(encoding="utf-8")


def messages(garden) -> list[str]:
    return [str(finding) for finding in guide.check(Content.read(garden.docs), garden.docs)]


def change(garden, name: str, old: str, new: str) -> None:
    file = garden.docs / "_data" / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_guide_that_keeps_its_rules_has_no_finding(own_garden):
    assert messages(own_garden) == []


def test_project_without_rules_has_no_finding(own_garden):
    (own_garden.docs / "_data/audit/guide.toml").unlink()
    assert messages(own_garden) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [("Någon har ätit av den", "Barn eller djur åt"), ("Ja, bruna", "Ja, mörka")],
)
def test_reworded_choice_keeps_every_rule(own_garden, old, new):
    change(own_garden, "guide.yml", old, new)
    assert messages(own_garden) == []
    change(own_garden, "guide.yml", "[@handboken]\n    call", "\n    call")
    assert len(messages(own_garden)) == 1


BREACHES = {
    "cites": ("munnen med vatten.[@handboken]", "munnen.", "hänvisar inte till handboken"),
    "calls": ("call: [vaxtakuten]", "call: [odlarjouren]", "saknar kontakten vaxtakuten"),
    "never_calls": ("[vaxtakuten]", "[vaxtakuten, odlarjouren]", "inte ha kontakten odlarjouren"),
    "verdict": ("kanske\n    searches", "oklart\n    searches", "ska vara kanske"),
    "through": ("start: flackar", "start: var", "går förbi flackar: var → mogel"),
    "pages": ("/odla/tomat.md#vattna", "/odla/damm.md", "ska länka till odla/tomat/"),
    "leads": ("av den, to: gift", "av den, to: mogel", "valen leder till mogel, naring"),
}  # fmt: skip


@pytest.mark.parametrize("rule", BREACHES)
def test_breach_is_found_at_its_rule_with_the_law(own_garden, rule):
    old, new, words = BREACHES[rule]
    change(own_garden, "guide.yml", old, new)
    (message,) = [one for one in messages(own_garden) if words in one]
    row = {"gift": 6, "mogel": 13, "flackar": 3}[message.split('"')[1]]
    assert message.startswith(f"docs/_data/audit/guide.toml:{row}: ")
    assert message.endswith("(guide-rule)")


def test_verdict_is_required_of_every_path_through_the_node():
    whole = Content.read(GARDEN / "docs").registers.guide
    paths = list(guide.paths_to_outcomes(whole, whole.start))
    rule = guide.Rule("gift", "Handboken", verdict="kanske")
    (message,) = guide.path_violations(rule, whole, paths)
    assert message == "vägarna härifrån slutar i kanske, oklart, ska vara kanske."


@pytest.mark.parametrize("key", ["handboken", "vaxtakuten", "odlarjouren", "odla/damm/", '"gift"'])
def test_rule_that_names_nothing_is_found(own_garden, key):
    """Such a rule would hold whatever the guide says."""
    change(
        own_garden,
        "audit/guide.toml",
        key,
        key.replace("o", "x").replace("i", "x").replace("v", "x"),
    )
    assert any("finns inte. Har något bytt namn?" in one for one in messages(own_garden))


def test_rules_that_cannot_be_read_name_their_file(own_garden):
    change(own_garden, "audit/guide.toml", "why =", "varfor =")
    with pytest.raises(ContentError) as raised:
        messages(own_garden)
    assert str(raised.value.findings[0]).startswith("docs/_data/audit/guide.toml:1: ")
