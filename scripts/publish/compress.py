"""Lays a .gz and a .br beside each text file, for servers that give them as they are."""

from __future__ import annotations

import ctypes
import gzip
import sys
from pathlib import Path

import brotli

COMPRESSED = {".html", ".css", ".js", ".json", ".xml", ".svg", ".txt"}
SMALLEST = 256  # bytes; below that a compressed file is no smaller


def keep_heap() -> None:
    """Let glibc keep freed memory until the process ends (mallopt(3)).

    Brotli's tables are else mapped and cleared anew for each file: seven times the work.
    """
    if sys.platform == "linux" and hasattr(libc := ctypes.CDLL(None), "mallopt"):  # not in musl
        for option in (-1, -3):  # M_TRIM_THRESHOLD, M_MMAP_THRESHOLD
            libc.mallopt(option, 1 << 28)


def gzipped(data: bytes) -> bytes:
    """Return ``data`` as gzip, the same bytes under every Python: no time, no name, no system."""
    packed = gzip.compress(data, 9, mtime=0)
    return packed[:9] + b"\xff" + packed[10:]  # the system: unknown (RFC 1952); Pythons differ


def compress(site: Path) -> None:
    """Lay a .gz and a .br beside each text file: same input, same bytes."""
    keep_heap()
    for file in list(site.rglob("*")):
        if file.suffix in COMPRESSED and file.is_file() and file.stat().st_size >= SMALLEST:
            data = file.read_bytes()
            file.with_name(file.name + ".gz").write_bytes(gzipped(data))
            # 9 of 11: the last two steps take ten times as long for two per cent
            file.with_name(file.name + ".br").write_bytes(brotli.compress(data, quality=9))
