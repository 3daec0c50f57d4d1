"""What people come for is found: from the start page by what they see there, and by their own words."""

from __future__ import annotations

import pytest

from tests.tasks import SIZES, TASKS, search, walk

pytestmark = pytest.mark.slow

MOST_PRESSES, MOST_SCREENS, MOST_WORDS = 2, 2.0, 250
BEST_HITS = 5


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.wants)
def test_the_answer_is_found(page, base, task, size):
    page.set_viewport_size(dict(zip(("width", "height"), size, strict=True)))
    cost = walk(page, base, task)
    assert not cost.missing
    if task.urgent:
        assert cost.presses <= MOST_PRESSES
        assert cost.screens <= MOST_SCREENS
        assert cost.words <= MOST_WORDS


@pytest.mark.parametrize("task", [t for t in TASKS if t.urgent], ids=lambda task: task.wants)
def test_the_search_has_the_answer_among_the_first(page, base, task):
    place, _ = search(page, base, task)
    assert 1 <= place <= BEST_HITS


FOLDED = """<main id=innehall><details><summary>Mer</summary>
<a href="#">Någon under 18 år</a></details></main>"""


def test_what_is_folded_is_not_found(page, base):
    page.route(base, lambda route: route.fulfill(body=FOLDED, content_type="text/html"))
    task = next(task for task in TASKS if task.way == ("Någon under 18 år",))
    assert walk(page, base, task).missing == ["Någon under 18 år"]
