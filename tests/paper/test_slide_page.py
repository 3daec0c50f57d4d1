from __future__ import annotations

from lxml import html

from scripts.paper.sections import text_of
from scripts.paper.slides import make_decks, page_html
from scripts.publish.built import BuiltSite
from tests.paper.test_sections import START
from tests.paper.test_slides import ROW, site  # noqa: F401


def made(site):  # noqa: F811
    again = BuiltSite(site.root, site.url)  # as it stands now
    return html.fromstring(page_html(make_decks(ROW, again, "skriv-ut/presentation")[0], again))


def test_the_page_links_to_the_site_and_cites_in_the_notes(site):  # noqa: F811
    page = made(site)
    third = page.get_element_by_id("bild-3")
    assert third.xpath('.//p[@class="foot"]/a/@href') == ["../../#ett"]
    assert "Första.1" not in text_of(third), "numbers would lead nowhere"
    assert "Titel. Utgivare. Läst 2026." in text_of(third.find("aside"))
    assert page.xpath("//header//a/@href") == [
        "#bild-1",
        "../presentation-kort/",
        "../../",
        "../../skriv-ut/",
    ]


def test_ids_are_the_slides_own_and_nothing_is_styled_or_scripted_inline(site):  # noqa: F811
    figure = '<figure class="figure" id="figur-x" aria-labelledby="t"><figcaption><p id="t">Namn</p></figcaption></figure>'
    (site.root / "index.html").write_text(
        START.replace("<p>Första.", f"{figure}<p>Första."), "utf-8"
    )
    page = made(site)
    ids = [e.get("id") for e in page.iter() if isinstance(e.tag, str) and e.get("id")]
    assert len(ids) == len(set(ids)) and "t" not in ids
    assert not page.xpath("//@aria-labelledby")
    assert not page.xpath("//*[@style] | //script[not(@src)] | //style | //button")


def test_links_work_from_a_disk(site):  # noqa: F811
    page = made(site)
    links = page.xpath("//link[@rel='stylesheet']/@href | //script/@src | //a/@href")
    assert all(link.startswith(("../", "#", "https://x.se/")) for link in links), links
