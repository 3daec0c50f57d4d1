"""Lists of rising numbers, and sorted words, as short text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

BLOCK = 32  # words whose lists are read at a time; the same in search-vocabulary.js


def front_coded(words: Iterable[str]) -> str:
    """Return sorted words as one string: "barn", "barnet" → "AbarnEet"."""
    parts = []
    before = ""
    for word in words:
        shared = 0
        while shared < min(len(before), len(word), 25) and before[shared] == word[shared]:
            shared += 1
        parts.append(chr(ord("A") + shared) + word[shared:])
        before = word
    return "".join(parts)


def pack(lists: Iterable[Sequence[Sequence[int]]], size: int) -> str:
    """Return rising numbers below ``size`` as text, as many lists for each word.

    How many there are goes first, then the middle one, then those before and those after it, each
    in as many bits as what is known by then leaves open (binary interpolative coding, A. Moffat and
    L. Stuiver 2000): sections with one word stand near each other, and it takes a sixth less room
    than steps do. Six bits a character, "(" to "h" without the backslash. A space after each BLOCK
    of words: the engine reads a block when one of its words is asked for.
    """
    blocks = []
    bits = ""
    for at, word in enumerate(lists, start=1):
        for numbers in word:
            # Elias' gamma code of the length plus one
            length = f"{len(numbers) + 1:b}"
            bits += "0" * (len(length) - 1) + length + _interpolated(numbers, 0, size - 1)
        if at % BLOCK == 0:
            blocks.append(bits)
            bits = ""
    return " ".join(map(_characters, [*blocks, bits]))


def _interpolated(numbers: Sequence[int], low: int, high: int) -> str:
    if not numbers:
        return ""
    middle = len(numbers) // 2
    value = numbers[middle]
    first = low + middle  # no place for those before it is left below this
    width = high - (len(numbers) - 1 - middle) - first + 1
    # truncated binary: the first values in a bit less
    length = width.bit_length() - 1
    short = 2 ** (length + 1) - width
    value -= first
    if value >= short:
        value += short
        length += 1
    return (
        (f"{value:0{length}b}" if length else "")
        + _interpolated(numbers[:middle], low, numbers[middle] - 1)
        + _interpolated(numbers[middle + 1 :], numbers[middle] + 1, high)
    )


def _characters(bits: str) -> str:
    codes = (int(bits[at : at + 6].ljust(6, "0"), 2) + 40 for at in range(0, len(bits), 6))
    return "".join(chr(code + (code > 91)) for code in codes)
