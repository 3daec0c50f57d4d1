from __future__ import annotations

import gzip

import brotli

from scripts.publish.compress import compress


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
    assert first["a.html.gz"][4:8] == bytes(4), "mtime"
