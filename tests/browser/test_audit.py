"""The audit: it finds nothing on the garden, and what is planted there, each on its line."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from scripts.audit import queries, tasks
from scripts.audit.budget import Budget, exceeded_limits, read_toml
from scripts.audit.visit import measure_transfer, page_addresses, to_finding, visit_page
from scripts.content.content import Content
from scripts.core.findings import ContentError
from tests.conftest import ROOT

pytestmark = pytest.mark.slow


def messages_of(page, home, garden, address: str) -> list[str]:
    """Return what a visit says of a page, as an editor reads it."""
    _, faults = visit_page(page, home, address)
    content = Content.read(garden.docs)
    return [str(to_finding(content, address, fault)) for fault in faults]


def test_audit_garden_has_no_finding(browser, home, garden):
    found = {}
    for address in page_addresses(garden.site):
        page = browser.new_page(locale="sv-SE")
        found[address] = messages_of(page, home, garden, address)
        page.close()
    assert len(found) > 25 and {a: faults for a, faults in found.items() if faults} == {}


PLANTED = {
    "broken-word": '<p style="width: 3em; hyphens: auto" lang="sv">människoexploateringsbrott</p>',
    "sideways": '<div style="width: 2000px">x</div>',
    "same-name": '<p><a href="a/">mer</a> <a href="b/">mer</a></p>',
    "title": "<h1>En till</h1>",
    "accessibility": '<p><img src="../../assets/icon.svg"></p>',
    "console": '<img src="https://other.example/x.png" alt="">',
    "stored": "<script>localStorage.setItem('x', '1')</script>",
}


@pytest.mark.parametrize("rule", PLANTED)
def test_audit_planted_fault_is_found_on_its_line(page, home, garden, rule):
    html = garden.page("odla/tomat/").replace("Vattna på morgonen", f"{PLANTED[rule]}Vattna", 1)
    html = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", html)
    page.route(
        f"{home}odla/tomat/", lambda route: route.fulfill(body=html, content_type="text/html")
    )
    page.route("https://other.example/**", lambda route: route.fulfill(body=""))
    found = messages_of(page, home, garden, "odla/tomat/")
    assert rule in {line.rpartition("(")[2].rstrip(")") for line in found}
    text = (garden.docs / "odla/tomat.md").read_text(encoding="utf-8").split("\n")
    line = 1 + next(n for n, row in enumerate(text) if "{#vattna}" in row)
    where = 1 if rule in ("sideways", "console", "title", "stored") else line
    start = f"docs/odla/tomat.md:{where}: "
    assert any(one.startswith(start) and one.endswith(f"({rule})") for one in found), found


def test_budget_figure_above_limit_is_reported():
    budget = Budget(page={"words": 10, "doubt": 0.25}, pages={"/odla/*": {"words": 20}})
    assert list(exceeded_limits({"words": 15, "doubt": 0.3}, budget.limits_for(""))) == [
        ("budget-words", "15 öppna ord, högst 10."),
        ("budget-doubt", "30% av sidans höjd är osäkert och källor, högst 25%."),
    ]
    assert list(exceeded_limits({"words": 20}, budget.limits_for("odla/tomat/"))) == []


def test_page_weight_is_what_is_sent(garden):
    figures = measure_transfer(garden.site, "odla/tomat/")
    whole = (garden.site / "odla/tomat/index.html").stat().st_size
    assert figures["html"] < whole / 2
    assert figures["bytes"] > figures["html"] + figures["script"] > figures["html"]
    assert 3 <= figures["requests"] <= 6


def test_budget_unreadable_names_its_file(own_garden):
    (own_garden.docs / "_data/audit/budget.toml").write_text("sidor = 1\n")
    with pytest.raises(ContentError) as raised:
        read_toml(Budget, own_garden.docs, "budget.toml")
    assert str(raised.value.findings[0]).startswith("docs/_data/audit/budget.toml:1: ")


FOLDED = """<main id=innehall><details><summary>Mer</summary>
<a href="#">tomater</a></details></main>"""


def test_task_way_is_found_unless_folded(page, home, garden):
    budget = read_toml(Budget, garden.docs, "budget.toml")
    assert list(tasks.check(page, home, garden.docs, budget)) == []
    strict = Budget(task={"presses": 0, "words": 1})
    found = {(fault.line, fault.rule) for fault in tasks.check(page, home, garden.docs, strict)}
    assert found == {(2, "budget-presses"), (2, "budget-words")}, "the urgent task alone"
    page.route(home, lambda route: route.fulfill(body=FOLDED, content_type="text/html"))
    assert tasks.follow_task(page, home, tasks.read_tasks(garden.docs)[0])[1] == "tomater"


def test_task_answered_on_another_page_or_by_no_id_is_not_found(page, home, garden):
    task = tasks.read_tasks(garden.docs)[0]
    for answer in ("odla/damm/#vattna", "odla/tomat/#borta"):
        assert tasks.follow_task(page, home, replace(task, answer=answer))[1] == answer


def test_query_unanswered_is_error_dead_answer_a_note(page, garden, own_garden):
    def found(**search):
        docs, assets = own_garden.docs, ROOT / "overrides/assets"
        budget = Budget(search={"tune": search} if search else {})
        page.goto("about:blank")
        return [
            (fault.line, fault.rule, fault.severity)
            for fault in queries.check(page, garden.site, docs, assets, budget)
        ]

    folder = own_garden.docs / "_data/audit"
    assert found(first=1.0) == []
    with (folder / "queries.tsv").open("a", encoding="utf-8") as file:
        file.write("act\ttune\tvattna\t/odla/borta/ /odla/tomat/#borta\n")
    (folder / "nonsense.txt").write_text("xqzvw\ntomat\n")
    assert found(first=0.9) == [
        *[(3, "gone", "note")] * 2,
        (1, "budget-search", "error"),
        (2, "nonsense", "error"),
    ]
