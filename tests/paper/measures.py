"""Measures of a PDF's text, as pdfium reads it."""

from __future__ import annotations

from collections import Counter

import pypdfium2
from pypdfium2 import raw


def sizes_of(page: pypdfium2.PdfPage) -> Counter[float]:
    """Return how many characters of ``page`` there are of each size, in points, blanks apart."""
    text, sizes = page.get_textpage(), Counter[float]()
    for number in range(text.count_chars()):
        if not chr(raw.FPDFText_GetUnicode(text, number)).strip("\0 \r\n\t\u00a0"):
            continue
        matrix = raw.FS_MATRIX()
        raw.FPDFText_GetMatrix(text, number, matrix)
        sizes[round(raw.FPDFText_GetFontSize(text, number) * matrix.d, 1)] += 1
    return sizes


def most_used_size(page: pypdfium2.PdfPage) -> float:
    """Return the size of most of a page's text, in points."""
    return sizes_of(page).most_common(1)[0][0]
