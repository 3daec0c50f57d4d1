"""The guide: one question at a time, by links alone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.hands import HANDS, NOTHING, STORED, Hand

pytestmark = pytest.mark.slow

# A way through: what is pressed, and the page it gives.
WAY = [
    ("Någon har ätit av den", "Ring växtakuten"),
    ("Fortsätt: Var står plantan?", "Var står plantan?"),
    ("I växthus", "Det kan vara bladmögel"),
]


@pytest.mark.parametrize(
    ("way", "size", "javascript"), [(*HANDS[0], True), (*HANDS[1], True), (*HANDS[2], False)]
)
def test_guide_links_lead_through_questions_and_back(opened, home, way, size, javascript):
    page = opened(way, size, java_script_enabled=javascript)
    hand = Hand(way)
    page.goto(home + "guide/")
    title = page.get_by_role("heading", level=1)
    for press, heading in WAY:
        link = page.locator(".guide").get_by_role("link", name=press, exact=True)
        page.wait_for_load_state()  # before its style sheet is there, a link is lower
        assert link.bounding_box()["height"] >= 24
        hand.press(link)
        expect(title).to_have_text(heading)
    for words in ("Det här kan bli aktuellt", "Bladmögel trivs i fukt"):
        expect(page.locator(".guide")).to_contain_text(words)
    expect(page.locator("nav.crumbs a").last).to_have_text("Är plantan sjuk?")
    hand.press(page.get_by_role("link", name="Ändra"))
    expect(title).to_have_text("Var står plantan?")
    hand.press(page.get_by_role("link", name="Börja om", exact=True))
    expect(title).to_contain_text("Är plantan sjuk?")
    page.go_back()
    expect(title).to_have_text("Var står plantan?")
    if javascript:
        assert page.evaluate(STORED) == NOTHING


def test_guide_outcome_asks_what_no_question_settled(page, home):
    """The page that it leads to asks four things; the way here has told that the ground is soft."""
    page.goto(home + "guide/blot/")
    answer = page.locator(".guide")
    expect(answer.get_by_role("heading", name="Det här har du inte svarat på")).to_be_visible()
    asked = answer.locator("ul.first > li").all_inner_texts()
    assert [text.split(",")[0][:20] for text in asked[:3]] == [
        "Kan en ledning för e",
        "Kan barn som inte si",
        "Ligger platsen för d",
    ]
    expect(answer).not_to_contain_text("Är marken frusen")
    answer.get_by_role("link", name="Välj en plats i solen").click()
    page.wait_for_url(re.compile("odla/damm/#plats$"))
