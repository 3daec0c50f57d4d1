"""A page to act by, as readers meet it: what is asked first, the steps, and who comes in the middle."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from scripts.audit.visit import visit_page
from tests.browser.test_search import search

pytestmark = pytest.mark.slow

PAGE = "odla/damm/"
FIRST_STEP = 1200  # pixels from the top on a phone: a screen and a half
PHONE = {"width": 375, "height": 812}


def test_steps_come_after_questions_within_a_screen_and_a_half(page, home):
    page.set_viewport_size(PHONE)
    page.goto(home + PAGE)
    questions = page.locator("ul.first > li")
    assert (
        questions.locator("> :first-child").all_inner_texts()[-1] == "Finns det grodor där redan?"
    )
    expect(questions).to_have_count(5)
    step = page.locator(".step").first
    assert questions.last.bounding_box()["y"] < step.bounding_box()["y"] < FIRST_STEP
    expect(step).to_have_text("1. Välj en plats i solen")


def test_audit_measures_where_first_step_is(page, home):
    figures, _ = visit_page(page, home, PAGE)
    page.goto(home + PAGE)
    assert figures["first_step"] == page.locator(".step").first.bounding_box()["y"] > 0


def test_question_is_a_link_with_its_answer_in_sight(page, home):
    page.set_viewport_size(PHONE)
    page.goto(home + PAGE)
    for item in page.locator("ul.first > li").all():
        expect(item.locator(".then")).to_be_visible()
    page.get_by_role("link", name="Kan barn som inte simmar").click()
    page.wait_for_url(re.compile(r"odla/damm/#staket$"))
    page.get_by_role("link", name="Finns det grodor där redan?").click()
    page.wait_for_url(re.compile(r"odla/damm/#plats$"))


@pytest.mark.parametrize("script", [True, False])
def test_link_to_step_shows_line_about_questions(opened, home, script):
    page = opened("mouse", 375, java_script_enabled=script)
    page.goto(f"{home}{PAGE}#grav")
    line = page.locator(".landed:visible")
    expect(line).to_have_text("Gräv en damm. Läs först rutan överst")
    box, step = line.bounding_box(), page.locator("#grav").bounding_box()
    header = page.locator(".site-header").bounding_box()
    assert header["y"] + header["height"] <= box["y"] < box["y"] + box["height"] <= step["y"]
    line.get_by_role("link").click()
    page.wait_for_url(re.compile("#forst$"))
    expect(page.locator(".landed:visible")).to_have_count(0)


def test_line_about_questions_is_hidden_above_them(page, home):
    """And for a reader who begins at the top."""
    page.goto(home + PAGE)
    expect(page.locator(".landed:visible")).to_have_count(0)
    page.goto(f"{home}odla/elda/#hink")  # a step before the questions
    expect(page.locator(".landed:visible")).to_have_count(0)
    page.goto(f"{home}odla/elda/#tand")
    expect(page.locator(".landed:visible")).to_have_count(1)


def test_search_hit_of_step_names_page_first(page, home):
    page.goto(home)
    hit = search(page, "presenning").first
    expect(hit.locator(".search__heading")).to_have_text("Gräv en damm")
    expect(hit.locator(".search__page")).to_have_text("Gör Gräv en spade djupt")
    assert hit.get_attribute("href").endswith("odla/damm/#grav")


def test_steps_on_paper_have_questions_and_numbers(page, home):
    page.goto(f"{home}{PAGE}#grav")
    page.emulate_media(media="print")
    expect(page.locator(".landed:visible")).to_have_count(0)
    expect(page.locator("ul.first .then").first).to_be_visible()
    assert page.locator(".step-number:visible").all_inner_texts() == ["1.", "2.", "3.", "4."]
