from __future__ import annotations

import io

import pikepdf

from scripts.links.formats.pdf import read_pdf
from tests.links.corpus import pdf


def test_a_pdf_that_is_locked_or_broken_is_told_in_the_same_words_each_time():
    locked = io.BytesIO()
    with pikepdf.new() as file:
        file.add_blank_page()
        file.save(locked, encryption=pikepdf.Encryption(owner="a", user="b"))
    assert read_pdf(locked.getvalue()).unreadable == "är låst med ett lösenord"
    data = pdf(destination="a").replace(b"/Count 1", b"/Count 7")
    assert "0x" not in read_pdf(data).unreadable + read_pdf(b"nonsens").unreadable
