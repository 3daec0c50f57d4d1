"""What an editor writes is text, wherever it is put into HTML: never a tag, never an attribute's end."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

from scripts.paper.layouts import newest, qr
from scripts.publish.built import BuiltPage
from scripts.publish.embeds import twin
from tests.publish.test_embeds import PAGE, TWINS

HOSTILE = "1 < 2 & \"tre\" 'fyra' <b>fem</b> &amp; <script>"
ESCAPED = "1 &lt; 2 &amp; &quot;tre&quot; &#x27;fyra&#x27; &lt;b&gt;fem&lt;/b&gt; &amp;amp; &lt;script&gt;"


def test_a_frames_title_and_sender():
    page = PAGE.replace("Råd - Sajten", ESCAPED).replace("Vi &amp; vår adress.", ESCAPED)
    tree = LexborHTMLParser(twin(BuiltPage.parse("a/rad/", page), TWINS, "rad"))
    assert tree.css_first("title").text() == HOSTILE
    assert tree.css_first(".embed-foot").text().count(HOSTILE) == 1
    assert not tree.css("b")


def test_a_sheets_address():
    url = 'https://exempel.se/"><b>x</b>&amp;/'
    made = LexborHTMLParser(qr(url, "small") + newest(url))
    assert made.css_first("img").attributes["alt"].endswith(url.removeprefix("https://"))
    assert made.css_first("a").attributes["href"] == url
    assert made.css_first("a").attributes["title"].endswith(url.removeprefix("https://"))
    assert not made.css("b")
