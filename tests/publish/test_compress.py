from __future__ import annotations

import gzip

import brotli

from scripts.publish.compress import compress, gzipped


def test_compressed_copies_hold_the_same_bytes_and_no_clock(tmp_path):
    text = ("ett två tre " * 99).encode()
    (tmp_path / "a.html").write_bytes(text)
    (tmp_path / "b.png").write_bytes(text)
    (tmp_path / "c.txt").write_bytes(b"kort")
    compress(tmp_path)
    first = {f.name: f.read_bytes() for f in tmp_path.iterdir()}
    assert sorted(first) == ["a.html", "a.html.br", "a.html.gz", "b.png", "c.txt"]
    assert gzip.decompress(first["a.html.gz"]) == text
    assert brotli.decompress(first["a.html.br"]) == text


def test_the_header_says_neither_when_nor_where_it_was_packed(monkeypatch):
    """RFC 1952: no name, no time, an unknown system, whatever this Python writes there."""
    owed = bytes.fromhex("1f8b08 00 00000000 02 ff")
    assert gzipped(b"text")[:10] == owed
    monkeypatch.setattr(gzip, "compress", lambda *_, **__: owed[:9] + b"\x03" + b"rest")
    assert gzipped(b"text") == owed + b"rest"
