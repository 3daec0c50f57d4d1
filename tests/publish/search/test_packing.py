"""What is packed comes back."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from scripts.publish.search.packing import BLOCK, front_coded, pack


def unpacked(posts: str, size: int, count: int) -> list[list[int]]:
    """Return ``count`` lists of what `pack` has written, by the same steps as the engine."""
    lists: list[list[int]] = []
    for block in posts.split(" "):
        codes = (ord(c) - 40 - (c > "[") for c in block)
        bits = iter("".join(f"{code:06b}" for code in codes))

        def take(length, bits=bits):
            return int("0" + "".join(next(bits) for _ in range(length)), 2)

        def between(count, low, high, take=take):
            if not count:
                return []
            before, after = count // 2, count - count // 2 - 1
            width = high - after - low - before + 1
            length = width.bit_length() - 1
            value = take(length)
            if value >= 2 ** (length + 1) - width:
                value = 2 * value + take(1) - 2 ** (length + 1) + width
            value += low + before
            return [
                *between(before, low, value - 1, take),
                value,
                *between(after, value + 1, high, take),
            ]

        for _ in range(min(3 * BLOCK, count - len(lists))):
            zeros = 0
            while take(1) == 0:
                zeros += 1
            lists.append(between(2**zeros - 1 + take(zeros), 0, size - 1))
    return lists


def words_of(index: dict[str, str]) -> dict[str, tuple[list[int], list[int], list[int]]]:
    """Return each word with the units whose text has it, whose heading, whose searches."""
    words, before = [], ""
    for part in re.findall("[A-Z][^A-Z]*", index["words"]):
        before = before[: ord(part[0]) - 65] + part[1:]
        words.append(before)
    size = len(index["ids"].split("\n"))
    lists = unpacked(index["posts"], size, 3 * len(words))
    return dict(zip(words, zip(lists[::3], lists[1::3], lists[2::3], strict=True), strict=True))


@given(st.lists(st.tuples(*[st.sets(st.integers(0, 999))] * 3), max_size=3 * BLOCK))
@settings(max_examples=50, deadline=None)
def test_packed_numbers_come_back(lists):
    lists = [tuple(map(sorted, word)) for word in lists]
    packed = pack(lists, 1000)
    assert not set(packed) & set('"\\') and packed.isascii()
    assert unpacked(packed, 1000, 3 * len(lists)) == [one for word in lists for one in word]


def test_front_coding_survives_long_words_alike():
    words = ["a" * 30, "a" * 30 + "b"]
    index = {"words": front_coded(words), "posts": pack([([], [], [])] * 2, 1), "ids": ""}
    assert list(words_of(index)) == words
