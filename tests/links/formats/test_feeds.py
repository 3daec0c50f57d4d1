from __future__ import annotations

import pytest

from scripts.links.formats.feeds import read_xml


def test_an_old_drawing_without_namespace_has_ids_too():
    assert read_xml(b"<svg><font id='f'/><use href='#g'/></svg>").ids == ["f"]


def test_an_xml_bomb_does_no_harm():
    bomb = '<!DOCTYPE a [<!ENTITY b "x">' + "".join(
        f'<!ENTITY b{i} "{"&b" + str(i - 1) + ";" if i else "&b;"}{"&b" + str(i - 1) + ";" if i else "&b;"}">'
        for i in range(40)
    )
    assert read_xml((bomb + "]><a>&b39;</a>").encode()).unreadable


@pytest.mark.parametrize("name", ["nonsens", "rot13", "utf-7"])
def test_xml_in_an_unknown_encoding_is_told(name):
    assert read_xml(f'<?xml version="1.0" encoding="{name}"?><a/>'.encode()).unreadable


def test_a_feed_gives_its_own_addresses():
    feed = b"<rss><channel><link>https://a.se/</link><guid>https://a.se/1</guid><guid isPermaLink='false'>https://b.se</guid></channel></rss>"
    assert [u.value for u in read_xml(feed).uses] == ["https://a.se/", "https://a.se/1"]
