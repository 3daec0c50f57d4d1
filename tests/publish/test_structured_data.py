"""What pages say of themselves in schema.org's words: right by its vocabulary, true to the page."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import html

from scripts.paper.sections import Site, SitePage, text_of
from scripts.publish.structured_data import (
    CLOSE,
    FAQ,
    HOW_TO,
    OPEN,
    SERVICE,
    block,
    how_to,
    questions,
)
from scripts.test import NODE_TOOLS

HOME = "https://betanketid.example/"


def described(site: Path) -> dict[str, dict]:
    """Page address → its data. A page has one block, or none."""
    found = {}
    for file in sorted(site.rglob("index.html")):
        root = html.fromstring(file.read_bytes())
        blocks = root.xpath("//head/script[@type='application/ld+json']")
        assert len(blocks) == len(root.xpath("//script[not(@src)]")) <= 1, file
        if blocks:
            address = file.parent.relative_to(site).as_posix()
            found["" if address == "." else f"{address}/"] = json.loads(blocks[0].text)
    return found


@pytest.fixture(scope="module")
def data(site) -> dict[str, dict]:
    return described(site)


def test_every_page_of_knowledge_says_what_it_is_and_no_other(site, data):
    pages = json.loads((site / "katalog.json").read_text(encoding="utf-8"))["pages"]
    pages = [page for page in pages if not page["url"].startswith("om/")]
    assert len(pages) > 60 and set(data) == {page["url"].removeprefix("./") for page in pages}
    for page in pages:
        said = data[page["url"].removeprefix("./")]
        assert said["url"] == HOME + page["url"].removeprefix("./")
        assert (said["name"], said["lastReviewed"]) == (page["title"], page["reviewed"])
        assert said["inLanguage"] == page["language"]


TYPES = """\
import type { FAQPage, SearchAction, WebPage, WithActionConstraints, WithContext } from "schema-dts";
"""


def typed(items: list[dict], folder: Path) -> set[int]:
    """Return which items are no values of schema.org's types, by TypeScript and schema-dts."""
    lines = []
    for number, said in enumerate(items):
        said = json.loads(json.dumps(said))
        actions = [said["isPartOf"].pop("potentialAction")] if "isPartOf" in said else []
        kind = said["@type"] if said["@type"] == "FAQPage" else "WebPage"
        line = f"const p{number}: WithContext<{kind}> = {json.dumps(said)};"
        # "query-input" stands in schema.org's text on actions, not among its properties
        for action in actions:
            line += f"const a{number}: WithActionConstraints<SearchAction> = {json.dumps(action)};"
        lines.append(line)
    file = folder / "data.ts"
    file.write_text("\n".join([*lines, TYPES]), encoding="utf-8")
    modules = NODE_TOOLS / "node_modules"
    (folder / "tsconfig.json").write_text(json.dumps({
        "files": [file.name],
        "compilerOptions": {"strict": True, "noEmit": True, "skipLibCheck": True, "types": [],
                            "paths": {"schema-dts": [str(modules / "schema-dts/dist/schema.d.ts")]}},
    }))  # fmt: skip
    command = [
        Path(sys.executable).with_name("node"),
        modules / "typescript/lib/tsc.js",
        "-p",
        folder,
    ]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    errors = re.findall(r"data\.ts\((\d+),.*error TS", done.stdout)
    assert bool(errors) == bool(done.returncode) and not done.stderr, done.stdout + done.stderr
    return {int(line) - 1 for line in errors}


def test_it_is_right_by_schema_orgs_vocabulary_which_finds_what_is_wrong(data, tmp_path):
    """Every type exists, has those properties, and each property may have such a value."""

    def wrong(address, change):
        said = json.loads(json.dumps(data[address]))
        change(said)
        return said

    faults = {
        "property": wrong("stod/", lambda d: d.update(lastReviewd="2026-11-24")),
        "type": wrong(SERVICE[0], lambda d: d["about"].update({"@type": "GovernmentServic"})),
        "inner property": wrong(
            FAQ, lambda d: d["mainEntity"][0]["acceptedAnswer"].update(txt="x")
        ),
        "value": wrong("stod/", lambda d: d["breadcrumb"].update({"@type": "HowTo"})),
        "step": wrong(HOW_TO[0], lambda d: d["mainEntity"]["step"][0].update(nr=1)),
        "action": wrong("", lambda d: d["isPartOf"]["potentialAction"].update({"@type": "Search"})),
    }
    # one run of the compiler, 3 seconds: the pages' own data first, then the faults
    found = typed(list(data.values()) + list(faults.values()), tmp_path)
    assert [number for number in found if number < len(data)] == []
    assert len(found) == len(faults)


def test_an_answer_stands_on_the_page_word_for_word(site, data):
    page = Site(site, HOME).page(FAQ)
    text = re.sub(r"\s+", " ", page.content.text_content())
    asked = data[FAQ]["mainEntity"]
    assert len(asked) > 15
    for question in asked:
        anchor = question["url"].removeprefix(f"{HOME}{FAQ}#")
        (heading,) = page.content.xpath(f'//*[@id="{anchor}"]')
        assert text_of(heading) == question["name"] and heading.tag == "h3"
        # the numbers of sources, left out of it, stand between its words on the page
        for sentence in re.split(r"(?<=[.?!]) ", question["acceptedAnswer"]["text"]):
            assert sentence.strip() in text or sentence in re.sub(r"(?<=[.?!])\d+", "", text), (
                sentence
            )


PAGE = """<!doctype html><html><head><meta charset="utf-8"></head><body><div id="innehall"><h1>T</h1>
<p class="fresh"><time datetime="2026-11-24"></time><time datetime="2027-05-24"></time></p>
<h2 id="a">Får vi?</h2><h3 id="b">Måste vi?</h3><p>Nej.<sup class="cite"><a href="#k">1</a></sup>
Aldrig.</p><div class="uncertain"><p>Osäkert: vi vet inte.</p></div>
<h3 id="c">Kan vi?</h3><p>Ja.</p><h3 id="d">Bra att veta</h3><p>Text.</p><h3 id="e">Varför?</h3>
<h2 id="gor">Gör så här</h2><ol><li>Ett.<sup class="cite">2</sup></li><li>Två.</li></ol>
<div class="uncertain"><p>Osäkert: ordningen.</p></div></div></body></html>"""


@pytest.fixture
def page(tmp_path) -> SitePage:
    (tmp_path / "index.html").write_text(PAGE, encoding="utf-8")
    return SitePage(tmp_path / "index.html", "")


def test_answers_under_headings_are_not_run_together_and_doubt_comes_along(page):
    found = [(q["name"], q["acceptedAnswer"]["text"]) for q in questions(page, "")]
    assert found == [("Måste vi?", "Nej. Aldrig. Osäkert: vi vet inte."), ("Kan vi?", "Ja.")]


def test_steps_say_what_is_in_doubt(page):
    made = how_to(page, "gor", HOME)
    assert [step["text"] for step in made["step"]] == ["Ett.", "Två."]
    assert made["description"] == "Osäkert: ordningen."


def test_the_search_action_leads_to_a_search(data, site):
    action = data[""]["isPartOf"]["potentialAction"]
    wanted = (site / "opensearch.xml").read_text(encoding="utf-8")
    assert action["target"]["urlTemplate"].replace("{fraga}", "{searchTerms}") in wanted
    assert action["query-input"] == "required name=fraga"


def test_the_service_is_the_authoritys_and_not_ours(data):
    provider = data[SERVICE[0]]["about"]["provider"]
    assert provider["name"] == "Migrationsverket" and "betanketid" not in provider["url"]
    kinds = json.dumps(list(data.values()), ensure_ascii=False)
    assert kinds.count("GovernmentOrganization") == 1, "nothing else is said to be an authority"


def test_the_way_to_a_page_is_the_one_it_shows(site, data):
    for address, said in data.items():
        root = html.parse(str(site / address / "index.html")).getroot()
        shown = [text_of(a) for a in root.xpath('//nav[@class="crumbs"]//a')]
        items = said.get("breadcrumb", {}).get("itemListElement", [])
        assert [item["name"] for item in items[:-1]] == shown
        assert bool(items) == bool(shown)
        for item in items:
            assert (site / item["item"].removeprefix(HOME) / "index.html").is_file()
        assert not items or items[-1]["item"] == HOME + address


def test_no_text_can_end_the_element():
    text = block({"name": "</script><script>alert(1)</script>"})
    assert text.count("<") == 2 and text.startswith(OPEN) and text.endswith(CLOSE)
    assert json.loads(text[len(OPEN) : -len(CLOSE)])["name"].startswith("</script>")
